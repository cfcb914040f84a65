"""Schedule a problem: its regions go to a crew as they are read, and come back with their proof."""

from __future__ import annotations

import math
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from scheduler.board import Board, Region
from scheduler.crew import Duty, Task
from scheduler.local_crews import local_crew
from scheduler.outcome import NothingInScope, Scheduled, WorkerLostError
from scheduler.points import PARTS
from scheduler.regions import split
from scheduler.results import in_order, scheduled
from scheduler.tasks import without_sessions
from scheduler.works import AsOne, work_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scheduler.crew import Crew, Solved
    from scheduler.horizon import Horizon
    from scheduler.outcome import Outcome, Progress, Visit
    from scheduler.problem import Problem
    from scheduler.works import Job, Work

_CLOSING = 1.5
"""Seconds that workers need to hand over what they have."""

_AHEAD = 2
"""So many regions wait for a worker, so that nobody has to wait for a region to be read."""


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

    @property
    def closing(self) -> float:
        """Seconds after which workers hand over what they have; endless without seconds."""
        if self.seconds is None:
            return math.inf
        return max(self.seconds - _CLOSING, self.seconds / 2)


def schedule(  # noqa: PLR0913 - a run has this many things to say about it
    problem: Problem,
    limits: Limits,
    *,
    seed: int = 0,
    start: Sequence[Visit] = (),
    workers: int = 2,
    crew: Crew | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
    together: bool = False,
) -> Outcome:
    """The best schedule found within the limits, with a proven bound on any schedule's points.

    ``start`` are the visits of an earlier draft to improve on. ``progress`` hears whenever the
    best schedule or the bound got better. ``stop`` is asked now and then; once it says yes, the
    best schedule so far is returned. With one worker everything happens in this process; a
    ``crew``, which stays its giver's to end, does it instead of workers of this machine.
    Regions that a few therapists tie are cut into parts, unless they shall be solved ``together``.

    Raises:
        BoundError: if a schedule came out better than its bound.
        WorkerLostError: if whoever worked at a region died each time.
    """
    if not problem.in_scope:
        return NothingInScope(why_nothing(problem.horizon, plans=bool(problem.plans)))
    regions = [
        Region(
            number,
            part,
            tuple(visit for visit in start if visit.plan_id in part.plans),
            (frozenset(part.locations),) if together else (),
        )
        for number, part in enumerate(split(problem))
    ]
    board = Board(len(regions), progress)
    for region in regions:
        board.expect(region.number, region.problem)
    with local_crew(workers) if crew is None else nullcontext(crew) as hands:
        solved = list(stream(regions, board, hands, limits, seed=seed, stop=stop))
    whole = gather([outcome for _, outcome in sorted(solved, key=lambda it: it[0].number)], board)
    unbooked_keys = set(whole.unbooked)
    ordered = tuple(s.key for s in problem.sessions if s.key in unbooked_keys)
    return replace(whole, unbooked=ordered)


def stream(
    regions: Iterable[Region],
    board: Board,
    crew: Crew,
    limits: Limits,
    *,
    seed: int = 0,
    stop: Callable[[], bool] | None = None,
) -> Iterator[tuple[Region, Scheduled]]:
    """Each region with its finished schedule, in the order in which they are done.

    ``regions`` are read one by one, only a few more than there are workers ahead, and there are
    as many as ``board.total`` says. Seconds are for the whole run and shared out equally. Once
    ``stop`` says yes, the crew halts: what is left gets its first schedule only.

    Raises:
        BoundError: if a schedule came out better than its bound.
        WorkerLostError: if whoever worked at a region died each time.
    """
    return _Run(board, crew, limits, seed, stop or _never).over(regions)


def _never() -> bool:
    return False


def why_nothing(horizon: Horizon, *, plans: bool) -> str:
    """Why no session is in scope; ``plans`` says whether there are care plans at all."""
    if not plans:
        return "There are no care plans. Maybe import a folder, or start a plan?"
    return (
        f"No active, cleared care plan calls for a session between {horizon.start} and "
        f"{horizon.end}. Maybe another horizon, or a plan that waits to be cleared?"
    )


