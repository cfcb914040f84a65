from __future__ import annotations

import pytest

from tests.verifier.tiny import (
    Network,
    booked,
    breaches,
    change,
    completed,
    network,
    phase,
)

RULE = "window"


def on(day: str, number: int, *phases: tuple[str, int]) -> Network:
    """Dina's session of that number on that day, in a plan with these phases from 1 March."""
    tables = network(booked("a", f"{day}T09:00", number=number))
    tables["care_plan_phases"] = [
        phase("dina-plan", place, frequency, weeks)
        for place, (frequency, weeks) in enumerate(phases, start=1)
    ]
    return tables


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, "2027-03-01", "2027-03-07"), (3, "2027-03-15", "2027-03-21")],
)
def test_once_a_week_the_window_is_the_plan_week(number: int, first: str, last: str) -> None:
    assert breaches(RULE, on(first, number, ("1", 4))) == []
    assert breaches(RULE, on(last, number, ("1", 4))) == []


def test_the_days_before_and_after_are_outside() -> None:
    # Week 2 is 8 to 14 March.
    assert breaches(RULE, on("2027-03-07", 2, ("1", 4))) == [("a",)]
    assert breaches(RULE, on("2027-03-15", 2, ("1", 4))) == [("a",)]


def test_twice_a_week_two_sessions_share_a_week() -> None:
    # Sessions 3 and 4 belong to week 2, 8 to 14 March.
    for number in (3, 4):
        assert breaches(RULE, on("2027-03-08", number, ("2", 2))) == []
        assert breaches(RULE, on("2027-03-07", number, ("2", 2))) == [("a",)]


def test_every_other_week_the_window_is_two_weeks() -> None:
    # Session 2 belongs to weeks 3 and 4, 15 to 28 March.
    assert breaches(RULE, on("2027-03-28", 2, ("0.5", 4))) == []
    assert breaches(RULE, on("2027-03-14", 2, ("0.5", 4))) == [("a",)]
    assert breaches(RULE, on("2027-03-29", 2, ("0.5", 4))) == [("a",)]


def test_phases_follow_one_another() -> None:
    # Two weeks at twice a week hold sessions 1-4, week 3 holds 5, weeks 4 and 5 hold 6.
    phases = ("2", 2), ("1", 1), ("0.5", 2)
    assert breaches(RULE, on("2027-03-21", 5, *phases)) == []
    assert breaches(RULE, on("2027-03-22", 6, *phases)) == []
    assert breaches(RULE, on("2027-04-04", 6, *phases)) == []
    assert breaches(RULE, on("2027-04-05", 6, *phases)) == [("a",)]


def test_a_single_week_of_every_other_week_calls_for_nothing_but_takes_its_time() -> None:
    # Three weeks of every other week hold session 1 alone; session 2 follows in week 4.
    phases = ("0.5", 3), ("1", 1)
    assert breaches(RULE, on("2027-03-22", 2, *phases)) == []
    assert breaches(RULE, on("2027-03-21", 2, *phases)) == [("a",)]


def test_plan_weeks_count_from_the_start_of_the_plan_whatever_weekday_that_is() -> None:
    # Started on Thursday 4 March: week 2 is 11 to 17 March.
    tables = on("2027-03-17", 2, ("1", 4))
    assert breaches(RULE, change(tables, "care_plans", "dina-plan", start_date="2027-03-04")) == []
    assert breaches(RULE, change(tables, "care_plans", "dina-plan", start_date="2027-03-03")) == [
        ("a",)
    ]


def test_what_is_over_is_not_judged() -> None:
    assert breaches(RULE, network(completed("a", "2027-02-01T09:00"))) == []


def test_a_companion_has_no_window_of_its_own() -> None:
    # It follows its session, which ``companion`` checks.
    tables = network(booked("a", "2027-03-15T09:00", service="adjustment", therapist="ivo"))
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert breaches(RULE, tables) == []


def test_a_number_that_the_plan_does_not_have_has_no_window() -> None:
    # That is for ``one-per-session`` to say.
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00", number=9))) == []
