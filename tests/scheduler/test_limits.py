"""When a run stops, and that it says the same each time: limits, seeds, workers and progress."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from scipy import sparse

from scheduler.crew import Duty, Line, Proven, Task
from scheduler.engine import Limits, schedule
from scheduler.local_crews import local_crew
from scheduler.model import build
from scheduler.outcome import Measure, Scheduled
from scheduler.problem import Problem
from scheduler.solvers import relax
from scheduler.tasks import unproven, work
from tests.scheduler.crowded import ROUNDS, SEED, crowded, crowds, telling
from tests.scheduler.networks import problems
from tests.scheduler.runs import agree, busy, scheduled, scheduled_by
from tests.scheduler.tied import both_clinics
from tests.scheduler.tiny import problem


def same(one: Scheduled, other: Scheduled) -> bool:
    """All but the time that it took."""
    return replace(one, seconds=0.0, history=()) == replace(other, seconds=0.0, history=())


@settings(max_examples=20)
@given(problems())
@example(crowded())
def test_the_same_seed_gives_the_same_schedule(asked: Problem) -> None:
    assume(asked.in_scope)
    assert same(scheduled(asked, seed=7), scheduled(asked, seed=7))


@pytest.mark.parametrize("workers", [2, 3])
def test_several_workers_find_what_one_finds(workers: int) -> None:
    with local_crew(1) as one, local_crew(workers) as several:
        for regions in crowds():
            alone = telling(partial(scheduled_by, one, regions))
            assert scheduled_by(several, regions, ROUNDS, SEED) == alone


def test_no_rounds_still_give_a_schedule() -> None:
    # Two visits a week fit of the three wanted, and both of Ruth's urgent ones are among them.
    outcome = scheduled(busy(), rounds=0)
    agree(busy(), outcome)
    assert outcome.booked > 0


@pytest.mark.parametrize("workers", [1, 2])
def test_no_rounds_are_no_work_beyond_a_first_schedule(workers: int) -> None:
    # One round would find something better for both clinics, and prove that four of six fit.
    outcome = scheduled(both_clinics(), rounds=0, workers=workers)
    agree(both_clinics(), outcome)
    assert len({measure.points for measure in outcome.history}) == 1
    assert scheduled(both_clinics(), rounds=1).points < outcome.points
    nothing = scheduled(busy(), rounds=0, workers=workers)
    assert (nothing.bound, nothing.most_bookable) == (0, 6)


def test_no_seconds_still_give_a_schedule() -> None:
    outcome = schedule(busy(), Limits(seconds=0), workers=1)
    assert isinstance(outcome, Scheduled)
    agree(busy(), outcome)
    assert outcome.booked > 0


def test_who_is_late_begins_no_proof() -> None:
    # Two of the six sessions have to stay unbooked, as one round would prove already.
    late = replace(proof_of(busy()), seconds=0.0)
    assert work(late, Line(lambda _: None, lambda: False)).proven == Proven(0, 6)


@pytest.mark.parametrize("asks", range(6))
def test_who_is_halted_begins_no_more_of_a_proof(asks: int) -> None:
    # Before there is a model, before the rows and the first prices, and before the count.
    said = iter([*[False] * asks, *[True] * 9])
    proven = work(proof_of(busy()), Line(lambda _: None, lambda: next(said))).proven
    assert proven == Proven(0 if asks < 3 else 2000, 6)


def proof_of(asked: Problem) -> Task:
    """A proof that nobody would wait for the end of."""
    return Task(0, asked, 0, (), Duty.PROOF, seconds=None, deadline=None, rounds=10**9)


@settings(max_examples=50)
@given(problems())
def test_what_is_not_proven_holds_all_the_same(asked: Problem) -> None:
    assume(asked.in_scope)
    assert unproven(asked).bound == build(asked).settled_points
    agree(asked, scheduled(asked, stop=lambda: True))


def test_a_relaxation_without_time_has_no_prices() -> None:
    # Each of two columns would save 3, and there is room for one: at other times it costs 3.
    rows, limits, saves = sparse.csr_array(np.ones((1, 2))), np.array([1]), np.full(2, 3.0)
    assert relax(rows, limits, saves).prices.tolist() == [3.0]
    assert relax(rows, limits, saves, seconds=0.0).prices.tolist() == [0.0]


def test_a_run_is_over_once_no_schedule_can_be_better() -> None:
    outcome = schedule(problem(), Limits(seconds=600), workers=2)
    assert isinstance(outcome, Scheduled)
    assert outcome.points == outcome.bound
    assert outcome.booked == outcome.most_bookable == 1
    assert outcome.seconds < 300


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_at_once_still_gives_a_schedule(workers: int) -> None:
    outcome = scheduled(busy(), rounds=10_000, workers=workers, stop=lambda: True)
    agree(busy(), outcome)
    assert outcome.interrupted
    assert outcome.booked > 0


@pytest.mark.parametrize("limits", [{"seconds": -1}, {"seconds": None, "rounds": -1}])
def test_a_negative_limit_is_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Maybe 60"):
        Limits(**limits)


def test_a_run_without_any_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="Maybe 60 seconds"):
        Limits(seconds=None)


def test_progress_never_goes_back() -> None:
    heard: list[Measure] = []
    outcome = scheduled(busy(), rounds=5, progress=heard.append)
    assert heard
    assert [m.points for m in heard] == sorted((m.points for m in heard), reverse=True)
    assert [m.bound for m in heard] == sorted(m.bound for m in heard)
    assert (heard[-1].points, heard[-1].bound) == (outcome.points, outcome.bound)
    assert outcome.history == tuple(heard)
