"""What every column pays when every row has its price: prices times matrix, run by run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.compiled import compiled

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray, Matrix


def charge(matrix: Matrix, prices: FloatArray) -> FloatArray:
    """What each column of the matrix pays for its rows."""
    runs, total = matrix.runs, np.concatenate([[0.0], np.cumsum(prices)])
    paid = np.zeros(matrix.columns)
    _add_up(paid, runs.column, runs.first, runs.last, runs.weight, total)
    return paid


@compiled
def _add_up(
    paid: FloatArray,
    column: IntArray,
    first: IntArray,
    last: IntArray,
    weight: IntArray,
    total: FloatArray,
) -> None:
    """Add to each column what its runs of rows cost; ``total`` are the prices' running sums."""
    for run in range(len(column)):
        paid[column[run]] += weight[run] * (total[last[run]] - total[first[run]])
