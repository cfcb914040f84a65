from __future__ import annotations

import pytest

from tests.verifier.tiny import booked, change, network, points

PART = "promise-moved"

PROMISE = booked("a", "2027-03-01T09:00")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, 0),
        ({"appointment_id": "b"}, 0),
        ({"room_id": "north-2"}, 0),
        ({"starts_at": "2027-03-01T09:15"}, 200),
        ({"starts_at": "2027-03-02T09:00"}, 200),
        ({"therapist_id": "omar"}, 200),
        ({"room_id": "south-1"}, 200),
        ({"room_id": "south-1", "therapist_id": "omar", "starts_at": "2027-03-03T10:00"}, 200),
    ],
)
def test_start_therapist_and_location_make_a_promise(cells: dict[str, str], expected: int) -> None:
    assert points(PART, network(PROMISE), schedule=[{**PROMISE, **cells}]) == expected


def test_a_new_appointment_moves_nothing() -> None:
    assert points(PART, network(), schedule=[PROMISE]) == 0


def test_a_lost_promise_is_not_moved() -> None:
    assert points(PART, network(PROMISE), schedule=[]) == 0


def test_the_session_of_another_plan_is_another_promise() -> None:
    ruth = booked("b", "2027-03-03T11:00", plan="ruth-plan")
    assert points(PART, network(PROMISE), schedule=[PROMISE, ruth]) == 0


def test_a_companion_may_move() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(PROMISE, companion)
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    later = {**companion, "starts_at": "2027-03-01T10:30"}
    assert points(PART, tables, schedule=[PROMISE, later]) == 0
