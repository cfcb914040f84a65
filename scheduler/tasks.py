"""What a worker does for one region: search for a good schedule, and prove how good one can be."""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from scheduler.compiled import compile_once
from scheduler.counting import counting
from scheduler.crew import Duty, News, Proven, Searched, Solved
from scheduler.model import build, to_prove_by
from scheduler.points import parts_of
from scheduler.points.ledger import complete
from scheduler.proof import Proof
from scheduler.search import Search
from scheduler.visits import booked_of, promised_of, visits_of
from scheduler.warm_up import warm_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from scheduler.crew import Line, Task
    from scheduler.model import Model
    from scheduler.problem import Problem
    from scheduler.search import Solution

_SEARCHING = 0.5
"""Share of a region's time that goes into its search, where one worker does search and proof."""

_COUNTING = 0.15
"""Share of a proof's time that goes into how many sessions can be booked at most."""

_COUNT_ENOUGH = 100
"""Rounds of counting that are enough once the best schedule is known."""

_LOTS_A_ROUND = 2
"""Lots of search steps for one round of the proof, where work is counted in rounds."""

_STEPS_A_LOT = 50
"""Search steps between two looks at the clock."""

_LOTS_BETWEEN = 10
"""After so many lots another core decides about the next place: looking into one takes a while."""

_LONGEST_WINDOW = 4.0
"""Seconds that making days anew may take: with less time left, no days are."""

_PAUSE = 0.2
"""Seconds between two pieces of news from one worker."""


def work(task: Task, line: Line) -> Solved:
    """Do a task; a worker who does both halves makes the model once."""
    compile_once(warm_up)
    begun = time.monotonic()
    end = math.inf if task.seconds is None else begun + task.seconds
    if task.deadline is not None:
        end = min(end, task.deadline)
    is_up = task.rounds == 0 or time.monotonic() >= end or line.halted()
    if task.duty is Duty.PROOF and is_up:  # a model takes seconds to make
        return Solved(None, unproven(task.problem))
    worker = _Worker(task, build(task.problem), line)
    if task.duty is Duty.SEARCH:
        return Solved(worker.search(begun, end), None)
    if task.duty is Duty.PROOF:
        return Solved(None, worker.prove(begun, end))
    found = worker.search(begun, begun + _SEARCHING * (end - begun))
    return Solved(found, worker.prove(time.monotonic(), end, found.points))


def without_sessions(problem: Problem) -> Solved:
    """The only schedule of a region with nothing in scope; what stands may have points."""
    parts = parts_of(build(problem).ledger([], frozenset()))
    return Solved(Searched((), 0, parts), Proven(sum(parts.values()), 0))


def unproven(problem: Problem) -> Proven:
    """What holds of every schedule without a proof: settled sessions have their points anyway."""
    empty = parts_of(complete(problem, {}))
    settled = sum(empty.values()) - empty["unbooked"] - empty["promise-lost"]
    return Proven(settled, len(problem.in_scope))


