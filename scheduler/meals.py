"""Which meal breaks a therapist can still take, kept up to date while days fill up."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.travel import minutes_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray, Mask

    Bits = NDArray[np.uint64]

_WORD = 64
_ENDS = 2
_NONE = np.zeros(0, dtype=np.int64)


class Meals:
    """The choices of break of each long therapist-day, as bits.

    ``day`` numbers the long day of each appointment column, -1 where the day is not long.
    ``blocks`` are the choices that the appointment would rule out. What stands, and the
    ``kept`` columns, rule theirs out from the beginning.
    """

    def __init__(self, activities: Activities, kept: IntArray = _NONE) -> None:
        self._activities = activities
        columns = np.flatnonzero(activities.meal >= 0)
        group = activities.meal[columns]
        self.count = int(np.max(group, initial=-1)) + 1
        self._first = np.searchsorted(group, np.arange(self.count + 1))
        self._columns = columns
        sizes = np.diff(self._first)
        self._words = -(-int(np.max(sizes, initial=1)) // _WORD)
        self.day = self._long_day_of(activities.therapist, activities.day)[
            : activities.appointments
        ]
        self.blocks = self._blocks()
        self._all = np.array(
            [[_ones(size - word * _WORD) for word in range(self._words)] for size in sizes],
            dtype=np.uint64,
        ).reshape(self.count, self._words)
        for day, blocked in self._standing_blocks():
            self._all[day] &= ~blocked
        for column in kept[self.day[kept] >= 0]:
            self._all[self.day[column]] &= ~self.blocks[column]
        self.free = self._all.copy()
        self._taken: dict[int, set[int]] = defaultdict(set)

    def _long_day_of(self, therapist: IntArray, day: IntArray) -> IntArray:
        activities = self._activities
        first = self._columns[self._first[:-1]]
        table = np.full((len(activities.axes.therapist), activities.axes.days), -1)
        table[activities.therapist[first], activities.day[first]] = np.arange(self.count)
        inside = (day >= 0) & (day < activities.axes.days)
        return np.where(inside, table[therapist, np.where(inside, day, 0)], -1)

    def _blocks(self) -> Bits:
        activities = self._activities
        booked = slice(0, activities.appointments)
        return self._blocked_by(
            self.day,
            activities.location[booked],
            activities.start[booked],
            activities.until[booked],
        )

    def _standing_blocks(self) -> list[tuple[int, Bits]]:
        standing = self._activities.standing
        day = self._long_day_of(standing.therapist, standing.day)
        bits = self._blocked_by(day, standing.location, standing.start, standing.until)
        return [(int(day[i]), bits[i]) for i in np.flatnonzero(day >= 0)]

    def _blocked_by(
        self, day: IntArray, location: IntArray, start: IntArray, until: IntArray
    ) -> Bits:
        activities, travel = self._activities, minutes_between(self._activities.axes)
        longest = self._longest_journeys(travel)
        bits = np.zeros((len(day), self._words), dtype=np.uint64)
        sizes = np.diff(self._first)
        for choice in range(int(np.max(sizes, initial=0))):
            has = np.flatnonzero((day >= 0) & (choice < np.append(sizes, 0)[day]))
            meal = self._columns[self._first[day[has]] + choice]
            apart = travel[location[has], activities.location[meal]]
            apart = np.where(apart > 0, np.maximum(apart, longest[day[has]]), 0)
            clash = (start[has] < activities.end[meal] + apart) & (
                activities.start[meal] < until[has] + apart
            )
            bits[has[clash], choice // _WORD] |= np.uint64(1 << choice % _WORD)
        return bits

    def _longest_journeys(self, travel: IntArray) -> IntArray:
        """For days at three locations or more, the longest journey of the day, else 0.

        A meal at a third location would look like a way around a long journey. To keep that
        out, a break on such a day stays clear of the other locations by the longest one.
        """
        longest = np.zeros(self.count, dtype=np.int64)
        for number, (first, last) in enumerate(pairwise(self._first.tolist())):
            places = np.unique(self._activities.location[self._columns[first:last]])
            if len(places) > _ENDS:
                longest[number] = travel[np.ix_(places, places)].max()
        return longest

    def allow(self, columns: IntArray) -> Mask:
        """Which of the appointment columns leave their therapist a break."""
        day = self.day[columns]
        left = self.free[day] & ~self.blocks[columns] if self.count else None
        return np.ones(len(columns), bool) if left is None else (day < 0) | left.any(axis=1)

    def take(self, column: int) -> bool:
        """Fill the column's day with it; whether a break is left."""
        day = int(self.day[column])
        if day < 0:
            return True
        self._taken[day].add(column)
        self.free[day] &= ~self.blocks[column]
        return bool(self.free[day].any())

    def give_back(self, column: int) -> None:
        """Take the column out of its day again."""
        day = int(self.day[column])
        if day >= 0:
            self._taken[day].discard(column)
            self.free[day] = self._all[day]
            for other in self._taken[day]:
                self.free[day] &= ~self.blocks[other]


def _ones(size: int) -> int:
    return (1 << min(max(size, 0), _WORD)) - 1
