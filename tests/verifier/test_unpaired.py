from __future__ import annotations

from tests.verifier.tiny import Network, Row, booked, change, completed, network, points

PART = "unpaired"

SESSION = booked("a", "2027-03-01T09:00")
COMPANION = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo", room="north-3")


def asking(*appointments: Row) -> Network:
    """Dina's plan asks for an adjustment after each massage."""
    tables = network(*appointments)
    return change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")


def test_a_pair_costs_nothing() -> None:
    assert points(PART, asking(SESSION, COMPANION)) == 0


def test_a_booked_session_without_its_companion_costs_150() -> None:
    second = booked("c", "2027-03-08T09:00", number=2)
    assert points(PART, asking(SESSION, COMPANION, second)) == 150
    assert points(PART, asking(SESSION, second)) == 300


def test_an_unbooked_session_lacks_no_companion() -> None:
    assert points(PART, asking()) == 0


def test_a_cancelled_companion_is_none() -> None:
    assert points(PART, asking(SESSION, {**COMPANION, "status": "cancelled"})) == 150


def test_plans_that_ask_for_none_are_complete() -> None:
    ruth = booked("c", "2027-03-01T11:00", plan="ruth-plan")
    assert points(PART, asking(SESSION, COMPANION, ruth)) == 0


def test_what_is_over_is_not_counted() -> None:
    assert points(PART, asking(completed("a", "2027-03-01T09:00"))) == 0
