"""Schedule a problem: every region searched and proven at once, as tasks of an executor."""

from __future__ import annotations

import math
import multiprocessing
import queue
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.interrupts import deaf_to_ctrl_c
from scheduler.outcome import BoundError, Measure, NothingInScope, Scheduled
from scheduler.points import PARTS, unbooked
from scheduler.regions import split
from scheduler.tasks import Proven, Searched, Task, attach, prove, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from scheduler.outcome import Outcome, Progress, Visit
    from scheduler.problem import Problem
    from scheduler.tasks import News

_CLOSING = 1.5
"""Seconds that workers need to hand over what they have."""

_POLL = 0.1
"""Seconds between two looks at the workers."""

_PLEASE = "This is a fault of Careweave: maybe report it, with these figures?"


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: after some seconds in all, or after ``rounds`` of work for each region.

    With rounds and no seconds, the same seed gives the same schedule on any machine.
    """

    seconds: float | None = 60.0
    rounds: int | None = None

    def __post_init__(self) -> None:
        if self.seconds is None and self.rounds is None:
            raise ValueError("neither seconds nor rounds limit the run. Maybe 60 seconds?")
        for name, value in (("seconds", self.seconds), ("rounds", self.rounds)):
            if value is not None and not 0 <= value < math.inf:
                raise ValueError(f"the limit is {value} {name}. Maybe 60?")


def schedule(  # noqa: PLR0913 - a run has this many things to say about it
    problem: Problem,
    limits: Limits,
    *,
    seed: int = 0,
    start: Sequence[Visit] = (),
    workers: int = 2,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The best schedule found within the limits, with a proven bound on any schedule's points.

    ``start`` are the visits of an earlier draft to improve on. ``progress`` hears whenever the
    best schedule or the bound got better. ``stop`` is asked now and then; once it says yes, the
    best schedule so far is returned. With one worker everything happens in this process.

    Raises:
        BoundError: if a schedule came out better than its bound.
    """
    if not problem.in_scope:
        return NothingInScope(_why_nothing(problem))
    begun = time.monotonic()
    regions = split(problem)
    board = _Board(regions, begun, progress)
    tasks = _tasks(regions, limits, seed, start, workers)
    asked = stop or _never
    runner = _in_this_process if workers == 1 else _in_processes
    results = runner(tasks, workers, board, asked)
    return _assemble(problem, results, board, seed)


def _never() -> bool:
    return False


def _why_nothing(problem: Problem) -> str:
    if not problem.network.care_plans:
        return "There are no care plans. Maybe import a folder, or start a plan?"
    return (
        f"No active, cleared care plan calls for a session between {problem.horizon.start} and "
        f"{problem.horizon.end}. Maybe another horizon, or a plan that waits to be cleared?"
    )


def _tasks(
    regions: Sequence[Problem],
    limits: Limits,
    seed: int,
    start: Sequence[Visit],
    workers: int,
) -> list[Task]:
    """One task a region; each is searched and proven."""
    share = None
    if limits.seconds is not None:
        share = limits.seconds * min(workers, 2 * len(regions)) / (2 * len(regions))
    deadline = None
    if limits.seconds is not None:
        deadline = time.monotonic() + max(limits.seconds - _CLOSING, limits.seconds / 2)
    return [
        Task(
            number,
            region,
            seed,
            tuple(visit for visit in start if visit.plan_id in region.plans),
            share,
            deadline,
            limits.rounds,
        )
        for number, region in enumerate(regions)
    ]


class _Board:
    """What is known of each region while the workers work, and how it went over time."""

    def __init__(self, regions: Sequence[Problem], begun: float, progress: Progress | None) -> None:
        self.begun = begun
        self.history: list[Measure] = []
        self._progress = progress
        self._points = [
            unbooked.stake(region) + region.settings.weights.promise_lost * len(region.promises)
            for region in regions
        ]
        self._booked = [len(region.settled) for region in regions]
        self._bounds = [0 for _ in regions]
        self._found = [False for _ in regions]

    def note(self, news: News) -> None:
        """Take one worker's news; nothing is passed on before there is any schedule."""
        if news.bound is not None:
            self._bounds[news.region] = max(news.bound, self._bounds[news.region])
        if news.points is not None and news.booked is not None:
            self._points[news.region], self._booked[news.region] = news.points, news.booked
            self._found[news.region] = True
        if not any(self._found):
            return
        measure = Measure(
            time.monotonic() - self.begun, sum(self._booked), sum(self._points), sum(self._bounds)
        )
        self.history.append(measure)
        if self._progress is not None:
            self._progress(measure)

    def solved(self) -> Iterator[int]:
        """The regions whose best schedule has no more points than any must have."""
        for region, found in enumerate(self._found):
            if found and self._points[region] <= self._bounds[region]:
                yield region


