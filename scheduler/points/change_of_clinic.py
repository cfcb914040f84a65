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

from scheduler.candidates import MINUTES_A_DAY, minute_of
from scheduler.matrix import Limit, Runs
from scheduler.points.kinds import Part
from scheduler.points.ledger import standing_entries
from scheduler.rules.overlap import Intervals, at_most

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray, Mask
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
    day has one location only; ``location`` says where each stretch is, ``day`` numbers its day.
    A standing session is a stretch that ``stands``: always used, with no slot in it, and what
    comes before it is another stretch than what comes after.
    """

    stretch: IntArray
    location: IntArray
    stands: Mask
    day: IntArray

    @cached_property
    def days(self) -> tuple[tuple[int, ...], ...]:
        """The stretches of each day."""
        edges = np.flatnonzero(np.diff(self.day, prepend=-1, append=-1))
        return tuple(tuple(range(first, last)) for first, last in pairwise(edges.tolist()))

    @cached_property
    def open(self) -> IntArray:
        """The stretches that are used only where a slot in them is taken."""
        return np.flatnonzero(~self.stands)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change of clinic that a schedule may make, or take back."""
        return tuple(
            change
            for day in self.days
            for one, other in combinations(day, 2)
            if self.location[one] != self.location[other]
            for change in self._change(one, other)
        )

    def _change(self, one: int, other: int) -> Iterator[Change]:
        """The change from one stretch to another, unless something always lies between them.

        Nor where there is nothing to decide: both ends stand, and nothing can come between.
        """
        anyway = bool(self.stands[one] and self.stands[other])
        if not self.stands[one + 1 : other].any() and not (anyway and one + 1 == other):
            yield Change(one, other, anyway)

    def helpers_of(self, stretches: IntArray) -> IntArray:
        """The helpers of the days that some stretches belong to; -1 belongs to none."""
        days = np.unique(self.day[stretches[stretches >= 0]])
        ends = np.array([change.one for change in self.changes], dtype=np.int64)
        return np.flatnonzero(np.isin(self.day[np.concatenate([self.open, ends])], days))


@dataclass(frozen=True, slots=True)
class Change:
    """From one stretch of a day to a later one elsewhere, where none between them is used.

    It is made ``anyway`` where both stand, unless something comes between.
    """

    one: int
    other: int
    anyway: bool

    @property
    def between(self) -> range:
        """The stretches between its ends."""
        return range(self.one + 1, self.other)

    def within(self, other: Change) -> bool:
        """Whether it is a part of the way of another one."""
        return other.one <= self.one and self.other <= other.other and self != other


