"""25 for each time a therapist goes from one location to another within a day.

Companions carry only ``unpaired``, so it is the sessions' appointments that count here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from scheduler.matrix import Limit, Runs
from scheduler.points.kinds import Part
from scheduler.rules.overlap import Intervals, at_most

if TYPE_CHECKING:
    from datetime import date, datetime

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.points.ledger import Ledger


def points(ledger: Ledger) -> int:
    """Points of every change of location between appointments of a day of the horizon."""
    days: dict[tuple[str, date], list[tuple[datetime, str]]] = defaultdict(list)
    for entries in ledger.plans.values():
        for entry in entries:
            if (day := entry.starts_at.date()) in ledger.problem.horizon:
                days[entry.therapist_id, day].append((entry.starts_at, entry.location_id))
    changes = sum(
        here != there
        for visits in days.values()
        for (_, here), (_, there) in pairwise(sorted(visits))
    )
    return ledger.problem.settings.weights.change_of_clinic * changes


@dataclass(frozen=True)
class Stretches:
    """A therapist's day at several locations: its stretches at one location each, in order.

    ``stretch`` gives, for each slot of a session, the stretch that it lies in, -1 where the
    day has one location only; ``days`` lists the stretches of each such day, ``location``
    says where each stretch is.
    """

    stretch: IntArray
    location: IntArray
    days: tuple[tuple[int, ...], ...]

    @property
    def changes(self) -> list[tuple[int, int, int]]:
        """Each two stretches of a day at different locations, with the day's number."""
        return [
            (number, one, other)
            for number, day in enumerate(self.days)
            for one, other in combinations(day, 2)
            if self.location[one] != self.location[other]
        ]

    @cached_property
    def _day_of_helper(self) -> IntArray:
        used = [number for number, day in enumerate(self.days) for _ in day]
        return np.array(used + [number for number, _, _ in self.changes], dtype=np.int64)

    def helpers_of(self, stretches: IntArray) -> IntArray:
        """The helpers of the days that some stretches belong to; -1 belongs to none."""
        days = self._day_of_helper[np.unique(stretches[stretches >= 0])]
        return np.flatnonzero(np.isin(self._day_of_helper, days))


def find_stretches(activities: Activities) -> Stretches:
    """The stretches of every day with shifts at several locations.

    A day with standing sessions is left out: what its changes cost depends on where those
    lie. It makes the bound more careful, and the search blind to what they cost there: they are
    counted in the end, but not avoided.
    """
    shifts, standing = activities.axes.shift_days, activities.standing
    settled = set(zip(standing.therapist.tolist(), standing.day.tolist(), strict=True))
    order: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in range(len(shifts)):
        order[int(shifts.therapist[index]), int(shifts.day[index])].append(index)
    of_shift_day = np.full(len(shifts), -1)
    location: list[int] = []
    days: list[tuple[int, ...]] = []
    for day, shift_days in order.items():
        places = shifts.location[shift_days]
        if len(set(places.tolist())) > 1 and day not in settled:
            new = np.concatenate([[True], places[1:] != places[:-1]])
            of_shift_day[shift_days] = len(location) + np.cumsum(new) - 1
            days.append(tuple(range(len(location), len(location) + int(new.sum()))))
            location.extend(places[new].tolist())
    return Stretches(
        of_shift_day[activities.shift_day[: activities.slots]],
        np.array(location, dtype=np.int64),
        tuple(days),
    )


def rows(activities: Activities, stretches: Stretches) -> Limit:
    """Helpers: a stretch is used, and the therapist goes from one stretch to a later one.

    A used stretch is one that holds a slot; the therapist goes from *i* to *j* when both are
    used and none between them is.
    """
    count = len(stretches.location)
    column = np.flatnonzero(stretches.stretch >= 0)
    nobody = np.zeros(0, dtype=np.int64)
    at_once = at_most(
        "change-of-clinic",
        column,
        Intervals(stretches.stretch[column], activities.start[column], activities.until[column]),
        Intervals(nobody, nobody, nobody),
        np.arange(count),
    )
    runs, capacity, changes = _use_and_change(activities, stretches, at_once)
    points = activities.problem.settings.weights.change_of_clinic
    helper_points = np.concatenate([np.zeros(count, dtype=np.int64), np.full(changes, points)])
    return Limit("change-of-clinic", runs, capacity, helper_points)


def _use_and_change(
    activities: Activities, stretches: Stretches, at_once: Limit
) -> tuple[Runs, IntArray, int]:
    """Rows "taken at once, less used" and "used twice, less between, less changed"."""
    stretch_of_row = at_once.capacity
    edges = np.searchsorted(stretch_of_row, np.arange(len(stretches.location) + 1))
    helper = len(activities)
    entries = [
        (helper + stretch, int(edges[stretch]), int(edges[stretch + 1]), -1)
        for stretch in range(len(stretches.location))
    ]
    row, change = len(stretch_of_row), helper + len(stretches.location)
    for number, one, other in stretches.changes:
        between = [k for k in stretches.days[number] if one < k < other]
        entries += [(helper + one, row, row + 1, 1), (helper + other, row, row + 1, 1)]
        entries += [(helper + k, row, row + 1, -1) for k in between]
        entries.append((change, row, row + 1, -1))
        row, change = row + 1, change + 1
    table = np.array(entries, dtype=np.int64).reshape(len(entries), 4)
    runs = Runs(
        *(
            np.concatenate([taken, table[:, i]])
            for i, taken in enumerate(
                (at_once.runs.column, at_once.runs.first, at_once.runs.last, at_once.runs.weight)
            )
        )
    )
    capacity = np.concatenate(
        [np.zeros_like(stretch_of_row), np.ones(row - len(stretch_of_row), dtype=np.int64)]
    )
    return runs, capacity, change - helper - len(stretches.location)


CHANGE_OF_CLINIC = Part("change-of-clinic", points)
