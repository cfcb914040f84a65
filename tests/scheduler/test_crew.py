"""Workers that die are survived, and whoever goes on dying is named with its region."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from dataclasses import replace
from typing import Any

import pytest

from scheduler.board import Board, Region
from scheduler.crew import Duty, Line, Task
from scheduler.engine import Limits, stream
from scheduler.local_crews import Processes, Switches, local_crew
from scheduler.outcome import Measure, WorkerLostError
from scheduler.problem import Problem
from scheduler.regions import split
from scheduler.tasks import work
from tests.scheduler.crowded import ROUNDS, SEED, crowded, crowded_apart, telling
from tests.scheduler.runs import busy, regions, scheduled
from tests.scheduler.verdict import judged

DYING = signal.SIGKILL


def task(asked: Problem, number: int = 0, start: Any = ()) -> Task:
    return Task(number, asked, 0, start, Duty.BOTH, seconds=None, deadline=None, rounds=1)


class Poison:
    """Kills the process that reads it."""

    def __reduce__(self) -> Any:
        return signal.raise_signal, (DYING,)


@pytest.mark.parametrize("asked", [crowded(), crowded_apart()], ids=["one region", "two regions"])
def test_a_worker_that_is_killed_loses_nothing(asked: Problem) -> None:
    killed: list[int] = []

    def kill(_: Measure) -> None:
        workers = multiprocessing.active_children()
        if workers and not killed:
            killed.extend(worker.pid for worker in workers if worker.pid is not None)
            for pid in killed:
                os.kill(pid, DYING)

    alone = telling(lambda rounds, seed: scheduled(asked, rounds, seed=seed))
    outcome = scheduled(asked, ROUNDS, seed=SEED, workers=2, progress=kill)
    assert killed
    assert replace(outcome, seconds=0.0, history=()) == replace(alone, seconds=0.0, history=())


def test_a_task_that_kills_its_worker_each_time_is_named_and_harms_no_other() -> None:
    north, south = split(regions())
    with local_crew(2) as crew:
        deadly = crew.submit(task(south, 1, start=(Poison(),)))
        sound = crew.submit(task(north))
        after = crew.submit(task(south, 2))
        with pytest.raises(WorkerLostError, match=r"region 2 \(south\) died 3 times.*Maybe"):
            deadly.result()
        assert sound.result().searched is not None
        assert after.result().proven is not None


def test_regions_that_are_done_are_kept_when_another_is_lost() -> None:
    north, south = split(regions())
    deadly: Any = (Poison(),)
    asked = [Region(0, north), Region(1, south, deadly)]
    with local_crew(2) as crew:
        run = stream(asked, Board(2), crew, Limits(seconds=None, rounds=0))
        done, outcome = next(run)
        assert (done.number, outcome.booked) == (0, 4)
        with pytest.raises(WorkerLostError, match="region 2"):
            next(run)


class Gluttony:
    """Asks for more memory than there is when it is read."""

    @property
    def plan_id(self) -> str:
        raise MemoryError


@pytest.mark.parametrize(("workers", "often"), [(1, "once"), (2, "3 times")])
def test_want_of_memory_is_told_as_such(workers: int, often: str) -> None:
    south = split(regions())[1]
    with local_crew(workers) as crew:
        greedy = crew.submit(task(south, 1, start=(Gluttony(),)))
        with pytest.raises(WorkerLostError, match=rf"\(south\) died {often}, .*too little memory"):
            greedy.result()


def test_a_lost_worker_can_be_told_of_from_another_process() -> None:
    error = WorkerLostError(3, 0, ["north"])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes


def test_what_a_task_raises_is_raised_here() -> None:
    for workers in (1, 2):
        with local_crew(workers) as crew, pytest.raises(AttributeError, match="plan_id"):
            crew.submit(task(busy(), start=(object(),))).result()


def test_a_search_hears_of_its_own_proof_only_and_once_only() -> None:
    switches = Switches(2)
    for region in (4, 5):
        switches.begin(region)
    switches.prove(4)
    assert (switches.proven(4), switches.proven(5)) == (True, False)
    assert not switches.solved(4)
    switches.begin(6)  # two regions on, at the switch that 4 had
    assert not switches.proven(6)


def test_a_proof_that_is_done_frees_its_core_for_the_search() -> None:
    north, _ = split(regions())
    proof = replace(task(north), duty=Duty.PROOF, paired=True)
    heard: list[bool] = []

    with Processes(2) as crew:
        crew.submit(replace(proof, number=1)).result()
        heard += [crew.switches.proven(1), crew.switches.proven(0)]
        crew.submit(replace(proof, duty=Duty.SEARCH)).result()
        heard.append(crew.switches.proven(0))
    assert heard == [True, False, False]


def test_what_is_no_pair_leaves_the_switches_of_pairs_alone() -> None:
    # The parts of a tied region have running numbers, so one of them meets a pair's switch.
    north, _ = split(regions())
    proof = replace(task(north), number=1, duty=Duty.PROOF, paired=True)
    with Processes(2) as crew:
        crew.submit(proof).result()
        crew.submit(task(north, number=3)).result()
        assert crew.switches.proven(1)


def test_a_search_that_has_the_core_of_its_proof_hands_over_when_it_is_halted() -> None:
    # Without a limit of its own, it begins one window after another beside its steps.
    asks, before, beside = iter(range(500)), threading.active_count(), set[int]()

    def halted() -> bool:
        beside.add(threading.active_count() - before)
        return next(asks) == 499

    line = Line(lambda _: None, halted, proven=lambda _: True)
    alone = replace(task(busy()), duty=Duty.SEARCH, paired=True, rounds=None)
    found = work(alone, line).searched
    assert found is not None
    assert next(asks, None) is None
    assert beside == {0, 1}  # nobody decides about a window before the first is begun
    report = judged(busy(), found.visits)
    assert report.findings == ()
    assert report.parts == found.parts
    assert found.booked == 4
