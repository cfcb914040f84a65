"""Which meal breaks a therapist can still take, kept up to date while days fill up."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from scheduler.compiled import compiled
from scheduler.kernels.breaks import (
    WORD,
    Breaks,
    Choices,
    Times,
    allows_break,
    give_break_back,
    is_break_left,
    open_breaks,
    refer_to_breaks,
    rule_out,
    take_break,
)
from scheduler.rules.travel import minutes_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray, Mask

    Bits = NDArray[np.uint64]

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
        self._words = -(-int(np.max(sizes, initial=1)) // WORD)
        self.day = self._long_day_of(activities.therapist, activities.day)[
            : activities.appointments
        ]
        self.blocks = self._blocks()
        self._all = np.array(
            [[_ones(size - word * WORD) for word in range(self._words)] for size in sizes],
            dtype=np.uint64,
        ).reshape(self.count, self._words)
        for day, blocked in self._standing_blocks():
            self._all[day] &= ~blocked
        for column in kept[self.day[kept] >= 0]:
            self._all[self.day[column]] &= ~self.blocks[column]
        places = len(activities.axes.location)
        at = self._at_places(places)
        there = np.zeros((self.count, places), dtype=np.int64)
        for day, locations in self._standing_places(kept).items():
            there[day, sorted(locations)] = 1
        self.breaks = Breaks(
            day=self.day.astype(np.int32),
            location=activities.location[: activities.appointments].astype(np.int32),
            blocks=self.blocks,
            possible=self._all,
            free=self._all.copy(),
            ruled=np.zeros((self.count, self._words * WORD), dtype=np.int64),
            open=np.zeros((self.count, self._words), dtype=np.uint64),
            at=at,
            there=there,
            many=np.asarray(at.any(axis=(1, 2))),
        )
        self._handed = refer_to_breaks(self.breaks)
        for day in range(self.count):
            open_breaks(self._handed, day)

    @property
    def free(self) -> Bits:
        """The choices of each long day that nothing rules out."""
        return self.breaks.free

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

    def _standing_places(self, kept: IntArray) -> dict[int, set[int]]:
        """By long day, where somebody is treated anyway."""
        standing, places = self._activities.standing, defaultdict[int, set[int]](set)
        days = self._long_day_of(standing.therapist, standing.day)
        for day, location in zip(days.tolist(), standing.location.tolist(), strict=True):
            places[day].add(location)
        for column in kept.tolist():
            places[int(self.day[column])].add(int(self._activities.location[column]))
        return {day: at for day, at in places.items() if day >= 0}

    def _blocked_by(
        self, day: IntArray, location: IntArray, start: IntArray, until: IntArray
    ) -> Bits:
        activities, columns = self._activities, self._columns
        bits = np.zeros((len(day), self._words), dtype=np.uint64)
        choices = Choices(
            self._first,
            activities.location[columns],
            activities.start[columns],
            activities.end[columns],
            minutes_between(activities.axes),
        )
        rule_out(choices, Times(day, location, start, until), bits)
        return bits

    def _at_places(self, places: int) -> Bits:
        """By long day and location: the choices there, on days at three locations or more.

        A break at a third location, where the therapist treats nobody, would look like a way
        around a long journey, so on such days a break is taken where somebody is treated.
        """
        bits = np.zeros((self.count, places, self._words), dtype=np.uint64)
        location = self._activities.location[self._columns]
        for day, (first, last) in enumerate(pairwise(self._first.tolist())):
            if len(np.unique(location[first:last])) > _ENDS:
                for choice, place in enumerate(location[first:last].tolist()):
                    bits[day, place, choice // WORD] |= np.uint64(1 << choice % WORD)
        return bits

    def allow(self, columns: IntArray) -> Mask:
        """Which of the appointment columns leave their therapist a break."""
        allowed = np.empty(len(columns), dtype=np.bool_)
        _allow(self._handed, columns, allowed)
        return allowed

    def take(self, column: int) -> bool:
        """Fill the column's day with it; whether a break is left."""
        take_break(self._handed, column)
        return is_break_left(self._handed, column)

    def give_back(self, column: int) -> None:
        """Take the column out of its day again."""
        give_break_back(self._handed, column)


@compiled
def _allow(breaks: Breaks, columns: IntArray, allowed: Mask) -> None:
    for at in range(len(columns)):
        allowed[at] = allows_break(breaks, columns[at])


def _ones(size: int) -> int:
    return (1 << min(max(size, 0), WORD)) - 1
