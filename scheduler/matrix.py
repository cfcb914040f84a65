"""The one matrix in which the rules meet: limits on what may be taken together.

A limit's rows stand in order of time, so an activity takes a *run* of them, ``[first, last)``,
with one weight. Written as runs, the matrix of a real network stays small, and what an
activity costs under a price for each row is the difference of two running sums.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from scheduler.candidates import IntArray, Mask

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Which columns take which runs of rows: ``weight`` of each row in ``[first, last)``."""

    column: IntArray
    first: IntArray
    last: IntArray
    weight: IntArray


@dataclass(frozen=True, slots=True)
class Limit:
    """Rows of one rule or points part: what is taken of row ``r`` is at most ``capacity[r]``.

    ``helpers`` are columns of the limit's own, yes or no each, with their points; in ``runs``
    they are numbered after the activities.
    """

    name: str
    runs: Runs
    capacity: IntArray
    helper_points: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True)
class Matrix:
    """All limits under one another; columns are the activities, then all helpers."""

    activities: int
    limits: tuple[Limit, ...]
    runs: Runs
    capacity: IntArray
    helper_points: IntArray

    @property
    def columns(self) -> int:
        """Activities and helpers together."""
        return self.activities + len(self.helper_points)

    @property
    def rows(self) -> int:
        """Rows of all limits together."""
        return len(self.capacity)

    def rows_of(self, name: str) -> slice:
        """The rows of a limit."""
        at = [limit.name for limit in self.limits].index(name)
        first = sum(len(limit.capacity) for limit in self.limits[:at])
        return slice(first, first + len(self.limits[at].capacity))

    def without(self, chosen: IntArray, rows: int) -> Matrix:
        """The matrix once the chosen columns have taken their share of the first rows for good."""
        capacity = self.capacity.copy()
        capacity[:rows] -= self.taken(chosen)[:rows]
        served = np.isin(self.runs.column, chosen) & (self.runs.first < rows)
        runs = replace(self.runs, weight=np.where(served, 0, self.runs.weight))
        return replace(self, runs=runs, capacity=capacity)

    @cached_property
    def _order(self) -> tuple[IntArray, IntArray]:
        order = np.argsort(self.runs.column, kind="stable")
        pointer = np.searchsorted(self.runs.column[order], np.arange(self.columns + 1))
        return order, pointer

    def taken(self, chosen: IntArray) -> IntArray:
        """What the chosen columns take of each row."""
        runs = self.runs_of(chosen)
        steps = np.zeros(self.rows + 1, dtype=np.int64)
        np.add.at(steps, self.runs.first[runs], self.runs.weight[runs])
        np.add.at(steps, self.runs.last[runs], -self.runs.weight[runs])
        return np.asarray(np.cumsum(steps[:-1]))

    def runs_of(self, chosen: IntArray) -> IntArray:
        """Indexes of the runs of some columns."""
        order, pointer = self._order
        begin, count = pointer[chosen], pointer[chosen + 1] - pointer[chosen]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.asarray(order[np.repeat(begin, count) + offset])

    def sparse(self, chosen: IntArray) -> sparse.csc_array:
        """The chosen columns written out, row by row, for solvers."""
        runs = self.runs_of(chosen)
        position = np.zeros(self.columns, dtype=np.int64)
        position[chosen] = np.arange(len(chosen))
        length = self.runs.last[runs] - self.runs.first[runs]
        offset = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
        return sparse.coo_array(
            (
                np.repeat(self.runs.weight[runs], length),
                (
                    np.repeat(self.runs.first[runs], length) + offset,
                    np.repeat(position[self.runs.column[runs]], length),
                ),
            ),
            shape=(self.rows, len(chosen)),
        ).tocsc()


def fits(runs: Runs, columns: int, left: IntArray) -> Mask:
    """Which of some columns, numbered from 0 in ``runs``, find enough left of every row."""
    full = np.concatenate([[0], np.cumsum(left < 1)])
    short = np.where(
        runs.weight == 1,
        full[runs.last] > full[runs.first],
        left[runs.first] < runs.weight,
    )
    enough = np.ones(columns, dtype=np.bool_)
    enough[runs.column[short]] = False
    return enough


def merge(name: str, limits: Sequence[Limit]) -> Limit:
    """Several lots of rows of one rule, none with helpers, as one limit."""
    offset = np.cumsum([0, *(len(limit.capacity) for limit in limits)])[:-1]

    def join(parts: list[IntArray]) -> IntArray:
        return np.concatenate([np.zeros(0, dtype=np.int64), *parts])

    return Limit(
        name,
        Runs(
            join([limit.runs.column for limit in limits]),
            join([x.runs.first + at for x, at in zip(limits, offset, strict=True)]),
            join([x.runs.last + at for x, at in zip(limits, offset, strict=True)]),
            join([limit.runs.weight for limit in limits]),
        ),
        join([limit.capacity for limit in limits]),
    )


def stack(activities: int, limits: Sequence[Limit]) -> Matrix:
    """Put limits under one another, each with its helpers in columns of their own."""
    columns, firsts, lasts, row, helper = [], [], [], 0, 0
    for limit in limits:
        is_helper = limit.runs.column >= activities
        columns.append(limit.runs.column + helper * is_helper)
        firsts.append(limit.runs.first + row)
        lasts.append(limit.runs.last + row)
        row += len(limit.capacity)
        helper += len(limit.helper_points)
    return Matrix(
        activities,
        tuple(limits),
        Runs(
            np.concatenate(columns),
            np.concatenate(firsts),
            np.concatenate(lasts),
            np.concatenate([limit.runs.weight for limit in limits]),
        ),
        np.concatenate([limit.capacity for limit in limits]),
        np.concatenate([limit.helper_points for limit in limits]),
    )
