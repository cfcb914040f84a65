"""Timefold's side against the verifier: ``make bench-timefold-test``.

It needs a JDK and Timefold's jars, so ``make test`` leaves it out: its name begins otherwise.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from bench.peers.timefold.answer import Reader
from bench.peers.timefold.question import Question
from bench.peers.timefold.virtual_machine import command, running
from scheduler.outcome import Visit
from scheduler.problem import Problem
from scheduler.visits import visits_at
from tests.scheduler.networks import problems
from tests.scheduler.tiny import (
    client,
    comes,
    plan,
    problem,
    promise,
    room,
    shift,
    therapist,
    two_clinics,
)
from tests.scheduler.verdict import judged

SECONDS = 10.0
"""For each network; a busy machine needs half of it to begin."""


def solve(asked: Problem) -> tuple[int, tuple[Visit, ...]]:
    """The points that Timefold counts for its last schedule, and its visits."""
    question = Question(asked)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "question"
        question.write(file)
        with running(command(file, SECONDS, seed=0)) as lines:
            reader = Reader(question.activities, question.ways)
            *_, last = (reader.read(line) for line in lines)
    return last.points, visits_at(question.activities, last.columns)


def agree(asked: Problem) -> dict[str, int]:
    """Solve, and have the verifier count the same points and find nothing; its parts."""
    points, visits = solve(asked)
    report = judged(asked, visits)
    assert not report.findings
    assert points == report.points, report.parts
    return {name: points for name, points in report.parts.items() if points}


def test_a_session_that_fits_costs_nothing() -> None:
    assert agree(problem()) == {}


def test_everything_at_once_costs_what_the_verifier_says() -> None:
    facts = two_clinics(
        rooms=[room("north-1"), room("south-1"), room("north-9", "adjusting")],
        therapists=[therapist(), therapist("ivo", credentials=frozenset({"DC"}))],
        shifts=[
            *shift(days="mon wed"),
            *shift(days="mon wed", hours="13:00-17:00", where="south"),
            *shift("ivo", days="mon", hours="09:00-11:00"),
        ],
        clients=[
            client("dina", other_location_ids=("south",), preferred_therapist_id="ivo"),
            client("ruth", other_location_ids=("south",)),
        ],
        client_hours=[*comes("dina"), *comes("ruth", hours="13:00-18:00")],
        care_plans=[
            plan("dina-plan", "2x2", companion_service_id="adjustment"),
            plan("ruth-plan", "1x2"),
        ],
        appointments=[promise("mon 13:00", 1), promise("wed+1 14:00", 4)],
    )
    parts = agree(problem(facts, weeks=2))
    assert {"not-preferred", "unpaired", "away-from-home"} <= parts.keys()


@settings(max_examples=8)
@given(problems())
def test_random_networks_are_counted_alike(asked: Problem) -> None:
    if Question(asked).ways.session.size:
        agree(asked)
