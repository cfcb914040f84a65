from __future__ import annotations

from datetime import date

from tests.verifier.tiny import booked, change, completed, network, points
from verifier import Planning

PART = "extra-therapist"


def test_one_therapist_costs_nothing() -> None:
    tables = network(booked("a", "2027-03-01T09:00"), booked("b", "2027-03-08T09:00", number=2))
    assert points(PART, tables) == 0


def test_each_different_one_beyond_the_first_costs_60() -> None:
    # Maya, Omar, Maya, Ivo are three.
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-08T09:00", number=2, therapist="omar"),
        booked("c", "2027-03-15T09:00", number=3),
        booked("d", "2027-03-22T09:00", number=4, therapist="ivo"),
    )
    assert points(PART, tables) == 120


def test_history_counts_no_shows_too() -> None:
    tables = network(
        completed("a", "2027-03-01T09:00", therapist="omar"),
        booked("b", "2027-03-08T09:00", number=2, therapist="ivo", status="no_show"),
        booked("c", "2027-03-15T09:00", number=3),
    )
    assert points(PART, tables) == 120


def test_cancelled_appointments_and_companions_do_not_count() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo"),
        booked("c", "2027-03-08T09:00", number=2, therapist="omar", status="cancelled"),
    )
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables) == 0


def test_a_plan_with_nothing_booked_in_the_horizon_is_left_out() -> None:
    # Two therapists until 10 March; the horizon starts on the 15th.
    tables = network(completed("a", "2027-03-01T09:00"), booked("b", "2027-03-10T09:00", number=2))
    tables["appointments"][1]["therapist_id"] = "omar"
    later = Planning(date(2027, 3, 15), 2, date(2027, 3, 13))
    assert points(PART, tables, planning=later) == 0
    tables["appointments"].append(booked("c", "2027-03-15T09:00", number=3))
    assert points(PART, tables, planning=later) == 60


def test_a_session_booked_outside_the_horizon_counts_beside_one_inside() -> None:
    # Session 4 on 22 March lies after the one week of the horizon.
    tables = network(
        booked("a", "2027-03-01T09:00"), booked("b", "2027-03-22T09:00", number=4, therapist="omar")
    )
    week = Planning(date(2027, 3, 1), 1, date(2027, 2, 27))
    assert points(PART, tables, planning=week) == 60


def test_each_plan_has_its_own_first_therapist() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T09:00", plan="ruth-plan", therapist="omar"),
    )
    assert points(PART, tables) == 0
