"""``companion``: it follows its session at the same place, 0 to 30 minutes after its end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import Booking, book, broken
from tests.scheduler.tiny import (
    client,
    location,
    network,
    opening,
    plan,
    problem,
    room,
    shift,
    therapist,
    travel,
)

RULE = {"companion"}


def asked(**fields: Any) -> Problem:
    """Ivo adjusts at North and, where he is there, at South."""
    return problem(
        network(
            locations=[location("north"), location("south")],
            opening_hours=[*opening("north"), *opening("south")],
            rooms=[room("north-1"), room("north-2", "adjusting"), room("south-2", "adjusting")],
            travel=[travel(25)],
            therapists=[
                therapist("ivo", credentials=frozenset({"DC"})),
                therapist("maya"),
                therapist("zoe", credentials=frozenset({"DC"})),
            ],
            shifts=[*shift("ivo"), *shift("maya"), *shift("zoe", where="south")],
            clients=[client(other_location_ids=("south",))],
            care_plans=[plan(companion_service_id="adjustment", **fields)],
        )
    )


def after(clock: str, **where: Any) -> Booking:
    return book(f"mon {clock}", companion=True, **{"therapist": "ivo", **where})


SESSION = book("mon 09:00")


def test_from_0_to_30_minutes_after_the_end() -> None:
    # 09:00 + 60 = 10:00.
    for clock, rules in (
        ("09:45", {*RULE, "client-overlap"}),
        ("10:00", set()),
        ("10:30", set()),
        ("10:45", RULE),
    ):
        assert broken(asked(), SESSION, after(clock)) == rules


def test_after_an_intake_too() -> None:
    # 09:00 + 75 = 10:15.
    intake = asked(intake_service_id="intake")
    for clock, rules in (
        ("10:00", {*RULE, "client-overlap"}),
        ("10:15", set()),
        ("10:45", set()),
        ("11:00", RULE),
    ):
        assert broken(intake, SESSION, after(clock)) == rules


def test_never_without_its_session() -> None:
    assert broken(asked(), after("10:00")) == RULE


def test_at_the_same_location() -> None:
    assert broken(asked(), SESSION, after("10:00", therapist="zoe", where="south")) == RULE


def test_a_session_may_come_alone() -> None:
    assert broken(asked(), SESSION) == set()


def test_it_follows_its_own_session() -> None:
    facts = asked().network
    cares = (plan(phases="2x1", companion_service_id="adjustment"),)
    days = (*shift("ivo", "mon thu"), *shift("maya", "mon thu"))
    twice = problem(replace(facts, care_plans=cares, shifts=days))
    first, second = book("mon 09:00"), book("thu 09:00", 2)
    right = book("thu 10:00", 2, therapist="ivo", companion=True)
    wrong = book("thu 10:00", 1, therapist="ivo", companion=True)
    assert broken(twice, first, second, right) == set()
    assert broken(twice, first, second, wrong) == RULE
