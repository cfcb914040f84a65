from __future__ import annotations

import pytest

from tests.verifier.tiny import booked, change, network, points

PART = "other-time"


@pytest.mark.parametrize(
    ("second", "expected"),
    [("10:00", 0), ("11:00", 0), ("11:01", 5), ("09:00", 0), ("08:59", 5), ("17:00", 5)],
)
def test_more_than_60_minutes_earlier_or_later_cost_5(second: str, expected: int) -> None:
    # Session 1 starts at 10:00; by how much more makes no difference.
    tables = network(booked("a", "2027-03-01T10:00"), booked("b", f"2027-03-08T{second}", number=2))
    assert points(PART, tables) == expected


@pytest.mark.parametrize("status", ["completed", "no_show"])
def test_a_session_is_compared_with_its_history(status: str) -> None:
    past = booked("a", "2027-03-01T10:00", status=status)
    tables = network(past, booked("b", "2027-03-08T12:00", number=2))
    assert points(PART, tables) == 5


def test_each_session_is_compared_with_the_one_before_alone() -> None:
    # 08:00, 09:00, 10:00: never more than an hour.
    tables = network(
        booked("a", "2027-03-01T08:00"),
        booked("b", "2027-03-08T09:00", number=2),
        booked("c", "2027-03-15T10:00", number=3),
    )
    assert points(PART, tables) == 0


def test_without_the_session_before_there_is_nothing_to_compare() -> None:
    tables = network(booked("a", "2027-03-01T08:00"), booked("c", "2027-03-15T12:00", number=3))
    assert points(PART, tables) == 0


def test_companions_are_not_compared() -> None:
    tables = network(
        booked("a", "2027-03-01T08:00"),
        booked("b", "2027-03-08T09:00", number=2),
        booked("c", "2027-03-08T10:00", number=2, service="adjustment", therapist="ivo"),
        booked("d", "2027-03-15T09:30", number=3),
    )
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables) == 0
