"""``promise-moved``: 200 for each promise whose start, therapist or location changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import problem, promise, room, shift, therapist, two_clinics

MOVED = {"unbooked": 1000, "promise-moved": 200}


def asked(**options: Any) -> Problem:
    facts = two_clinics(
        rooms=[room("north-1"), room("north-2"), room("south-1")],
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[
            *shift("maya", "mon tue"),
            *shift("omar"),
            *shift("maya", hours="13:00-17:00", where="south"),
        ],
        appointments=[promise("mon 09:00")],
    )
    return problem(facts, **options)


def test_as_promised() -> None:
    assert parts(asked(), book("mon 09:00")) == {"unbooked": 1000}


def test_the_start_changes() -> None:
    assert parts(asked(), book("mon 09:15")) == MOVED
    assert parts(asked(), book("tue 09:00")) == MOVED


def test_the_therapist_changes() -> None:
    assert parts(asked(), book("mon 09:00", therapist="omar")) == MOVED


def test_the_location_changes() -> None:
    # Dina lives at North: 20 more.
    south = book("mon 13:00", where="south")
    assert parts(asked(), south) == {**MOVED, "away-from-home": 20}


def test_the_room_may_change() -> None:
    # Ruth's promise is for the same room and time with Omar: one of them takes the other room.
    facts = asked().network
    rival = promise("mon 09:00", key="ruth-plan", therapist_id="omar")
    both = problem(replace(facts, appointments=(*facts.appointments, rival)))
    ruth = book("mon 09:00", plan="ruth-plan", therapist="omar")
    assert parts(both, book("mon 09:00"), ruth) == {}


def test_the_weight_is_a_setting() -> None:
    weights = Weights(unbooked=0, promise_moved=7)
    assert parts(asked(weights=weights), book("mon 09:15")) == {"promise-moved": 7}
