"""What is known of each region while a crew works at them, and how it went over time."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.crew import News
from scheduler.outcome import Measure
from scheduler.points import parts_of, unbooked
from scheduler.points.ledger import complete

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.outcome import Progress, Scheduled, Visit
    from scheduler.problem import Problem

_MOST_KEPT = 1000
"""Measures that are kept, about; of more, every second one is forgotten."""


@dataclass(frozen=True, slots=True)
class Region:
    """One region's problem, and the visits of an earlier draft to improve on.

    Regions are numbered from 0 in the order in which they are begun. ``places`` are the locations
    of the parts that it is to be cut into; where nothing is said, ``find_parts`` decides.
    """

    number: int
    problem: Problem
    start: tuple[Visit, ...] = ()
    places: tuple[frozenset[str], ...] = ()


@dataclass(slots=True)
class _Standing:
    """How one region stands; ``empty`` are its points with nothing booked but what is settled."""

    empty: int
    points: int
    booked: int
    bound: int = 0
    found: bool = False
    done: bool = False


class Board:
    """How a run over ``total`` regions stands.

    ``in_scope`` and ``stake`` are those of the regions that are known: all of them where the
    problem was split in memory, those that were read so far where they come one by one.
    ``progress`` hears whenever the best schedule or the bound got better, or a region is done,
    unless nothing is in scope; it measures the known regions. In the ``history``, those not known
    yet count as if nothing were booked in them, with a bound of 0.
    """

    def __init__(self, total: int, progress: Progress | None = None) -> None:
        self.total = total
        self.begun = time.monotonic()
        self.in_scope = self.stake = self.finished = 0
        self._progress = progress
        self._regions: dict[int, _Standing] = {}
        self._empty = 0
        self._history: list[tuple[Measure, int]] = []

    @property
    def known(self) -> int:
        """How many regions are known by now."""
        return len(self._regions)

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.begun

    def expect(self, number: int, problem: Problem) -> None:
        """Know a region from now on."""
        if number not in self._regions:
            empty = sum(parts_of(complete(problem, {})).values())
            self._regions[number] = _Standing(empty, empty, len(problem.settled))
            self.in_scope += len(problem.in_scope)
            self.stake += unbooked.stake(problem)
            self._empty += empty

    def note(self, news: News) -> None:
        """Take one worker's news; nothing is passed on before there is any schedule."""
        region = self._regions[news.region]
        if region.done:  # late news of what has come back already
            return
        if news.bound is not None:
            region.bound = max(news.bound, region.bound)
        if news.points is not None and news.booked is not None:
            region.points, region.booked, region.found = news.points, news.booked, True
        if any(region.found for region in self._regions.values()):
            self._measure()

    def finish(self, number: int, outcome: Scheduled) -> None:
        """A region is done: this is its schedule."""
        self.finished += 1
        self.note(News(number, outcome.points, outcome.booked, outcome.bound))
        self._regions[number].done = True

    def _measure(self) -> None:
        regions = self._regions.values()
        measure = Measure(
            self.seconds,
            sum(region.booked for region in regions),
            sum(region.points for region in regions),
            sum(region.bound for region in regions),
        )
        if len(self._history) > _MOST_KEPT:
            self._history = self._history[::2]
        self._history.append((measure, self._empty))
        if self._progress is not None and self.in_scope:
            self._progress(measure)

    @property
    def history(self) -> tuple[Measure, ...]:
        """Both curves over all regions that are known by now."""
        return tuple(
            replace(measure, points=measure.points + self._empty - known)
            for measure, known in self._history
        )

    def solved(self) -> Iterator[int]:
        """The regions whose best schedule has no more points than any must have."""
        for number, region in self._regions.items():
            if region.found and region.points <= region.bound:
                yield number
