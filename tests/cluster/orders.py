"""Work for a crew: regions that are done at once, or that would take very long."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from scheduler.board import Board, Region
from scheduler.crew import Crew, Duty, News, Solved, Task
from scheduler.engine import Limits, gather, stream
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from scheduler.regions import split
from tests.scheduler.runs import busy
from tests.scheduler.tied import both_clinics, in_parts


def endless(number: int, duty: Duty = Duty.BOTH, deadline: float | None = None) -> Task:
    """A task that nobody would wait for the end of."""
    paired = duty is not Duty.BOTH
    return Task(number, busy(), 0, (), duty, 3600.0, deadline, None, paired)


def counted(number: int, rounds: int) -> Task:
    """A task of so many rounds; four hundred take about a second."""
    return Task(number, busy(), 3, (), Duty.BOTH, None, None, rounds)


def regions_of(problem: Problem) -> list[Region]:
    """Each that shares nobody with another."""
    return [Region(number, part) for number, part in enumerate(split(problem))]


def tied() -> list[Region]:
    """One region in two parts, which a therapist ties."""
    region = in_parts(both_clinics())
    assert len(region.places) == 2
    return [Region(0, region.problem, places=region.places)]


def scheduled_by(crew: Crew, regions: Sequence[Region], rounds: int, seed: int) -> Scheduled:
    """What a crew makes of some regions, but for how long it took."""
    board = Board(len(regions))
    done = list(stream(regions, board, crew, Limits(None, rounds), seed=seed))
    whole = gather([outcome for _, outcome in sorted(done, key=lambda it: it[0].number)], board)
    return replace(whole, seconds=0.0, history=())


def wait_for(crew: Crew, futures: Sequence[Future[Solved]], seconds: float = 30.0) -> list[News]:
    """The news until all futures are done."""
    end, heard = time.monotonic() + seconds, list[News]()
    while not all(future.done() for future in futures):
        assert time.monotonic() < end, "they are still at it"
        heard += crew.news()
    return heard


def listen(crew: Crew, wanted: int, seconds: float = 30.0) -> list[News]:
    """The news until so many regions told a schedule: their searches run."""
    end, heard = time.monotonic() + seconds, list[News]()
    while len({news.region for news in heard if news.points is not None}) < wanted:
        assert time.monotonic() < end, "nothing is heard of them"
        heard += crew.news()
    return heard
