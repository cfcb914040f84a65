from __future__ import annotations

from datetime import date
from typing import Any

from tests.verifier.tiny import Row, add, booked, change, completed, network, points
from verifier import Planning

PART = "change-of-clinic"


def south(key: str, starts_at: str, **cells: Any) -> Row:
    return booked(key, starts_at, plan="ruth-plan", room="south-1", **cells)


def test_each_way_between_clinics_costs_25() -> None:
    # North 08:00, south 11:00, north 14:00 are two ways.
    tables = network(
        booked("a", "2027-03-01T08:00"),
        south("b", "2027-03-01T11:00"),
        booked("c", "2027-03-01T14:00", number=2),
    )
    assert points(PART, tables) == 50


def test_the_order_is_that_of_start() -> None:
    # North 08:00, north 11:00, south 14:00 are one way, whatever the order of the rows.
    tables = network(
        south("b", "2027-03-01T14:00"),
        booked("a", "2027-03-01T08:00"),
        booked("c", "2027-03-01T11:00", number=2, room="north-2"),
    )
    assert points(PART, tables) == 25


def test_the_way_home_in_the_evening_is_free() -> None:
    tables = network(booked("a", "2027-03-01T08:00"), south("b", "2027-03-02T08:00"))
    assert points(PART, tables) == 0


def test_two_therapists_do_not_travel_for_each_other() -> None:
    tables = network(booked("a", "2027-03-01T08:00"), south("b", "2027-03-01T11:00"))
    tables["appointments"][1]["therapist_id"] = "omar"
    assert points(PART, tables) == 0


def test_history_of_a_day_of_the_horizon_counts() -> None:
    tables = network(
        completed("a", "2027-03-01T08:00"), south("b", "2027-03-01T11:00", status="no_show")
    )
    assert points(PART, tables) == 25


def test_days_outside_the_horizon_do_not() -> None:
    tables = network(booked("a", "2027-03-08T08:00"), south("b", "2027-03-08T11:00"))
    week = Planning(date(2027, 3, 1), 1, date(2027, 2, 27))
    assert points(PART, tables, planning=week) == 0


def test_companions_do_not_count() -> None:
    tables = network(
        booked("a", "2027-03-01T08:00"),
        booked("c", "2027-03-01T09:00", service="adjustment", room="south-3"),
    )
    add(tables, "rooms", room_id="south-3", location_id="south", name="Three", kind="adjusting")
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables) == 0
