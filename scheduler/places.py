"""Which places to make anew: days that unbooked sessions want, at as many locations as pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.heat import WARMTH

if TYPE_CHECKING:
    from scheduler.bookings import Bookings
    from scheduler.matrix import FloatArray

DAYS_REMADE = (3, 7)
"""Days that are made anew at once: few at many locations, or a week at few of them."""

MOST_REMADE = 180
"""Visits that are made anew at once, about; days with more are taken in parts."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is made anew: some days at some locations.

    ``guide``, an entry a slot, is put on top of the points when a few slots of each session are
    picked to be looked at.
    """

    days: range
    locations: frozenset[int]
    guide: FloatArray


class Places:
    """Picks places of a schedule, those first that were seldom picked."""

    def __init__(self, bookings: Bookings, random: np.random.Generator) -> None:
        self._bookings, self._random = bookings, random
        activities = bookings.model.activities
        self._picked = np.zeros(activities.axes.days)
        self._open = np.bincount(
            activities.day[: activities.slots], minlength=activities.axes.days
        ).astype(np.bool_)

    def pick(self) -> Place | None:
        """A place to be made anew; None where no day is open."""
        activities = self._bookings.model.activities
        missing = self._bookings.missing[activities.session[: activities.slots]]
        wanted = np.bincount(
            activities.day[: activities.slots][missing], minlength=activities.axes.days
        )
        weight = (wanted + 1.0) / (1.0 + self._picked) ** 2 * self._open
        if not weight.any():
            return None
        days = self._days_around(int(self._random.choice(len(weight), p=weight / weight.sum())))
        self._picked[days.start : days.stop] += 1
        return Place(days, self._some_locations(days), self._guide())

    def _days_around(self, day: int) -> range:
        long = int(self._random.choice(DAYS_REMADE))
        first = max(day - int(self._random.integers(long)), 0)
        return range(first, min(first + long, len(self._picked)))

    def _some_locations(self, days: range) -> frozenset[int]:
        """As many locations, picked at random, as have enough visits on some days."""
        activities, booked = self._bookings.model.activities, self._bookings.slots
        visits = np.bincount(
            activities.location[booked][np.isin(activities.day[booked], days)],
            minlength=len(activities.axes.location),
        )
        order = self._random.permutation(len(visits))
        enough = int(np.searchsorted(np.cumsum(visits[order]), MOST_REMADE)) + 1
        return frozenset(order[:enough].tolist())

    def _guide(self) -> FloatArray:
        """Points by which slots of crowded moments look dearer, and a little chance."""
        slots, bench = self._bookings.model.activities.slots, self._bookings.bench
        warmth = WARMTH * self._random.random()
        return warmth * bench.heat[bench.needs.pattern[:slots]] + self._random.random(slots)
