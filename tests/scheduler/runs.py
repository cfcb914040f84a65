"""The engine at work in this process, with limits that count, and what must hold of each run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scheduler.board import Board, Region
from scheduler.crew import Crew
from scheduler.engine import Limits, gather, schedule, stream
from scheduler.facts import Priority
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from tests.scheduler.tiny import (
    WORKDAYS,
    location,
    opening,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clients,
)
from tests.scheduler.verdict import judged


def scheduled(asked: Problem, rounds: int = 2, **options: Any) -> Scheduled:
    """What the engine makes of it in this process, with limits that count."""
    outcome = schedule(asked, Limits(seconds=None, rounds=rounds), **{"workers": 1, **options})
    assert isinstance(outcome, Scheduled)
    return outcome


def scheduled_by(crew: Crew, regions: Sequence[Region], rounds: int, seed: int) -> Scheduled:
    """What a crew makes of some regions, but for how long it took."""
    board = Board(len(regions))
    done = list(stream(regions, board, crew, Limits(None, rounds), seed=seed))
    whole = gather([outcome for _, outcome in sorted(done, key=lambda it: it[0].number)], board)
    return replace(whole, seconds=0.0, history=())


def agree(asked: Problem, outcome: Scheduled) -> None:
    """The verifier finds nothing, and counts what the engine counts."""
    report = judged(asked, outcome.visits)
    assert report.findings == ()
    assert outcome.parts == report.parts
    assert outcome.points == report.points
    assert (outcome.booked, outcome.in_scope) == (report.booked, report.in_scope)
    assert outcome.stake == report.stake
    assert outcome.bound <= outcome.points
    assert outcome.booked <= outcome.most_bookable <= outcome.in_scope


def busy() -> Problem:
    """Two clients who want three visits each, and one therapist with four hours a week."""
    facts = two_clients(
        shifts=shift(days="mon tue"),
        care_plans=[plan("dina-plan", "2x2"), plan("ruth-plan", "1x2", priority=Priority.URGENT)],
        therapists=[therapist(max_minutes_per_week=120)],
    )
    return problem(facts, weeks=2)


def regions() -> Problem:
    """North with Maya and Dina, South with Omar and Ruth; they share nobody."""
    facts = two_clients(
        locations=[location("north"), location("south")],
        opening_hours=[*opening("north"), *opening("south")],
        rooms=[room("north-1"), room("south-1")],
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", WORKDAYS), *shift("omar", WORKDAYS, where="south")],
        care_plans=[plan("dina-plan", "2x2"), plan("ruth-plan", "1x2")],
    )
    clients = tuple(
        replace(c, home_location_id="south") if c.client_id == "ruth" else c for c in facts.clients
    )
    return problem(replace(facts, clients=clients), weeks=2)
