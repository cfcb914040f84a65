from __future__ import annotations

from typing import Any

from tests.verifier.tiny import Network, add, booked, breaches, change, network

RULE = "companion"


def pair(companion_start: str, *, session: str = "booked", **cells: Any) -> Network:
    """Dina's massage 09:00-10:00 at Northgate and the adjustment that her plan asks for."""
    companion = booked(
        "b",
        f"2027-03-01T{companion_start}",
        service="adjustment",
        **{"therapist": "ivo", "room": "north-3", **cells},
    )
    tables = network(booked("a", "2027-03-01T09:00", status=session), companion)
    return change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")


def test_it_starts_from_0_to_30_minutes_after_the_session() -> None:
    assert breaches(RULE, pair("10:00")) == []
    assert breaches(RULE, pair("10:30")) == []


def test_a_minute_less_or_more_is_wrong() -> None:
    assert breaches(RULE, pair("09:59")) == [("a", "b")]
    assert breaches(RULE, pair("10:31")) == [("a", "b")]


def test_it_is_at_the_same_location() -> None:
    tables = pair("10:15")
    add(tables, "rooms", room_id="south-3", location_id="south", name="Three", kind="adjusting")
    tables["appointments"][1]["room_id"] = "south-3"
    assert breaches(RULE, tables) == [("a", "b")]


def test_it_is_never_booked_without_its_session() -> None:
    assert breaches(RULE, pair("10:15", session="cancelled")) == [("b",)]


def test_the_session_may_have_taken_place_already() -> None:
    assert breaches(RULE, pair("10:15", session="completed")) == []


def test_another_session_of_the_plan_is_not_its_own() -> None:
    assert breaches(RULE, pair("10:15", number=2)) == [("b",)]


def test_a_session_without_its_companion_breaks_nothing() -> None:
    # That costs points: see ``unpaired``.
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert breaches(RULE, tables) == []
