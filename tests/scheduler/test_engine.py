"""The whole engine against the verifier, and against the best of all schedules where few exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import pytest
from hypothesis import assume, given, settings

from scheduler.crew import Proven, Searched
from scheduler.engine import Limits, schedule
from scheduler.facts import PlanStatus
from scheduler.outcome import BoundError, NothingInScope, Scheduled
from scheduler.problem import Problem
from scheduler.results import refuse_contradictions
from scheduler.settings import Settings, Weights
from tests.scheduler.both import Booking, Engine, report_on
from tests.scheduler.networks import TINY, problems
from tests.scheduler.runs import agree, busy, regions, scheduled
from tests.scheduler.tiny import network, on, plan, problem, promise, room


@settings(max_examples=150)
@given(problems())
def test_the_verifier_agrees_with_every_schedule(asked: Problem) -> None:
    outcome = schedule(asked, Limits(seconds=None, rounds=2), workers=1)
    if isinstance(outcome, Scheduled):
        agree(asked, outcome)


@dataclass(frozen=True)
class Best:
    """The fewest points of any schedule that the verifier accepts, and the most sessions."""

    points: int
    booked: int


MOST_SCHEDULES = 1500
"""More schedules than this are not looked at one by one."""


def best_of(asked: Problem) -> Best:
    """Look at every schedule of the engine's slots; ``both`` shows that these are all there are."""
    reports = [report for report in _schedules(asked, choices_of(asked), ()) if report[0] >= 0]
    return Best(min(points for points, _ in reports), max(booked for _, booked in reports))


def choices_of(asked: Problem) -> list[list[tuple[Booking, ...]]]:
    """For each session: nothing, each of its slots, each slot with each of its companions."""
    engine = Engine(asked)
    choices = []
    for session in asked.sessions:
        own = [b for b in engine.columns if (b.plan_id, b.number) == session.key]
        alone = [(b,) for b in own if not b.companion]
        pairs = [
            (b, c)
            for b in own
            for c in own
            if (engine.columns[b], engine.columns[c]) in engine.pairings
        ]
        choices.append([(), *alone, *pairs])
    return choices


def _schedules(
    asked: Problem, choices: list[list[tuple[Booking, ...]]], taken: tuple[Booking, ...]
) -> Iterator[tuple[int, int]]:
    """Points and booked sessions of every sound schedule; a rule once broken stays broken."""
    report = report_on(asked, taken)
    if not choices:
        if report.ok:
            yield report.points, report.booked
    elif {finding.rule for finding in report.findings} <= {"pinned"}:
        for choice in choices[0]:
            yield from _schedules(asked, choices[1:], (*taken, *choice))


@settings(max_examples=60)
@given(problems(replace(TINY, pins=False)))
def test_the_best_schedule_lies_between_bound_and_points(asked: Problem) -> None:
    assume(asked.in_scope)
    assume(prod(map(len, choices_of(asked))) <= MOST_SCHEDULES)
    outcome, best = scheduled(asked, rounds=10), best_of(asked)
    assert outcome.bound <= best.points <= outcome.points
    assert outcome.booked <= best.booked <= outcome.most_bookable


def test_nothing_in_scope_without_plans() -> None:
    outcome = schedule(problem(network(care_plans=[])), Limits(rounds=1), workers=1)
    assert isinstance(outcome, NothingInScope)
    assert "no care plans" in outcome.reason


@pytest.mark.parametrize(
    "care",
    [
        plan(status=PlanStatus.PAUSED),
        plan(contraindications=("pregnancy",)),
        plan(start_date=on("mon+1")),
    ],
    ids=["paused", "held", "later"],
)
def test_nothing_in_scope_with_plans_that_call_for_nothing(care: Any) -> None:
    outcome = schedule(problem(network(care_plans=[care])), Limits(rounds=1), workers=1)
    assert isinstance(outcome, NothingInScope)
    assert "Maybe another horizon" in outcome.reason


@pytest.mark.parametrize(
    "asked",
    [
        problem(network(shifts=[])),
        problem(network(therapists=[], shifts=[])),
        problem(network(rooms=[])),
        problem(network(rooms=[room(kind="rehab")])),
        problem(network(client_hours=[])),
        problem(network(opening_hours=[])),
        problem(as_of=on("mon+3")),
    ],
    ids=["shifts", "therapists", "rooms", "room kinds", "client hours", "opening hours", "days"],
)
def test_a_schedule_may_book_nothing_at_all(asked: Problem) -> None:
    # One routine session: 1000 points are at stake, and no schedule can do better.
    outcome = scheduled(asked)
    assert outcome.visits == ()
    assert outcome.unbooked == (("dina-plan", 1),)
    assert (outcome.points, outcome.bound, outcome.stake) == (1000, 1000, 1000)
    assert (outcome.booked, outcome.most_bookable, outcome.in_scope) == (0, 0, 1)


def test_a_region_in_which_nothing_is_to_do_is_left_alone() -> None:
    asked = regions()
    plans = tuple(p for p in asked.network.care_plans if p.plan_id == "dina-plan")
    asked = replace(asked, network=replace(asked.network, care_plans=plans))
    agree(asked, scheduled(asked))


def test_a_region_without_the_room_of_a_companion_books_the_sessions_alone() -> None:
    asked = problem(network(care_plans=[plan(companion_service_id="adjustment")]))
    outcome = scheduled(asked)
    agree(asked, outcome)
    assert outcome.parts["unpaired"] == 150


def test_all_sessions_may_be_settled() -> None:
    asked = problem(network(appointments=[promise("mon 09:00")]), as_of=on("tue"))
    outcome = scheduled(asked)
    agree(asked, outcome)
    assert (outcome.visits, outcome.booked, outcome.points) == ((), 1, 0)


def test_settings_without_weights_make_every_schedule_free() -> None:
    free = Weights(**dict.fromkeys(Weights.__slots__, 0))
    asked = replace(busy(), settings=Settings(weights=free))
    outcome = scheduled(asked)
    agree(asked, outcome)
    assert (outcome.points, outcome.stake, outcome.gap) == (0, 0, 0.0)


def test_a_schedule_with_fewer_points_than_were_proven_stops_the_run() -> None:
    found = Searched((), booked=4, parts={"unbooked": 2000, "cadence": 30})
    refuse_contradictions(0, found, Proven(bound=2030, most_bookable=4))
    with pytest.raises(BoundError, match=r"region 1 has 2030 points, .* fewer than 2031"):
        refuse_contradictions(0, found, Proven(bound=2031, most_bookable=4))


def test_a_schedule_with_more_sessions_than_were_proven_stops_the_run() -> None:
    found = Searched((), booked=4, parts={"unbooked": 2000})
    with pytest.raises(BoundError, match=r"region 2 books 4 sessions, .* more than 3"):
        refuse_contradictions(1, found, Proven(bound=0, most_bookable=3))
