from __future__ import annotations

from tests.verifier.tiny import booked, change, network, points

PART = "promise-lost"

PROMISE = booked("a", "2027-03-01T09:00")


def test_a_promise_that_is_kept_or_moved_is_not_lost() -> None:
    assert points(PART, network(PROMISE), schedule=[PROMISE]) == 0
    later = booked("b", "2027-03-03T09:00")
    assert points(PART, network(PROMISE), schedule=[later]) == 0


def test_a_lost_promise_costs_500_beside_the_unbooked_session() -> None:
    tables = network(PROMISE)
    assert points(PART, tables, schedule=[]) == 500
    # Dina's four sessions and Ruth's four.
    assert points("unbooked", tables, schedule=[]) == 8000


def test_a_session_that_was_never_promised_is_no_lost_promise() -> None:
    assert points(PART, network(), schedule=[]) == 0
    cancelled = booked("a", "2027-03-01T09:00", status="cancelled")
    assert points(PART, network(cancelled), schedule=[]) == 0


def test_promises_of_plans_that_were_paused_are_not_counted() -> None:
    tables = change(network(PROMISE), "care_plans", "dina-plan", status="paused")
    assert points(PART, tables, schedule=[]) == 0


def test_a_lost_companion_is_no_lost_promise() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(PROMISE, companion)
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert points(PART, tables, schedule=[PROMISE]) == 0
