"""What a worker does for one region: search for a good schedule, or prove how good one can be."""

from __future__ import annotations

import math
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.counting import counting
from scheduler.model import build
from scheduler.points import parts_of
from scheduler.proof import Proof
from scheduler.search import Search
from scheduler.visits import booked_of, promised_of, visits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.queues import Queue
    from multiprocessing.sharedctypes import SynchronizedArray
    from multiprocessing.synchronize import Event

    from scheduler.model import Model
    from scheduler.outcome import Visit
    from scheduler.problem import Problem
    from scheduler.search import Solution

    Flags = SynchronizedArray[int]

_COUNTING = 0.15
"""Share of a proof's time that goes into how many sessions can be booked at most."""

_COUNT_ENOUGH = 100
"""Rounds of counting that are enough once the best schedule is known."""

_STEPS_A_ROUND = 10
"""Search steps for one round of the proof, where work is counted in rounds."""

_STEPS_A_WINDOW = 8
"""After so many search steps, some days are made anew."""

_LONGEST_WINDOW = 4.0
"""Seconds that making days anew may take: with less time left, no days are."""

_PAUSE = 0.2
"""Seconds between two pieces of news from one worker."""


@dataclass(frozen=True, slots=True)
class Task:
    """One region with its seed, the draft to start from (else what was promised), and its limits.

    ``share`` is the time that the task may take, in seconds; ``deadline`` the moment of this
    machine's monotonic clock at which the whole run should be over. ``rounds`` limits work.
    """

    number: int
    problem: Problem
    seed: int
    start: tuple[Visit, ...]
    share: float | None
    deadline: float | None
    rounds: int | None


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


@dataclass(frozen=True, slots=True)
class Proven:
    """The bounds of a region: on points, and on how many sessions can be booked."""

    bound: int
    most_bookable: int


@dataclass(slots=True)
class _Line:
    """A worker process's line to the engine: where news goes, and whether to stop."""

    mail: Queue[News] | None = None
    halt: Event | None = None
    solved: Flags | None = None


_line = _Line()


def attach(mail: Queue[News], halt: Event, solved: Flags) -> None:
    """Connect this worker process to the engine; Ctrl-C is the engine's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _line.mail, _line.halt, _line.solved = mail, halt, solved


def _tell(news: News) -> None:
    if _line.mail is not None:
        _line.mail.put(news)


def _halted() -> bool:
    return _line.halt is not None and _line.halt.is_set()


def _solved(region: int) -> bool:
    """Whether the region's best schedule has reached its bound: then nothing can be better."""
    return _line.solved is not None and bool(_line.solved[region])


class _Clock:
    """When a task is over: by time, by rounds, or because somebody said so."""

    def __init__(self, task: Task, stop: Callable[[], bool], rounds: int | None) -> None:
        self._stop, self._rounds, self._begun = stop, rounds, time.monotonic()
        self._end = math.inf if task.share is None else self._begun + task.share
        if task.deadline is not None:
            self._end = min(self._end, task.deadline)
        self.done = 0

    @property
    def progress(self) -> float:
        """How much of the task is over, 0 to 1."""
        parts = [0.0]
        if self._rounds is not None:
            parts.append(self.done / max(self._rounds, 1))
        if self._end < math.inf:
            parts.append((time.monotonic() - self._begun) / max(self._end - self._begun, 1e-3))
        return min(max(parts), 1.0)

    @property
    def left(self) -> float:
        """Seconds until the task is over; endless where only work is counted."""
        return self._end - time.monotonic()

    def goes_on(self) -> bool:
        """Whether there is time for one more piece of work."""
        return self.progress < 1.0 and not self._stop()


def search(
    task: Task,
    tell: Callable[[News], None] = _tell,
    stop: Callable[[], bool] = _halted,
) -> Searched:
    """The best schedule of a region that is found in time; a greedy one at once."""
    rounds = None if task.rounds is None else task.rounds * _STEPS_A_ROUND
    clock = _Clock(task, stop, rounds)
    model = build(task.problem)
    found = Search(model, task.seed)
    found.begin(booked_of(model, task.start) if task.start else promised_of(model))
    tell(_progress(task, model, found.best))
    told = time.monotonic()
    while model.activities.slots and clock.goes_on() and not _solved(task.number):
        clock.done += 1
        anew = clock.done % _STEPS_A_WINDOW == 0 and clock.left > _LONGEST_WINDOW
        better = found.remake() if anew else found.step(clock.progress)
        if better and time.monotonic() - told > _PAUSE:
            tell(_progress(task, model, found.best))
            told = time.monotonic()
    found.settle_companions()
    tell(_progress(task, model, found.best))
    return searched_by(found)


def _progress(task: Task, model: Model, solution: Solution) -> News:
    booked = sum(len(plan.slots) for plan in solution.plans) + len(model.problem.settled)
    return News(task.number, round(solution.points) + model.settled_points, booked)


def searched_by(search: Search) -> Searched:
    """The best schedule of a search, as visits with rooms and points by part."""
    model, solution = search.model, search.best
    slots = [slot for booked in solution.plans for slot in booked.slots]
    paired = frozenset(
        slot
        for booked in solution.plans
        for slot, companion in zip(booked.slots, booked.companions, strict=True)
        if companion >= 0
    )
    return Searched(
        visits_of(model, solution.plans),
        len(slots) + len(model.problem.settled),
        parts_of(model.ledger(slots, paired)),
    )


def prove(
    task: Task,
    tell: Callable[[News], None] = _tell,
    stop: Callable[[], bool] = _halted,
) -> Proven:
    """The best bounds of a region that are proven in time."""
    clock = _Clock(task, stop, task.rounds)
    model = build(task.problem)
    proof = Proof(model)
    proof.round()
    while clock.goes_on() and clock.progress < 1.0 - _COUNTING and not _solved(task.number):
        if proof.round():
            tell(News(task.number, bound=proof.bound))
        clock.done += 1
    tell(News(task.number, bound=proof.bound))
    return Proven(proof.bound, _most_bookable(model, clock, task.number))


def _most_bookable(model: Model, clock: _Clock, region: int) -> int:
    """In scope, less what every schedule must leave out."""
    count = Proof(counting(model))
    count.round()
    while clock.goes_on() and not (_solved(region) and count.rounds > _COUNT_ENOUGH):
        count.round()
        clock.done += 1
    return len(model.problem.in_scope) - count.bound
