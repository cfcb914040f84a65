"""Whoever does the work: regions go out as tasks, and come back solved.

The engine knows this protocol only. ``scheduler/local_crews.py`` has the crews of this machine.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from scheduler.outcome import Visit
from scheduler.problem import Problem

POLL = 0.1
"""Seconds between two looks at what came in."""


class Duty(Enum):
    """What a task asks for: a good schedule, how good one can be, or first one, then the other."""

    SEARCH = "search"
    PROOF = "proof"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done for one region.

    ``start`` is the draft to start from (else what was promised). ``seconds`` is how long the
    task may take from its beginning; ``deadline`` the moment of this machine's monotonic clock at
    which the whole run should be over: a crew on other machines has to do without it. ``rounds``
    limits work. None is no limit. ``paired`` are search and proof of a region as two tasks: either
    ends once the other has made it good enough.
    """

    number: int
    problem: Problem
    seed: int
    start: tuple[Visit, ...]
    duty: Duty
    seconds: float | None
    deadline: float | None
    rounds: int | None
    paired: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """A better schedule or a better bound of a region."""

    region: int
    points: int | None = None
    booked: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """The best schedule of a region; ``booked`` are its sessions in scope that have a visit."""

    visits: tuple[Visit, ...]
    booked: int
    parts: Mapping[str, int]

    @property
    def points(self) -> int:
        """Those of the whole objective."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Proven:
    """The bounds of a region: on points, and on how many sessions can be booked."""

    bound: int
    most_bookable: int


@dataclass(frozen=True, slots=True)
class Solved:
    """What comes back of a task; the half that was not asked for is None."""

    searched: Searched | None
    proven: Proven | None

    def joined(self, other: Solved | None) -> Solved:
        """Both halves, where another task did the other one."""
        if other is None:
            return self
        return Solved(self.searched or other.searched, self.proven or other.proven)


@dataclass(frozen=True, slots=True)
class Line:
    """A worker's line to the engine: where news goes, whether to halt, what others have done.

    ``solved`` says of which region the schedule is good enough, ``proven`` for which the proof is
    done, so that its core on this machine is free.
    """

    tell: Callable[[News], None]
    halted: Callable[[], bool]
    solved: Callable[[int], bool] = lambda _: False
    proven: Callable[[int], bool] = lambda _: False


class Crew(Protocol):
    """Workers that do tasks, as many at a time as there are ``workers``."""

    @property
    def workers(self) -> int:
        """How many tasks are done at a time."""
        ...

    def submit(self, task: Task) -> Future[Solved]:
        """Have a task done once a worker is free, the first come first; does not wait.

        A task whose worker dies is begun again by another worker, as often as the crew allows.
        After that, the future raises ``WorkerLostError``.
        """
        ...

    def news(self) -> Iterator[News]:
        """What came in since the last look; waits up to ``POLL`` seconds if that is nothing.

        A task that is done ends the wait as well.
        """
        ...

    def halt(self) -> None:
        """Let every task hand over what it has, those that have not begun yet their first."""
        ...

    def solved(self, region: int) -> None:
        """Say that a region's best schedule has reached its bound: its tasks may end.

        Said of regions only whose search and proof are two tasks; these are at most half as many
        at a time as there are workers, with successive numbers.
        """
        ...


class Mailbox:
    """News on its way to the engine, put in by any thread."""

    def __init__(self) -> None:
        self._mail: queue.SimpleQueue[News | None] = queue.SimpleQueue()

    def put(self, news: News) -> None:
        """Hand in one piece of news."""
        self._mail.put(news)

    def wake_for(self, future: Future[Solved]) -> Future[Solved]:
        """Let the wait for news end when ``future`` is done."""
        future.add_done_callback(lambda _: self._mail.put(None))
        return future

    def news(self) -> Iterator[News]:
        """As ``Crew.news``."""
        try:
            news = self._mail.get(timeout=POLL)
            while True:
                if news is not None:
                    yield news
                news = self._mail.get_nowait()
        except queue.Empty:
            return
