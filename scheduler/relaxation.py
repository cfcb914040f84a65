"""A linear program that is solved again and again while limits get tighter, by HiGHS.

Each solution begins with the one before, so one more costs some hundredths of a second where the
first takes half of one. Of OR-Tools' solvers none does that for whole arrays of numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from scheduler.candidates import IntArray, Mask
    from scheduler.matrix import FloatArray

_MOST_STEPS = 100_000
"""Steps of the simplex method for one solution, far more than any window has needed."""

NOTHING = 1e-6
"""What is taken less than this is not taken: solvers compute in floating point."""


class Relaxation:
    """What to take of some columns in parts, so that it saves most.

    No row takes more than its limit. ``groups`` are rows as well: of each group so much may be
    taken as is said later; at first any amount.
    """

    def __init__(
        self,
        rows: sparse.csr_array,
        limits: IntArray,
        saves: FloatArray,
        groups: sparse.csr_array,
    ) -> None:
        together = sparse.vstack([rows, groups]).tocsc()
        self._first_group, columns = len(limits), len(saves)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, together.shape[0]
        program.col_cost_ = -saves
        program.col_lower_, program.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
        program.row_lower_ = np.concatenate(
            [np.full(len(limits), -np.inf), np.zeros(groups.shape[0])]
        )
        program.row_upper_ = np.concatenate(
            [limits.astype(np.float64), np.full(groups.shape[0], np.inf)]
        )
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = together.indptr
        program.a_matrix_.index_ = together.indices
        program.a_matrix_.value_ = together.data.astype(np.float64)
        self._solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),  # a presolved program can't be gone on with
            ("simplex_scale_strategy", 0),  # the entries are small whole numbers
            ("simplex_iteration_limit", _MOST_STEPS),
        ):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(program)
        self.taken = np.zeros(columns)
        self.saved = 0.0

    def solve(self) -> bool:
        """Find ``taken`` of each column and what it ``saved`` in all; False if there is nothing."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self.taken = np.array(self._solver.getSolution().col_value)
        self.saved = -self._solver.getObjectiveValue()
        return True

    def take(self, groups: IntArray, least: FloatArray, most: FloatArray) -> None:
        """Take from ``least`` to ``most`` of each of these groups."""
        rows = (self._first_group + groups).astype(np.int32)
        self._solver.changeRowsBounds(len(rows), rows, least, most)

    def close(self, columns: Mask) -> None:
        """Take nothing of these columns any more."""
        at = np.flatnonzero(columns).astype(np.int32)
        nothing = np.zeros(len(at))
        self._solver.changeColsBounds(len(at), at, nothing, nothing)
