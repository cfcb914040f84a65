"""Work for a crew: regions that are done at once, or that would take very long."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future

from scheduler.crew import Crew, Duty, News, Solved, Task
from tests.scheduler.runs import busy


def endless(number: int, duty: Duty = Duty.BOTH, deadline: float | None = None) -> Task:
    """A task that nobody would wait for the end of."""
    paired = duty is not Duty.BOTH
    return Task(number, busy(), 0, (), duty, 3600.0, deadline, None, paired)


def counted(number: int, rounds: int) -> Task:
    """A task of so many rounds; four hundred take about a second."""
    return Task(number, busy(), 3, (), Duty.BOTH, None, None, rounds)


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
