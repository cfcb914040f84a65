"""The starts of a day as rows: one row for each session, therapist and day, one cell a start."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray


@dataclass(frozen=True)
class Starts:
    """The rows of starts of all slots, in the slots' own order.

    ``cell`` says where each slot stands, ``clock`` what minute of the day each place in a row
    is. ``slot`` is the inverse of ``cell``, -1 where nobody is there. ``session`` and ``therapist``
    are those of each row.
    """

    clock: IntArray
    cell: IntArray
    slot: IntArray
    session: IntArray
    therapist: IntArray
    other_time: int


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
    begins = np.flatnonzero(new)
    session, therapist = activities.session[begins], activities.therapist[begins]
    return Starts(
        clock, cell, slot, session, therapist, activities.problem.settings.weights.other_time
    )


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
