from __future__ import annotations

from datetime import date

from tests.verifier.tiny import (
    PLANNING,
    Network,
    booked,
    change,
    completed,
    network,
    phase,
    points,
)
from verifier import Planning, verify

PART = "unbooked"


def dina_alone(*appointments: dict[str, str]) -> Network:
    """The tiny network in which only Dina's plan, of four sessions, is active."""
    return change(network(*appointments), "care_plans", "ruth-plan", status="paused")


def test_each_routine_session_in_scope_costs_1000() -> None:
    # Four sessions, one booked.
    assert points(PART, dina_alone()) == 4000
    assert points(PART, dina_alone(booked("a", "2027-03-01T09:00"))) == 3000


def test_each_urgent_one_costs_3000() -> None:
    tables = change(dina_alone(), "care_plans", "dina-plan", priority="urgent")
    assert points(PART, tables) == 12000


def test_what_took_place_is_not_in_scope() -> None:
    for status in ("completed", "no_show"):
        tables = dina_alone(booked("a", "2027-03-01T09:00", status=status))
        assert points(PART, tables) == 3000


def test_a_cancelled_appointment_is_none() -> None:
    assert points(PART, dina_alone(booked("a", "2027-03-01T09:00", status="cancelled"))) == 4000


def test_plans_that_are_not_active_or_not_cleared_are_not_in_scope() -> None:
    for status in ("proposed", "paused", "completed", "discontinued"):
        tables = change(dina_alone(), "care_plans", "dina-plan", status=status)
        assert points(PART, tables) == 0
    held = change(dina_alone(), "care_plans", "dina-plan", contraindications="pregnancy")
    assert points(PART, held) == 0
    cleared = change(held, "care_plans", "dina-plan", cleared_on="2027-02-20")
    assert points(PART, cleared) == 4000


def test_windows_count_that_overlap_the_horizon_by_a_day() -> None:
    # The plan starts on Sunday 7 March: its windows begin on the 7th, 14th, 21st and 28th.
    tables = change(dina_alone(), "care_plans", "dina-plan", start_date="2027-03-07")
    for start, weeks, expected in (
        ("2027-03-01", 1, 1000),  # until the 7th: session 1 by one day
        ("2027-02-22", 1, 0),  # until 28 February
        ("2027-03-29", 1, 1000),  # session 4 runs to 3 April
        ("2027-04-05", 1, 0),
        ("2027-03-08", 1, 2000),  # session 1 to the 13th, session 2 on the 14th
    ):
        planning = Planning(date.fromisoformat(start), weeks, date(2027, 2, 1))
        assert points(PART, tables, planning=planning) == expected


def test_a_window_of_two_weeks_may_begin_before_the_horizon() -> None:
    tables = dina_alone()
    tables["care_plan_phases"] = [phase("dina-plan", 1, "0.5", 4)]
    # Windows: 1 to 14 and 15 to 28 March; the horizon begins on the 8th.
    planning = Planning(date(2027, 3, 8), 1, date(2027, 3, 6))
    assert points(PART, tables, planning=planning) == 1000


def test_a_companion_does_not_book_its_session() -> None:
    tables = dina_alone(booked("a", "2027-03-01T09:00", service="adjustment", therapist="ivo"))
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables) == 4000


def test_the_weights_are_settings() -> None:
    weights = {"unbooked": 7, "unbooked-urgent": 11}
    planning = Planning(PLANNING.start, 4, PLANNING.as_of, weights=weights)
    tables = change(network(), "care_plans", "dina-plan", priority="urgent")
    # Four of Ruth's at 7 and four of Dina's at 11.
    assert points(PART, tables, planning=planning) == 4 * 7 + 4 * 11


def test_the_stake_is_what_it_would_cost_to_book_nothing() -> None:
    tables = change(dina_alone(), "care_plans", "dina-plan", priority="urgent")
    tables["appointments"] = [
        booked("a", "2027-03-01T09:00"),
        completed("b", "2027-03-08T09:00", number=2),
    ]
    report = verify(tables, planning=PLANNING)
    # Session 2 is over; of 1, 3 and 4 the first is booked.
    assert (report.in_scope, report.booked, report.stake) == (3, 1, 9000)
    assert report.parts[PART] == 6000
