from __future__ import annotations

from tests.verifier.tiny import booked, breaches, change, completed, network

RULE = "room-kind"


def test_a_room_of_the_kind_is_fine() -> None:
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00", room="north-2"))) == []


def test_a_room_of_another_kind_is_not() -> None:
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00", room="north-3"))) == [("a",)]


def test_kinds_may_be_the_clinics_own() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "services", "massage", room_kind="water")
    assert breaches(RULE, tables) == [("a",)]
    change(tables, "rooms", "north-1", kind="water")
    assert breaches(RULE, tables) == []


def test_what_is_over_is_not_judged() -> None:
    assert breaches(RULE, network(completed("a", "2027-03-01T09:00", room="north-3"))) == []