class _Run:
    """One run of a crew over some regions."""

    def __init__(
        self, board: Board, crew: Crew, limits: Limits, seed: int, stop: Callable[[], bool]
    ) -> None:
        self._board, self._crew, self._limits = board, crew, limits
        self._seed, self._stop = seed, stop
        self._open: dict[Future[Solved], int] = {}
        self._jobs: dict[int, tuple[Work, Job]] = {}
        self._numbers = count(board.total)
        self._parts, self._parts_done = board.total, 0
        self._seconds: dict[int, float] = {}
        self._interrupted = False

    def over(self, regions: Iterable[Region]) -> Iterator[tuple[Region, Scheduled]]:
        """As ``stream``."""
        waiting = iter(regions)
        more = True
        while more or self._open:
            while more and len(self._open) < self._crew.workers + _AHEAD:
                region = next(waiting, None)
                more = region is not None
                if region is not None:
                    self._begin(region)
            self._listen()
            yield from self._finished()

    def _begin(self, region: Region) -> None:
        self._board.expect(region.number, region.problem)
        if not region.problem.in_scope:
            self._conclude(region)
            return
        odd = self._board.total % self._crew.workers
        by_two = 2 * odd <= self._crew.workers and region.number >= self._board.total - odd
        work = work_on(region, by_two=by_two)
        self._parts += work.parts - 1
        self._seconds[region.number] = self._seconds_each()
        for job in work.begin(self._crew.workers):
            self._submit(work, job)

    def _conclude(self, region: Region) -> None:
        """Let a region be done for which nobody has to work: nothing in it is in scope."""
        work = AsOne(region, by_two=False)
        (job,) = work.begin(1)
        nothing: Future[Solved] = Future()
        nothing.set_result(without_sessions(region.problem))
        self._jobs[region.number] = work, job
        self._open[nothing] = region.number

    def _submit(self, work: Work, job: Job) -> None:
        number = work.region.number if work.parts == 1 else next(self._numbers)
        seconds, deadline = None, None
        if self._limits.seconds is not None:
            seconds = self._seconds[work.region.number] * job.share
            deadline = self._board.begun + self._limits.closing
        task = Task(
            *(number, job.problem, self._seed, job.start, job.duty),
            *(seconds, deadline, self._limits.rounds),
            paired=work.parts == 1 and job.duty is not Duty.BOTH,
        )
        self._jobs[number] = work, job
        self._open[self._crew.submit(task)] = number

    def _seconds_each(self) -> float:
        """Core seconds for each region, or part of one: an equal share of what is left.

        They are done in waves, one for each worker; of one that is under way all are done.
        """
        workers = self._crew.workers
        left = max(self._limits.closing - self._board.seconds, 0.0)
        rest = self._parts - math.ceil(self._parts_done / workers) * workers
        return left / _waves(max(rest, 1), workers)

    def _listen(self) -> None:
        if not self._interrupted and self._stop():
            self._interrupted = True
            self._crew.halt()
        for news in self._crew.news():
            if news.region in self._jobs:  # else it came late: the region is done
                work, job = self._jobs[news.region]
                of_region = work.hear(job, news)
                if of_region is not None:
                    self._board.note(of_region)
        if self._limits.rounds is None:  # counted work is the same on every machine
            for region in self._board.solved():
                if region in self._jobs and self._jobs[region][1].duty is not Duty.BOTH:
                    self._crew.solved(region)

    def _finished(self) -> Iterator[tuple[Region, Scheduled]]:
        for future in [future for future in self._open if future.done()]:
            work, job = self._jobs[self._open.pop(future)]
            for following in work.take(job, self._solved(future, work.region), late=self._is_late):
                self._submit(work, following)
            result = work.result()
            if result is not None:
                outcome = scheduled(
                    work.region,
                    *result,
                    seconds=self._board.seconds,
                    seed=self._seed,
                    interrupted=self._interrupted,
                )
                self._parts_done += work.parts
                self._forget(work)
                self._board.finish(work.region.number, outcome)
                yield work.region, outcome

    def _forget(self, work: Work) -> None:
        """Let go of a region's facts: there may be hundreds."""
        self._jobs = {number: it for number, it in self._jobs.items() if it[0] is not work}

    @property
    def _is_late(self) -> bool:
        return self._interrupted or self._board.seconds >= self._limits.closing

    def _solved(self, future: Future[Solved], region: Region) -> Solved:
        """What came back; whoever is lost at a part is lost at its region."""
        try:
            return future.result()
        except WorkerLostError as lost:
            raise WorkerLostError(lost.tries, region.number, lost.locations) from lost


def _waves(regions: int, workers: int) -> float:
    """How long some regions take, where one worker needs 1 for one: at last two may share one."""
    full, odd = divmod(regions, workers)
    if not odd:
        return full
    return full + (0.5 if 2 * odd <= workers else 1.0)


def gather(outcomes: Sequence[Scheduled], board: Board) -> Scheduled:
    """The schedules of all regions as one; points and bounds add up. There is at least one."""
    return Scheduled(
        visits=in_order(visit for outcome in outcomes for visit in outcome.visits),
        unbooked=tuple(key for outcome in outcomes for key in outcome.unbooked),
        in_scope=sum(outcome.in_scope for outcome in outcomes),
        points=sum(outcome.points for outcome in outcomes),
        bound=sum(outcome.bound for outcome in outcomes),
        stake=sum(outcome.stake for outcome in outcomes),
        parts={part.name: sum(it.parts[part.name] for it in outcomes) for part in PARTS},
        most_bookable=sum(outcome.most_bookable for outcome in outcomes),
        seconds=board.seconds,
        seed=outcomes[0].seed,
        interrupted=any(outcome.interrupted for outcome in outcomes),
        history=board.history,
    )
