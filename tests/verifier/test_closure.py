from __future__ import annotations

from tests.verifier.tiny import add, booked, breaches, completed, network

RULE = "closure"


def test_the_days_beside_a_closure_are_fine() -> None:
    tables = network(booked("a", "2027-03-02T09:00"), booked("b", "2027-03-04T09:00", number=2))
    add(tables, "closures", location_id="north", date="2027-03-03", reason="")
    assert breaches(RULE, tables) == []


def test_the_day_of_a_closure_is_not() -> None:
    tables = network(booked("a", "2027-03-03T09:00"))
    add(tables, "closures", location_id="north", date="2027-03-03", reason="Painting")
    assert breaches(RULE, tables) == [("a",)]


def test_a_closure_without_a_location_closes_all() -> None:
    tables = network(
        booked("a", "2027-03-03T09:00"),
        booked("b", "2027-03-03T09:00", plan="ruth-plan", therapist="omar", room="south-1"),
    )
    add(tables, "closures", location_id="", date="2027-03-03", reason="")
    assert breaches(RULE, tables) == [("a",), ("b",)]


def test_a_closure_elsewhere_does_not_matter() -> None:
    tables = network(booked("a", "2027-03-03T09:00"))
    add(tables, "closures", location_id="south", date="2027-03-03", reason="")
    assert breaches(RULE, tables) == []


def test_without_the_file_nothing_is_closed() -> None:
    tables = network(booked("a", "2027-03-03T09:00"))
    del tables["closures"]
    assert breaches(RULE, tables) == []


def test_what_is_over_is_not_judged() -> None:
    tables = network(completed("a", "2027-03-03T09:00"))
    add(tables, "closures", location_id="north", date="2027-03-03", reason="")
    assert breaches(RULE, tables) == []
