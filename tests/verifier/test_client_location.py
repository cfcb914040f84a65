from __future__ import annotations

from tests.verifier.tiny import booked, breaches, change, completed, network

RULE = "client-location"


def test_home_and_the_others_are_accepted() -> None:
    at_home = booked("a", "2027-03-01T09:00")
    away = booked("b", "2027-03-08T09:00", number=2, room="south-1")
    assert breaches(RULE, network(at_home, away)) == []


def test_any_other_location_is_not() -> None:
    tables = network(booked("a", "2027-03-01T09:00", room="south-1"))
    change(tables, "clients", "dina", other_location_ids="")
    assert breaches(RULE, tables) == [("a",)]


def test_what_another_client_accepts_does_not_matter() -> None:
    tables = network(booked("a", "2027-03-01T09:00", room="south-1"))
    change(tables, "clients", "ruth", other_location_ids="")
    assert breaches(RULE, tables) == []


def test_what_is_over_is_not_judged() -> None:
    tables = network(completed("a", "2027-03-01T09:00", room="south-1"))
    change(tables, "clients", "dina", other_location_ids="")
    assert breaches(RULE, tables) == []
