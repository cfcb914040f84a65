"""The starts of a day as rows: one row for each session, therapist and day, one cell a start."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.kernels.paths import NEVER
from scheduler.points.other_time import TOLERANCE

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray


@dataclass(frozen=True)
class Starts:
    """Rows of starts for some slots, which lie in one piece, ``[first_slot, ...)``.

    Rows are numbered through all slots of the problem; these begin at ``first_row``. ``cell``
    says where each slot stands, ``clock`` what minute of the day each place in a row is.
    ``slot`` is the inverse of ``cell``, -1 where nobody is there.
    """

    first_slot: int
    first_row: int
    rows: int
    clock: IntArray
    cell: IntArray
    slot: IntArray
    other_time: int

    def spread(self, prices: FloatArray) -> FloatArray:
        """The price of each place of each row; NEVER where there is no slot."""
        table = np.full(self.rows * len(self.clock), NEVER)
        table[self.cell] = prices
        return table.reshape(self.rows, len(self.clock))

    @property
    def reach(self) -> int:
        """How many places a start may lie from another one for free."""
        grid = int(self.clock[1] - self.clock[0]) if len(self.clock) > 1 else TOLERANCE
        return TOLERANCE // grid

    def other_time_from(self, clocks: IntArray) -> FloatArray:
        """Points of ``other-time`` at each place, a row for each start that comes before."""
        apart = np.abs(self.clock[None, :] - clocks[:, None])
        return np.where(apart > TOLERANCE, float(self.other_time), 0.0)

    def part(self, first: int, last: int) -> Starts:
        """The rows of the slots ``[first, last)``, a plan's or several plans'."""
        width = len(self.clock)
        cells = self.cell[first:last]
        first_row = int(cells[0]) // width if len(cells) else 0
        rows = int(cells[-1]) // width - first_row + 1 if len(cells) else 0
        begin = first_row * width
        return Starts(
            first,
            first_row,
            rows,
            self.clock,
            cells - begin,
            self.slot[begin : begin + rows * width],
            self.other_time,
        )


def find_starts(activities: Activities) -> Starts:
    """The rows of all slots, in the slots' own order."""
    slots = activities.slots
    grid = activities.problem.settings.grid
    place = activities.clock[:slots] // grid
    first, last = int(np.min(place, initial=10**6)), int(np.max(place, initial=-1))
    clock = np.arange(first, last + 1) * grid if slots else np.zeros(0, dtype=np.int64)
    key = _row_key(activities)
    new = np.concatenate([[True], key[1:] != key[:-1]])[:slots]
    row = np.cumsum(new) - 1
    cell = row * len(clock) + place - first
    rows = int(np.count_nonzero(new))
    slot = np.full(rows * len(clock), -1)
    slot[cell] = np.arange(slots)
    return Starts(0, 0, rows, clock, cell, slot, activities.problem.settings.weights.other_time)


def _row_key(activities: Activities) -> IntArray:
    slots = activities.slots
    therapists = len(activities.axes.therapist)
    session, day = activities.session[:slots], activities.day[:slots]
    return (session * therapists + activities.therapist[:slots]) * activities.axes.days + day


def find_openings(activities: Activities) -> dict[int, dict[int, dict[int, int]]]:
    """By session, therapist and day: the row of the starts that the therapist has for it."""
    key = _row_key(activities)
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: activities.slots])
    openings: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for row, slot in enumerate(first.tolist()):
        session, therapist = int(activities.session[slot]), int(activities.therapist[slot])
        openings[session][therapist][int(activities.day[slot])] = row
    return openings
