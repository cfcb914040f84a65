"""Nothing to choose from, far too much of it, and numbers at the ends of their ranges."""

from __future__ import annotations

import math
import tracemalloc
from dataclasses import replace
from typing import Any

import pytest

from scheduler.engine import Limits, schedule
from scheduler.model import build
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from scheduler.settings import MOST_POINTS, Settings, Weights
from tests.scheduler.runs import agree, busy, scheduled
from tests.scheduler.tiny import (
    WORKDAYS,
    client,
    location,
    network,
    on,
    opening,
    plan,
    problem,
    promise,
    room,
    shift,
    therapist,
)

LONG = 600.0
"""Seconds that nobody waits for: a run that uses them would be stopped with the whole test."""


@pytest.mark.parametrize("limit", [-1, -0.5, math.nan, math.inf])
@pytest.mark.parametrize("name", ["seconds", "rounds"])
def test_a_limit_that_is_no_amount_is_refused(name: str, limit: float) -> None:
    amounts: dict[str, Any] = {"seconds": None, "rounds": None, name: limit}
    with pytest.raises(ValueError, match=f"the limit is {limit} {name}. Maybe 60"):
        Limits(**amounts)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("asked", "points"),
    [
        (problem(network(shifts=[], care_plans=[plan("dina-plan", "2x1")])), 2000),
        (problem(network(appointments=[promise("mon 09:00")]), as_of=on("tue")), 0),
    ],
    ids=["no slots", "all settled"],
)
def test_where_nothing_is_to_be_decided_the_run_is_over_at_once(
    asked: Problem, points: int, workers: int
) -> None:
    outcome = schedule(asked, Limits(seconds=LONG), workers=workers)
    assert isinstance(outcome, Scheduled)
    agree(asked, outcome)
    assert outcome.points == outcome.bound == points
    assert outcome.most_bookable == outcome.booked
    assert outcome.seconds < LONG / 5


def test_counted_work_is_over_at_once_where_nothing_can_be_booked() -> None:
    outcome = scheduled(problem(network(shifts=[])), rounds=10**9)
    assert outcome.points == outcome.bound == 1000


def huge() -> Problem:
    """Dina would come to any of 20 clinics; at each, 10 therapists are there all week."""
    places = [f"clinic{number}" for number in range(20)]
    people = [(place, f"{place}-{number}") for place in places for number in range(10)]
    return problem(
        network(
            locations=[location(place) for place in places],
            opening_hours=[row for place in places for row in opening(place)],
            rooms=[room(f"{place}-1") for place in places],
            therapists=[therapist(who) for _, who in people],
            shifts=[row for at, who in people for row in shift(who, WORKDAYS, "08:00-18:00", at)],
            clients=[
                client(home_location_id=places[0], other_location_ids=tuple(places[1:])),
            ],
        ),
        grid=5,
    )


def test_one_session_may_have_a_hundred_thousand_slots() -> None:
    # The last start is 16:45: 106 on each of 5 days with each of 200 therapists.
    assert build(huge()).activities.slots == 106 * 5 * 200
    tracemalloc.start()
    outcome = scheduled(huge(), rounds=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (outcome.points, outcome.bound) == (0, 0)
    assert outcome.booked == outcome.most_bookable == 1
    assert peak < 400 * 2**20


def weighed(weight: int) -> Problem:
    """Three visits each for two clients, as much as one therapist can't do, at these weights."""
    weights = Weights(**dict.fromkeys(Weights.__slots__, weight))
    return replace(busy(), settings=Settings(weights=weights))


def test_the_largest_weights_count_exactly() -> None:
    # Two of six sessions stay unbooked, as with the usual weights; nothing else has to cost.
    outcome = scheduled(weighed(MOST_POINTS), rounds=40)
    agree(weighed(MOST_POINTS), outcome)
    assert (outcome.booked, outcome.stake) == (4, 6 * MOST_POINTS)
    assert outcome.points == outcome.bound == 2 * MOST_POINTS


def test_the_largest_weights_count_exactly_at_a_large_stake() -> None:
    # Each of 2,000 clients wants 26 weeks of two sessions, and nobody works anywhere.
    names = [f"c{number}" for number in range(2000)]
    facts = network(
        shifts=[],
        clients=[client(name) for name in names],
        client_hours=[],
        care_plans=[plan(f"{name}-plan", "2x26") for name in names],
    )
    weights = Weights(**dict.fromkeys(Weights.__slots__, MOST_POINTS))
    outcome = scheduled(problem(facts, weeks=26, weights=weights))
    assert outcome.points == outcome.bound == outcome.stake == 2000 * 52 * MOST_POINTS
    assert outcome.gap == 0.0
