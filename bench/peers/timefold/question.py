"""The problem as Timefold's side reads it: tables of numbers, see ``java/Reading.java``.

Everything that can be known before the search is worked out here: which visits there are, where
each may be booked, which promises have to be kept. Rules that look at one slot alone have had
their say in the candidates.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from bench.peers.timefold.candidates import NONE, find_ways
from bench.peers.timefold.hours import hours_rows, number_hours, week_rows
from bench.peers.timefold.slots import promise_row, standing_row, value_rows
from bench.peers.timefold.standing import find_standing
from bench.peers.timefold.visits import RHYTHMS, VisitRows
from scheduler.activities import find_activities
from scheduler.points.cadence import INTERVALS
from scheduler.rules.authorisation import visits_left
from scheduler.rules.spacing import LEAST_DAYS
from scheduler.rules.travel import minutes_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.peers.timefold.candidates import IntArray
    from scheduler.problem import Problem

    Row = Sequence[int] | IntArray

ANY_NUMBER = 10**6
"""Visits that are left where they aren't limited."""

WEIGHTS = (
    "promise_lost",
    "promise_moved",
    "unpaired",
    "extra_therapist",
    "not_preferred",
    "away_from_home",
    "cadence",
    "other_time",
    "change_of_clinic",
)
"""The parts that are counted in units, in the order of ``Reading.PARTS``."""


class Question:
    """A problem and its tables. Sessions to be booked come first among the visits, in order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.activities = find_activities(problem)
        self.ways = find_ways(self.activities)
        self._axes = self.activities.axes
        self._standing = tuple(find_standing(self.activities))

    def write(self, file: Path) -> None:
        """Write all tables, as 32-bit numbers, the first byte the highest."""
        weights = self.problem.settings.weights
        numbers: list[Row] = [[getattr(weights, name) for name in WEIGHTS]]
        for table in self._tables():
            numbers += [[len(table)], *table]
        np.concatenate(numbers).astype(">i4").tofile(file)

    def _tables(self) -> list[Sequence[Row]]:
        hours = number_hours(self._axes, self._standing)
        promised = [
            i for i, s in enumerate(self.problem.sessions) if s.key in self.problem.promises
        ]
        promises = [self.problem.promises[self.problem.sessions[i].key] for i in promised]
        slots = value_rows(self.activities, self.ways, hours)
        first_promise = len(slots)
        slots += [promise_row(self._axes, promise) for promise in promises]
        first_standing = len(slots)
        slots += [standing_row(self._axes, each, hours) for each in self._standing]
        visits = VisitRows(self.activities, self._standing)
        promise_of = {index: first_promise + at for at, index in enumerate(promised)}
        return [
            _with_length(minutes_between(self._axes).tolist()),
            _with_length(self._rooms()),
            _with_length([self._days()]),
            week_rows(self._axes),
            hours_rows(self._axes, hours),
            visits.treatments,
            [(LEAST_DAYS[often], *INTERVALS[often]) for often in RHYTHMS],
            self._plans(),
            slots,
            [*self._sessions(visits, promise_of), *self._standers(visits, first_standing)],
        ]

    def _rooms(self) -> list[list[int]]:
        """How many rooms of each kind each location has."""
        count = Counter((room.location_id, room.kind) for room in self.problem.network.rooms)
        return [[count[place, kind] for kind in self._axes.kind] for place in self._axes.location]

    def _days(self) -> list[int]:
        """The first day on which anything stands or may be booked, and the day after the last."""
        days = [each.day for each in self._standing]
        return [min([0, *days]), max([self._axes.days, *(day + 1 for day in days)])]

    def _plans(self) -> list[Row]:
        left = (visits_left(self.problem, plan) for plan in self.problem.network.care_plans)
        return [(ANY_NUMBER if visits is None else visits,) for visits in left]

    def _sessions(self, visits: VisitRows, promise_of: dict[int, int]) -> list[Row]:
        ways = self.ways
        rows: list[Row] = []
        edges = np.searchsorted(ways.session, np.arange(len(self.problem.sessions) + 1))
        for index in range(len(self.problem.sessions)):
            start = NONE if ways.start[index] == NONE else int(ways.value[ways.start[index]])
            row = visits.of_session(index, promise_of.get(index, NONE), start)
            rows.append(row.numbers(ways.value[edges[index] : edges[index + 1]]))
        return rows

    def _standers(self, visits: VisitRows, first: int) -> list[Row]:
        nowhere = np.zeros(0, dtype=np.int64)
        return [
            visits.of_stander(each, first + at).numbers(nowhere)
            for at, each in enumerate(self._standing)
        ]


def _with_length(rows: Sequence[list[int]]) -> list[list[int]]:
    return [[len(row), *row] for row in rows]
