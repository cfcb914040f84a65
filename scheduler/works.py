"""What has to be done for a region: the jobs that a crew gets, and what comes of them.

Most regions are one job, or two side by side. A region in parts is many: each part's first
schedule, its repair beside the others, and its proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from scheduler.crew import Duty, News, Proven, Searched, Solved
from scheduler.parts import TiedRegion
from scheduler.repair import Repair
from scheduler.ties import find_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.board import Region
    from scheduler.outcome import Visit
    from scheduler.problem import Problem

FIRST, REPAIR, PROOF = 0.2, 0.4, 0.4
"""Shares of a part's time that go into its first schedule, its repair and its proof.

A repair has all of the therapists' time to look at, so it is worth more than what is before it.
It goes beside a proof of the same length where there are two workers.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A task that is still without a number and limits; ``share`` is that of a region's time."""

    problem: Problem
    start: tuple[Visit, ...]
    duty: Duty
    share: float
    part: int = 0


class Work(Protocol):
    """A region on its way through a crew."""

    region: Region
    parts: int
    """How many regions' time it takes."""

    def begin(self, workers: int) -> Iterator[Job]:
        """What can be done at once by so many workers."""
        ...

    def take(self, job: Job, solved: Solved, *, late: bool) -> Iterator[Job]:
        """What can be done after a job; once it is ``late``, only what has to be."""
        ...

    def hear(self, job: Job, news: News) -> News | None:
        """What a job's news says of the region; None where that is nothing."""
        ...

    def result(self) -> tuple[Searched, Proven] | None:
        """The region's schedule and bounds, once all jobs are done."""
        ...


class AsOne:
    """A region that is searched and proven as a whole, by one worker or by two."""

    parts = 1

    def __init__(self, region: Region, *, by_two: bool) -> None:
        self.region = region
        self._solved = Solved(None, None)
        self._duties = (Duty.SEARCH, Duty.PROOF) if by_two else (Duty.BOTH,)

    def begin(self, workers: int) -> Iterator[Job]:
        """As ``Work.begin``."""
        del workers
        for duty in self._duties:
            yield Job(self.region.problem, self.region.start, duty, 1 / len(self._duties))

    def take(self, job: Job, solved: Solved, *, late: bool) -> Iterator[Job]:
        """As ``Work.take``: nothing follows."""
        del job, late
        self._solved = solved.joined(self._solved)
        return iter(())

    def hear(self, job: Job, news: News) -> News:
        """As ``Work.hear``."""
        del job
        return news

    def result(self) -> tuple[Searched, Proven] | None:
        """As ``Work.result``."""
        found, proof = self._solved.searched, self._solved.proven
        return None if found is None or proof is None else (found, proof)


class InParts:
    """A region in parts: first schedules, then repairs turn by turn, with proofs beside them."""

    def __init__(self, region: Region, tied: TiedRegion) -> None:
        self.region, self._tied = region, tied
        self.parts = len(tied.places)
        self._found: dict[int, tuple[Visit, ...]] = {}
        self._proven: dict[int, Proven] = {}
        self._heard: dict[int, News] = {}
        self._bounds: dict[int, int] = {}
        self._repair: Repair | None = None
        self._turns = list(tied.turns)
        self._repairing: set[int] = set()
        self._unproven = list(range(self.parts))

    def begin(self, workers: int) -> Iterator[Job]:
        """As ``Work.begin``: a first schedule of each part, and proofs for idle workers."""
        for part in range(self.parts):
            problem = self._tied.shared(part)
            start = tuple(v for v in self.region.start if v.location_id in self._tied.places[part])
            yield Job(problem, start, Duty.SEARCH, FIRST, part)
        idle = -self.parts % workers
        yield from self._proofs(self._unproven[:idle])

    def _proofs(self, parts: Sequence[int]) -> Iterator[Job]:
        for part in [part for part in parts if part in self._unproven]:
            self._unproven.remove(part)
            yield Job(self._tied.whole(part), (), Duty.PROOF, PROOF, part)

    def take(self, job: Job, solved: Solved, *, late: bool) -> Iterator[Job]:
        """As ``Work.take``."""
        if solved.proven is not None:
            self._proven[job.part] = solved.proven
        elif solved.searched is not None and self._repair is None:
            self._found[job.part] = solved.searched.visits
            if len(self._found) == self.parts:
                found = [self._found[part] for part in range(self.parts)]
                self._repair = Repair(self._tied, found)
                yield from self._next_turn(self._repair, late=late)
        elif solved.searched is not None and self._repair is not None:
            self._repairing.remove(job.part)
            self._repair.take(job.part, solved.searched.visits)
            if not self._repairing:
                yield from self._next_turn(self._repair, late=late)

    def _next_turn(self, repair: Repair, *, late: bool) -> Iterator[Job]:
        """Repairs of parts that share nobody, and their proofs."""
        if late:
            self._turns.clear()
        if not self._turns:
            yield from self._proofs(range(self.parts))
            return
        turn = self._turns.pop(0)
        self._repairing = set(turn)
        for part in turn:
            yield Job(repair.problem(part), repair.found[part], Duty.SEARCH, REPAIR, part)
        yield from self._proofs(turn)

    def hear(self, job: Job, news: News) -> News | None:
        """As ``Work.hear``: what a repair brings counts once it is taken."""
        if news.bound is not None:
            self._bounds[job.part] = max(news.bound, self._bounds.get(job.part, 0))
        elif self._repair is None:
            self._heard[job.part] = news
        bound = sum(self._bounds.values())
        if len(self._heard) < self.parts:
            return News(self.region.number, bound=bound)
        heard = self._heard.values()
        points = sum(one.points or 0 for one in heard)
        booked = sum(one.booked or 0 for one in heard)
        if self._repair is not None:
            points, booked = self._repair.points, self._repair.booked
        return News(self.region.number, points, booked, bound)

    def result(self) -> tuple[Searched, Proven] | None:
        """As ``Work.result``; the bounds of the parts hold together (``TiedRegion.whole``)."""
        repair, proven = self._repair, self._proven.values()
        if repair is None or self._turns or self._repairing or len(proven) < self.parts:
            return None
        return (
            Searched(repair.visits, repair.booked, repair.parts),
            Proven(sum(p.bound for p in proven), sum(p.most_bookable for p in proven)),
        )


def work_on(region: Region, *, by_two: bool) -> Work:
    """How to go about a region; ``by_two`` lets two workers have one that is not cut."""
    places = region.places or find_parts(region.problem)
    if len(places) > 1:
        return InParts(region, TiedRegion(region.problem, places, region.start))
    return AsOne(region, by_two=by_two)
