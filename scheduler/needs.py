"""What every column takes, laid out by pattern and by group for the compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from scheduler.kernels.patterns import number_patterns
from scheduler.kernels.stock import Needs

if TYPE_CHECKING:
    from scheduler.candidates import IntArray, Mask
    from scheduler.kernels.breaks import Breaks
    from scheduler.kernels.housing import Housing
    from scheduler.kernels.stock import SmallArray
    from scheduler.matrix import Runs
    from scheduler.model import Model

_NOTHING = -1
"""The trait of a column that has none: it is a meal or a helper."""


class Patterns(NamedTuple):
    """The pattern of each column, and an example of each pattern: a column that has it."""

    pattern: SmallArray
    example: IntArray

    def breaks(self, breaks: Breaks) -> Breaks:
        """The breaks, by pattern instead of by column."""
        return breaks._replace(
            day=self._of(breaks.day),
            location=self._of(breaks.location),
            blocks=np.pad(breaks.blocks, ((0, 1), (0, 0)))[self._at(breaks.day)],
        )

    def housing(self, housing: Housing) -> Housing:
        """The stays, by pattern instead of by column."""
        return housing._replace(
            lot=self._of(housing.lot),
            start=self._of(housing.start),
            until=self._of(housing.until),
            inside=np.pad(self.pattern, (0, 1))[housing.inside].astype(np.int64),
        )

    def _of(self, values: SmallArray) -> SmallArray:
        """The values of columns as those of patterns."""
        return np.pad(values, (0, 1), constant_values=_NOTHING)[self._at(values)]

    def _at(self, values: SmallArray) -> IntArray:
        """Where the value of each pattern is; after the last one if it has none."""
        return np.minimum(self.example, len(values))


def patterns_of(model: Model, breaks: Breaks, housing: Housing) -> Patterns:
    """Which columns take the same: of the rows, of the breaks of a day and of its rooms."""
    runs, edge = model.hard_runs_in_order
    traits = _table(
        model.matrix.columns,
        model.stretches.stretch,
        breaks.day,
        breaks.location,
        housing.lot,
        housing.start,
        housing.until,
    )
    pattern = np.empty(len(traits), dtype=np.int32)
    return Patterns(pattern, number_patterns(edge, _lines(runs), traits, pattern))


def needs_of(model: Model, patterns: Patterns) -> Needs:
    """What each pattern takes, and what each group of them takes in minutes."""
    runs, count = model.hard_runs_of(patterns.example), len(patterns.example)
    lines, stretch = _lines(runs), _table(model.matrix.columns, model.stretches.stretch)
    owner, row, _ = _written_out(runs, runs.weight == 1)
    takers = sparse.csr_array((np.ones(len(row)), (row, owner)), shape=(model.hard_rows, count))
    owner, row, minutes = _written_out(runs, runs.weight > 1)
    edge = np.searchsorted(owner, np.arange(count + 1))
    taken = np.stack([row, minutes], axis=1).astype(np.int32)
    group = np.empty(count, dtype=np.int32)
    first = number_patterns(edge, taken, stretch[patterns.example], group)
    size = edge[first + 1] - edge[first]
    taken = taken[np.repeat(edge[first] - np.cumsum(size) + size, size) + np.arange(size.sum())]
    return Needs(
        pattern=patterns.pattern,
        edge=np.searchsorted(runs.column, np.arange(count + 1)),
        first=lines[:, 0].copy(),
        last=lines[:, 1].copy(),
        weight=lines[:, 2].copy(),
        taker_edge=takers.indptr,
        taker=takers.indices,
        group=group,
        minutes_edge=np.concatenate([[0], np.cumsum(size)]),
        minutes_row=taken[:, 0].copy(),
        minutes=taken[:, 1].copy(),
        stretch=stretch[patterns.example[first], 0].copy(),
    )


def _written_out(runs: Runs, chosen: Mask) -> tuple[IntArray, IntArray, IntArray]:
    """Some runs row by row: the column, the row and the weight of each."""
    first, length = runs.first[chosen], (runs.last - runs.first)[chosen]
    offset = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    column, weight = runs.column[chosen], runs.weight[chosen]
    return (
        np.repeat(column, length),
        np.repeat(first, length) + offset,
        np.repeat(weight, length),
    )


def _table(columns: int, *traits: IntArray | SmallArray) -> SmallArray:
    """A line for each column with its traits."""
    table = np.full((columns, len(traits)), _NOTHING, dtype=np.int32)
    for trait, values in enumerate(traits):
        table[: len(values), trait] = values
    return table


def _lines(runs: Runs) -> SmallArray:
    lines = np.empty((len(runs.column), 3), dtype=np.int32)
    lines[:, 0], lines[:, 1], lines[:, 2] = runs.first, runs.last, runs.weight
    return lines