Results = tuple[list[Searched], list[Proven], bool]


def _in_this_process(
    tasks: Sequence[Task], workers: int, board: _Board, stop: Callable[[], bool]
) -> Results:
    del workers
    searched = [search(task, board.note, stop) for task in tasks]
    proven = [prove(task, board.note, stop) for task in tasks]
    return searched, proven, stop()


def _in_processes(
    tasks: Sequence[Task], workers: int, board: _Board, stop: Callable[[], bool]
) -> Results:
    """Every region's search and proof as tasks of a pool of fresh processes.

    Processes are spawned, not forked: a fork would copy locks that other threads hold.
    """
    context = multiprocessing.get_context("spawn")
    mail, halt, solved = context.Queue(), context.Event(), context.Array("b", len(tasks))
    interrupted = False
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=attach, initargs=(mail, halt, solved)
    ) as pool:
        searches: list[Future[Searched]] = []
        proofs: list[Future[Proven]] = []
        with deaf_to_ctrl_c():
            for task in tasks:
                searches.append(pool.submit(search, task))
                proofs.append(pool.submit(prove, task))
        pending: list[Future[Searched] | Future[Proven]] = [*searches, *proofs]
        while not all(future.done() for future in pending):
            if not interrupted and stop():
                interrupted = True
                halt.set()
            for news in _arrived(mail):
                board.note(news)
            if tasks[0].rounds is None:  # counted work is the same on every machine
                for region in board.solved():
                    solved[region] = 1
        results = [f.result() for f in searches], [f.result() for f in proofs]
        for news in _arrived(mail):
            board.note(news)
    return (*results, interrupted)


def _arrived(mail: multiprocessing.Queue[News]) -> Iterator[News]:
    """What has come in, waiting a moment for the first."""
    try:
        yield mail.get(timeout=_POLL)
        while True:
            yield mail.get_nowait()
    except queue.Empty:
        return


def refuse_contradictions(searched: Sequence[Searched], proven: Sequence[Proven]) -> None:
    """Stop where a region's schedule is better than what was proven of it: one of them is wrong.

    Raises:
        BoundError: with the figures that contradict each other.
    """
    for number, (found, proof) in enumerate(zip(searched, proven, strict=True), start=1):
        points = sum(found.parts.values())
        if points < proof.bound:
            raise BoundError(
                f"the schedule of region {number} has {points} points, though it was proven that "
                f"none has fewer than {proof.bound}. Neither was kept. {_PLEASE}"
            )
        if found.booked > proof.most_bookable:
            raise BoundError(
                f"the schedule of region {number} books {found.booked} sessions, though it was "
                f"proven that none books more than {proof.most_bookable}. Neither was kept. "
                f"{_PLEASE}"
            )


def _assemble(problem: Problem, results: Results, board: _Board, seed: int) -> Scheduled:
    searched, proven, interrupted = results
    parts = {part.name: sum(s.parts[part.name] for s in searched) for part in PARTS}
    points, bound = sum(parts.values()), sum(p.bound for p in proven)
    refuse_contradictions(searched, proven)
    visits = sorted(
        (visit for found in searched for visit in found.visits),
        key=lambda v: (v.starts_at, v.location_id, v.therapist_id, v.plan_id),
    )
    booked = {(v.plan_id, v.session_number) for v in visits if not v.companion}
    return Scheduled(
        visits=tuple(visits),
        unbooked=tuple(s.key for s in problem.sessions if s.key not in booked),
        in_scope=len(problem.in_scope),
        points=points,
        bound=bound,
        stake=unbooked.stake(problem),
        parts=parts,
        most_bookable=sum(p.most_bookable for p in proven),
        seconds=time.monotonic() - board.begun,
        seed=seed,
        interrupted=interrupted,
        history=tuple(board.history),
    )
