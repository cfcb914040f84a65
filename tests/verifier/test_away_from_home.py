from __future__ import annotations

from datetime import date

from tests.verifier.tiny import add, booked, change, completed, network, points
from verifier import Planning

PART = "away-from-home"


def test_each_session_away_from_home_costs_20() -> None:
    # Both live at Northgate.
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-08T09:00", number=2, room="south-1"),
        booked("c", "2027-03-01T09:00", plan="ruth-plan", room="south-1"),
    )
    assert points(PART, tables) == 40


def test_another_room_at_home_is_at_home() -> None:
    assert points(PART, network(booked("a", "2027-03-01T09:00", room="north-2"))) == 0


def test_history_and_companions_are_not_counted() -> None:
    tables = network(
        completed("a", "2027-03-01T09:00", room="south-1"),
        booked("b", "2027-03-08T09:00", number=2),
        booked("c", "2027-03-08T10:00", number=2, service="adjustment", room="south-3"),
    )
    add(tables, "rooms", room_id="south-3", location_id="south", name="Three", kind="adjusting")
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables) == 0


def test_sessions_out_of_scope_are_not_counted() -> None:
    # Session 1 belongs to 1-7 March, the horizon starts on the 8th.
    tables = network(booked("a", "2027-03-01T09:00", room="south-1"))
    later = Planning(date(2027, 3, 8), 1, date(2027, 2, 27))
    assert points(PART, tables, planning=later) == 0
