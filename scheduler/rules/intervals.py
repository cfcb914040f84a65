"""Weekly intervals as a table: who is there from a minute on, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY, minute_of
from scheduler.settings import GRIDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time

    from scheduler.candidates import IntArray

_STEP = min(GRIDS)
"""Every start of every grid is a multiple of this many minutes."""


class WeeklyIntervals:
    """For each owner, weekday and start: the end of the one interval that the start lies in.

    Intervals that touch or overlap stay apart, since an appointment lies within *one* of
    them; of several that hold the start, the one that lasts longest counts.
    """

    def __init__(self, owners: int, rows: Iterable[tuple[int, int, time, time]]) -> None:
        self._until = np.full((owners, 7, MINUTES_A_DAY // _STEP), -1, dtype=np.int64)
        for owner, weekday, starts, ends in rows:
            first = -(-minute_of(starts) // _STEP)
            last = -(-minute_of(ends) // _STEP)
            cells = self._until[owner, weekday, first:last]
            np.maximum(cells, minute_of(ends), out=cells)

    def until(self, owner: IntArray, day: IntArray, start: IntArray) -> IntArray:
        """Minute of the day until which the owner is there; -1 where it isn't there at all."""
        return np.asarray(self._until[owner, day % 7, start // _STEP])
