from __future__ import annotations

from tests.verifier.tiny import Network, booked, breaches, change, completed, network

RULE = "authorisation"


def three(visits: str, *, first: str = "completed") -> Network:
    """Dina's sessions 1 to 3; the first is over."""
    tables = network(
        booked("a", "2027-03-01T09:00", status=first),
        booked("b", "2027-03-08T09:00", number=2),
        booked("c", "2027-03-15T09:00", number=3),
    )
    return change(tables, "care_plans", "dina-plan", authorised_visits=visits)


def test_completed_and_booked_sessions_count_together() -> None:
    # One completed and two booked are three.
    assert breaches(RULE, three("3")) == []
    assert breaches(RULE, three("2")) == [("b", "c")]


def test_a_no_show_is_no_visit() -> None:
    assert breaches(RULE, three("2", first="no_show")) == []
    assert breaches(RULE, three("1", first="no_show")) == [("b", "c")]


def test_an_empty_cell_sets_no_limit() -> None:
    assert breaches(RULE, three("")) == []


def test_none_at_all_may_be_authorised() -> None:
    assert breaches(RULE, three("0")) == [("b", "c")]


def test_companions_are_no_visits_of_their_own() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(booked("a", "2027-03-01T09:00"), companion)
    change(
        tables,
        "care_plans",
        "dina-plan",
        authorised_visits="1",
        companion_service_id="adjustment",
    )
    assert breaches(RULE, tables) == []


def test_the_last_authorised_day_is_fine_and_the_next_is_not() -> None:
    tables = three("")
    change(tables, "care_plans", "dina-plan", authorised_until="2027-03-15")
    assert breaches(RULE, tables) == []
    change(tables, "care_plans", "dina-plan", authorised_until="2027-03-14")
    assert breaches(RULE, tables) == [("c",)]


def test_too_much_history_is_not_at_fault() -> None:
    tables = network(
        completed("a", "2027-03-01T09:00"), completed("b", "2027-03-08T09:00", number=2)
    )
    change(tables, "care_plans", "dina-plan", authorised_visits="1", authorised_until="2027-03-02")
    assert breaches(RULE, tables) == []


def test_the_limit_of_another_plan_does_not_matter() -> None:
    assert (
        breaches(RULE, change(three("3"), "care_plans", "ruth-plan", authorised_visits="0")) == []
    )
