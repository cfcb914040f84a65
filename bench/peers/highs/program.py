"""A mixed integer program in the making: columns with costs, and rows between two bounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from scheduler.candidates import IntArray

INFINITE = np.inf


class Program:
    """Least cost; columns lie between 0 and ``upper``."""

    def __init__(self) -> None:
        self.constant = 0.0
        self._columns = 0
        self._cost: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self._upper: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self._whole: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self._rows = 0
        self._entries: list[tuple[IntArray, IntArray, IntArray]] = []
        self._least: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self._most: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []

    def columns(self, cost: ArrayLike, upper: ArrayLike = 1.0, *, whole: bool = False) -> IntArray:
        """New columns, as many as there are costs; their numbers."""
        costs = np.atleast_1d(np.asarray(cost, dtype=np.float64))
        self._cost.append(costs)
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), costs.shape))
        self._whole.append(np.full(len(costs), float(whole)))
        self._columns += len(costs)
        return np.arange(self._columns - len(costs), self._columns)

    def add_cost(self, columns: IntArray, points: IntArray) -> None:
        """More points for some of the columns that were made first, all at once."""
        self._cost[0][columns] += points

    def rows(
        self,
        entries: tuple[ArrayLike, ArrayLike, ArrayLike],
        count: int,
        least: ArrayLike = -INFINITE,
        most: ArrayLike = INFINITE,
    ) -> None:
        """New rows; ``entries`` are row (from 0), column and factor of each."""
        row, column, factor = (np.asarray(part) for part in entries)
        row, column, factor = np.broadcast_arrays(row, column, factor)
        self._entries.append((row.ravel() + self._rows, column.ravel(), factor.ravel()))
        self._least.append(np.broadcast_to(np.asarray(least, dtype=np.float64), (count,)))
        self._most.append(np.broadcast_to(np.asarray(most, dtype=np.float64), (count,)))
        self._rows += count

    def row(
        self,
        entries: list[tuple[int, float]],
        least: float = -INFINITE,
        most: float = INFINITE,
    ) -> None:
        """One new row of a few columns with their factors."""
        column, factor = zip(*entries, strict=True)
        self.rows(([0] * len(column), column, factor), 1, least, most)

    def save(self, path: Path, start: tuple[IntArray, IntArray]) -> None:
        """Write it for ``solve.py``; ``start`` are columns with the values to begin with."""
        row, column, factor = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        shape = (self._rows, self._columns)
        matrix = sparse.coo_array((factor.astype(np.float64), (row, column)), shape=shape).tocsc()
        np.savez(
            path,
            constant=self.constant,
            cost=np.concatenate(self._cost),
            upper=np.concatenate(self._upper),
            whole=np.concatenate(self._whole),
            least=np.concatenate(self._least),
            most=np.concatenate(self._most),
            first=matrix.indptr,
            index=matrix.indices,
            factor=matrix.data,
            start_column=start[0],
            start_value=start[1],
        )
