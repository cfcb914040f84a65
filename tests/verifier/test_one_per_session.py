from __future__ import annotations

from datetime import date

from tests.verifier.tiny import Network, booked, breaches, change, completed, network
from verifier import Planning

RULE = "one-per-session"


def with_companion(tables: Network) -> Network:
    return change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")


def test_once_is_fine() -> None:
    tables = network(booked("a", "2027-03-01T09:00"), booked("b", "2027-03-08T09:00", number=2))
    assert breaches(RULE, tables) == []


def test_twice_is_not() -> None:
    tables = network(booked("a", "2027-03-01T09:00"), booked("b", "2027-03-03T09:00"))
    assert breaches(RULE, tables) == [("a", "b")]


def test_a_session_that_took_place_is_not_booked_again() -> None:
    for status in ("completed", "no_show"):
        past = booked("a", "2027-03-01T09:00", status=status)
        assert breaches(RULE, network(past, booked("b", "2027-03-03T09:00"))) == [("a", "b")]


def test_a_cancelled_one_may_be_booked_again() -> None:
    past = booked("a", "2027-03-01T09:00", status="cancelled")
    assert breaches(RULE, network(past, booked("b", "2027-03-03T09:00"))) == []


def test_the_last_number_of_the_plan_is_fine_and_the_next_is_not() -> None:
    # One a week for four weeks.
    assert breaches(RULE, network(booked("a", "2027-03-22T09:00", number=4))) == []
    assert breaches(RULE, network(booked("a", "2027-03-29T09:00", number=5))) == [("a",)]


def test_session_one_has_the_intake_service_and_the_others_do_not() -> None:
    first = booked("a", "2027-03-01T09:00", service="intake")
    second = booked("b", "2027-03-08T09:00", number=2)
    tables = network(first, second)
    assert breaches(RULE, tables) == [("a",)]  # the plan names no intake service yet
    change(tables, "care_plans", "dina-plan", intake_service_id="intake")
    assert breaches(RULE, tables) == []
    first["service_id"], first["minutes"] = "massage", "60"
    second["service_id"], second["minutes"] = "intake", "75"
    assert breaches(RULE, tables) == [("a",), ("b",)]


def test_minutes_are_those_of_the_service() -> None:
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00", minutes=59))) == [("a",)]


def test_a_companion_is_no_second_session() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(booked("a", "2027-03-01T09:00"), companion)
    assert breaches(RULE, with_companion(tables)) == []


def test_a_companion_that_the_plan_does_not_ask_for_is_a_wrong_service() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(booked("a", "2027-03-01T09:00"), companion)
    assert breaches(RULE, tables) == [("a", "b"), ("b",)]


def test_two_companions_of_one_session_are_too_many() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo"),
        booked("c", "2027-03-01T10:30", service="adjustment", therapist="ivo"),
    )
    assert breaches(RULE, with_companion(tables)) == [("b", "c")]


def test_the_same_number_of_another_plan_is_another_session() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"), booked("b", "2027-03-01T11:00", plan="ruth-plan")
    )
    assert breaches(RULE, tables) == []


def test_a_settled_promise_counts_but_is_not_at_fault() -> None:
    # Planned on the 3rd: the 2nd is settled, so it can't be wrong, but the 4th is one too many.
    planning = Planning(start=date(2027, 3, 1), weeks=1, as_of=date(2027, 3, 3))
    wrong_but_settled = booked("a", "2027-03-02T09:00", minutes=59)
    assert breaches(RULE, network(wrong_but_settled), planning=planning) == []
    tables = network(wrong_but_settled, booked("b", "2027-03-04T09:00"))
    assert breaches(RULE, tables, planning=planning) == [("a", "b")]


def test_history_may_have_been_shorter() -> None:
    assert breaches(RULE, network(completed("a", "2027-03-01T09:00", minutes=45))) == []
