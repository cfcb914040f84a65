from __future__ import annotations

import pytest

from tests.verifier.tiny import add, booked, breaches, completed, network

RULE = "client-away"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("01", []), ("02", [("a",)]), ("03", [("a",)]), ("04", [("a",)]), ("05", [])],
)
def test_both_the_first_and_the_last_day_are_away(
    day: str, expected: list[tuple[str, ...]]
) -> None:
    # Away from Tuesday 2 to Thursday 4 March.
    tables = network(booked("a", f"2027-03-{day}T09:00"))
    add(tables, "client_away", client_id="dina", first_day="2027-03-02", last_day="2027-03-04")
    assert breaches(RULE, tables) == expected


def test_another_client_may_come() -> None:
    tables = network(booked("a", "2027-03-03T09:00"))
    add(tables, "client_away", client_id="ruth", first_day="2027-03-02", last_day="2027-03-04")
    assert breaches(RULE, tables) == []


def test_what_is_over_is_not_judged() -> None:
    tables = network(completed("a", "2027-03-03T09:00"))
    add(tables, "client_away", client_id="dina", first_day="2027-03-03", last_day="2027-03-03")
    assert breaches(RULE, tables) == []