def find_stretches(activities: Activities) -> Stretches:
    """The stretches of every day at several locations."""
    shifts, slots = activities.axes.shift_days, slice(0, activities.slots)
    moments, places = _standing_sessions(activities)
    owner = shifts.therapist * activities.axes.days + shifts.day
    several = _at_several(
        np.concatenate([owner, moments // MINUTES_A_DAY]),
        np.concatenate([shifts.location, places]),
    )
    column = np.flatnonzero(several[owner][activities.shift_day[slots]])
    stands = np.flatnonzero(several[moments // MINUTES_A_DAY])
    moment = _moments(activities, activities.therapist[column], activities.start[column])
    shift_day = activities.shift_day[column]
    # In order of time: what stands, with a number for what lies between, and within that the shifts
    # of a day, of which those at one location in a row are one stretch.
    before = np.searchsorted(moments, moment, side="right")
    run = np.cumsum(
        np.diff(owner * len(activities.axes.location) + shifts.location, prepend=-1) != 0
    )
    place = np.stack(
        [
            np.concatenate([moment, moments[stands]]) // MINUTES_A_DAY,
            np.concatenate([2 * before, 2 * stands + 1]),
            np.concatenate([run[shift_day], np.zeros_like(stands)]),
        ]
    )
    found, first, number = np.unique(place, axis=1, return_index=True, return_inverse=True)
    stretch = np.full(activities.slots, -1)
    stretch[column] = number[: len(column)]
    location = np.concatenate([shifts.location[shift_day], places[stands]])[first]
    _, day = np.unique(found[0], return_inverse=True)
    return Stretches(stretch, location, found[1] % 2 == 1, day)


def _standing_sessions(activities: Activities) -> tuple[IntArray, IntArray]:
    """When and where sessions of the horizon stand, in order of therapist and time."""
    axes, problem = activities.axes, activities.problem
    lot = sorted(
        (axes.therapist[e.therapist_id], e.starts_at, e.location_id)
        for e in standing_entries(problem).values()
        if e.starts_at.date() in problem.horizon
    )
    start = [axes.day(at.date()) * MINUTES_A_DAY + minute_of(at.time()) for _, at, _ in lot]
    return (
        _moments(activities, _numbers([who for who, _, _ in lot]), _numbers(start)),
        _numbers([axes.location[where] for _, _, where in lot]),
    )


def _numbers(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _moments(activities: Activities, therapist: IntArray, start: IntArray) -> IntArray:
    """Minutes on one axis for all therapists, on which each has as many days as the horizon."""
    return therapist * (activities.axes.days * MINUTES_A_DAY) + start


def _at_several(owner: IntArray, location: IntArray) -> Mask:
    """Which owners, by number, are at several locations."""
    pairs = np.unique(np.stack([owner, location]), axis=1)
    return np.bincount(pairs[0]) > 1


def rows(activities: Activities, stretches: Stretches) -> Limit:
    """Helpers: a stretch is used, and the therapist goes from one stretch to a later one.

    A used stretch is one that holds a slot; the therapist goes from *i* to *j* when both are
    used and none between them is. What stands goes anyway, so from one standing session to the
    next there is a helper that takes the points back, for when something between them is used.
    """
    column = np.flatnonzero(stretches.stretch >= 0)
    nobody = np.zeros(0, dtype=np.int64)
    at_once = at_most(
        "change-of-clinic",
        column,
        Intervals(stretches.stretch[column], activities.start[column], activities.until[column]),
        Intervals(nobody, nobody, nobody),
        np.arange(len(stretches.location)),
    )
    weight = activities.problem.settings.weights.change_of_clinic
    runs, capacity = _use_and_change(stretches, at_once, first_helper=len(activities))
    changes = [-weight if change.anyway else weight for change in stretches.changes]
    helper_points = _numbers([0] * len(stretches.open) + changes)
    return Limit("change-of-clinic", runs, capacity, helper_points)


def _use_and_change(
    stretches: Stretches, at_once: Limit, first_helper: int
) -> tuple[Runs, IntArray]:
    """Rows "taken at once, less used" and "used at both ends, less between, less changed".

    For changes that happen anyway: "taken back, less changed on the way".
    """
    used = {stretch: first_helper + at for at, stretch in enumerate(stretches.open.tolist())}
    edges = np.searchsorted(at_once.capacity, np.arange(len(stretches.location) + 1)).tolist()
    entries = [(helper, edges[it], edges[it + 1], -1) for it, helper in used.items()]
    changed = {change: first_helper + len(used) + at for at, change in enumerate(stretches.changes)}
    most = [0] * len(at_once.capacity)
    for row, (change, helper) in enumerate(changed.items(), len(most)):
        if change.anyway:
            on_the_way = [at for part, at in changed.items() if part.within(change)]
            entries += [(at, row, row + 1, -1) for at in on_the_way]
            entries.append((helper, row, row + 1, 1))
            most.append(0)
        else:
            ends = [used[end] for end in (change.one, change.other) if end in used]
            entries += [(at, row, row + 1, 1) for at in ends]
            entries += [(used[k], row, row + 1, -1) for k in change.between]
            entries.append((helper, row, row + 1, -1))
            most.append(len(ends) - 1)
    table = np.array(entries, dtype=np.int64).reshape(len(entries), 4)
    own = at_once.runs
    parts = (own.column, own.first, own.last, own.weight)
    runs = Runs(*(np.concatenate([taken, table[:, i]]) for i, taken in enumerate(parts)))
    return runs, _numbers(most)


CHANGE_OF_CLINIC = Part("change-of-clinic", points)