class _Worker:
    """One task at work: its model, and its line to the engine."""

    def __init__(self, task: Task, model: Model, line: Line) -> None:
        self._task, self._model, self._line = task, model, line

    def _clock(self, begun: float, end: float, pieces: int) -> _Clock:
        """One that also stops after the task's rounds, each of so many pieces of work."""
        rounds = self._task.rounds
        return _Clock(begun, end, None if rounds is None else rounds * pieces, self._line.halted)

    def search(self, begun: float, end: float) -> Searched:
        """The best schedule of the region that is found in time; a greedy one at once."""
        clock, model = self._clock(begun, end, _LOTS_A_ROUND), self._model
        found = Search(model, self._task.seed)
        drafted = [booked_of(model, self._task.start)] if self._task.start else []
        found.begin(*drafted, promised_of(model))  # the draft may be older than the promises
        self._tell(found.best)
        told = time.monotonic()
        with ThreadPoolExecutor(1) as others:
            while model.activities.slots and clock.goes_on() and not self._solved():
                better = self._go_on(found, clock, others)
                if better and time.monotonic() - told > _PAUSE:
                    self._tell(found.best)
                    told = time.monotonic()
            found.end_remake()
        found.settle_companions()
        self._tell(found.best)
        return searched_by(found)

    def _go_on(self, found: Search, clock: _Clock, others: Executor) -> bool:
        """One more piece of work on a schedule; whether the best got better.

        Where another core is free, it decides about places while steps go on in the rest. On the
        search's own, steps bring more in the same time.
        """
        clock.done += 1
        if found.is_decided:
            return found.end_remake()
        due = not found.is_remaking and clock.done % _LOTS_BETWEEN == 0
        if due and clock.left > _LONGEST_WINDOW and self._has_another_core():
            found.begin_remake(others)
        return found.step(clock.progress, _STEPS_A_LOT)

    def _solved(self) -> bool:
        """Whether whoever does the other half has made this one good enough."""
        return self._task.paired and self._line.solved(self._task.number)

    def _has_another_core(self) -> bool:
        """Whether whoever does the other half is done; counted work must not depend on that."""
        task = self._task
        return task.paired and task.rounds is None and self._line.proven(task.number)

    def _tell(self, solution: Solution) -> None:
        settled = self._model.problem.settled
        booked = sum(len(plan.slots) for plan in solution.plans) + len(settled)
        points = round(solution.points) + self._model.settled_points
        self._line.tell(News(self._task.number, points, booked))

    def prove(self, begun: float, end: float, points: float = math.inf) -> Proven:
        """The best bounds of the region that are proven in time.

        They are good enough once they reach ``points``, or stand still; counted work is done to
        its end. Where it is up before the first round, that is not begun.
        """
        clock, region = self._clock(begun, end, 1), self._task.number
        if clock.is_up:
            return unproven(self._task.problem)
        model = to_prove_by(self._model)
        proof = Proof(model)

        def reached() -> bool:
            return self._solved() or (self._task.rounds is None and proof.bound >= points)

        def done() -> bool:
            return reached() or (self._task.rounds is None and proof.stands_still)

        if not clock.is_up:
            proof.round(clock.left)
            self._line.tell(News(region, bound=proof.bound))
        while self._may_gain(clock, done) and clock.progress < 1.0 - _COUNTING:
            if proof.round():
                self._line.tell(News(region, bound=proof.bound))
            clock.done += 1
        self._line.tell(News(region, bound=proof.bound))
        return Proven(proof.bound, self._most_bookable(model, clock, reached))

    def _may_gain(self, clock: _Clock, reached: Callable[[], bool]) -> bool:
        """Whether one more round may prove more: where nothing can be booked, no price matters."""
        return self._model.activities.slots > 0 and clock.goes_on() and not reached()

    def _most_bookable(self, model: Model, clock: _Clock, reached: Callable[[], bool]) -> int:
        """In scope, less what every schedule must leave out, if there is time to count that."""
        in_scope = len(self._model.problem.in_scope)
        if clock.is_up:
            return in_scope
        count = Proof(counting(model))

        def done() -> bool:
            enough = reached() and count.rounds > _COUNT_ENOUGH
            return enough or (self._task.rounds is None and count.stands_still)

        count.round(clock.left)
        while self._may_gain(clock, done):
            count.round()
            clock.done += 1
        return in_scope - count.bound


class _Clock:
    """When half a task is over: by time, by pieces of work, or because everything halts."""

    def __init__(
        self, begun: float, end: float, pieces: int | None, halted: Callable[[], bool]
    ) -> None:
        self._begun, self._end, self._pieces, self._halted = begun, end, pieces, halted
        self.done = 0

    @property
    def progress(self) -> float:
        """How much of it is over, 0 to 1."""
        parts = [0.0]
        if self._pieces is not None:
            parts.append(self.done / self._pieces if self._pieces else 1.0)
        if self._end < math.inf:
            parts.append((time.monotonic() - self._begun) / max(self._end - self._begun, 1e-3))
        return min(max(parts), 1.0)

    @property
    def left(self) -> float:
        """Seconds until it is over; endless where only work is counted."""
        return self._end - time.monotonic()

    @property
    def is_up(self) -> bool:
        """Whether nothing more should be begun: it is late, no work is wanted, or all halts."""
        return self.left <= 0.0 or self._pieces == 0 or self._halted()

    def goes_on(self) -> bool:
        """Whether there is time for one more piece of work."""
        return self.progress < 1.0 and not self._halted()


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
