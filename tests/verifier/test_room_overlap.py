from __future__ import annotations

from typing import Any

from tests.verifier.tiny import Row, booked, breaches, completed, network

RULE = "room-overlap"


def ruth(key: str, starts_at: str, room: str = "north-1", **cells: Any) -> Row:
    return booked(key, starts_at, plan="ruth-plan", therapist="omar", room=room, **cells)


def test_the_next_may_start_when_the_changeover_is_over() -> None:
    # 09:00 + 60 + 15 = 10:15.
    dina = booked("a", "2027-03-01T09:00")
    assert breaches(RULE, network(dina, ruth("b", "2027-03-01T10:15"))) == []
    assert breaches(RULE, network(dina, ruth("b", "2027-03-01T10:14"))) == [("a", "b")]


def test_the_room_beside_it_is_free() -> None:
    tables = network(booked("a", "2027-03-01T09:00"), ruth("b", "2027-03-01T09:00", "north-2"))
    assert breaches(RULE, tables) == []


def test_another_day_is_free() -> None:
    tables = network(booked("a", "2027-03-01T09:00"), ruth("b", "2027-03-02T09:00"))
    assert breaches(RULE, tables) == []


def test_history_can_be_in_the_way_but_is_not_at_fault() -> None:
    past = completed("a", "2027-03-01T09:00")
    assert breaches(RULE, network(past, ruth("b", "2027-03-01T09:30"))) == [("a", "b")]
    assert breaches(RULE, network(past, ruth("b", "2027-03-01T09:30", status="completed"))) == []
