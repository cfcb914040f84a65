from __future__ import annotations

from tests.verifier.tiny import Network, Row, booked, change, completed, network, points

PART = "not-preferred"


def preferring(who: str, *appointments: Row) -> Network:
    """Dina prefers this therapist, Ruth none."""
    return change(network(*appointments), "clients", "dina", preferred_therapist_id=who)


def test_the_preferred_one_costs_nothing_and_another_15() -> None:
    tables = preferring(
        "maya",
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-08T09:00", number=2, therapist="omar"),
        booked("c", "2027-03-15T09:00", number=3, therapist="ivo"),
    )
    assert points(PART, tables) == 30


def test_a_client_without_a_preference_takes_anybody() -> None:
    assert points(PART, preferring("", booked("a", "2027-03-01T09:00"))) == 0


def test_the_preference_of_another_client_does_not_matter() -> None:
    ruth = booked("a", "2027-03-01T09:00", plan="ruth-plan", therapist="omar")
    assert points(PART, preferring("maya", ruth)) == 0


def test_companions_and_history_are_not_counted() -> None:
    tables = preferring(
        "omar",
        completed("a", "2027-03-01T09:00"),
        booked("b", "2027-03-08T09:00", number=2, therapist="omar"),
        booked("c", "2027-03-08T10:00", number=2, service="adjustment", therapist="ivo"),
    )
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables) == 0
