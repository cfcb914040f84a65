"""A companion follows its session at the same location, 0 to 30 minutes after it ends.

It is never booked without its session: it exists only as a choice that comes with a slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import WithinPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.points.ledger import Entry
    from scheduler.problem import Problem

LATEST = 30
"""Minutes after the end of the session by which its companion must have started."""


@dataclass(frozen=True, slots=True)
class Pairings:
    """Which companion may follow which slot: columns of both, in order of slot."""

    slot: IntArray
    companion: IntArray


def find_pairings(activities: Activities) -> Pairings:
    """Every slot with every companion of the same session that may follow it."""
    slot = np.arange(activities.slots)
    companion = np.arange(activities.slots, activities.appointments)
    span = int(np.max(activities.until, initial=0)) + LATEST + 1
    locations = len(activities.axes.location)

    def key(column: IntArray, moment: IntArray) -> IntArray:
        place = activities.session[column] * locations + activities.location[column]
        return place * span + moment

    companion = companion[np.argsort(key(companion, activities.start[companion]), kind="stable")]
    starts = key(companion, activities.start[companion])
    first = np.searchsorted(starts, key(slot, activities.end[slot]))
    last = np.searchsorted(starts, key(slot, activities.end[slot] + LATEST), side="right")
    index = np.repeat(slot, last - first)
    offset = np.arange(len(index)) - np.repeat(
        np.cumsum(last - first) - (last - first), last - first
    )
    follower = companion[first[index] + offset]
    same = (activities.therapist[index] == activities.therapist[follower]) | (
        (activities.kind[index] == activities.kind[follower])
        & (_rooms(activities)[activities.location[index], activities.kind[index]] == 1)
    )
    busy = same & (activities.start[follower] < activities.until[index])
    return Pairings(index[~busy], follower[~busy])


def _rooms(activities: Activities) -> IntArray:
    """How many rooms there are, by location and kind."""
    axes = activities.axes
    rooms = np.zeros((len(axes.location), len(axes.kind)), dtype=np.int64)
    for room in activities.problem.network.rooms:
        rooms[axes.location[room.location_id], axes.kind[room.kind]] += 1
    return rooms


def never_hinders(problem: Problem, entry: Entry, others: Sequence[Entry]) -> list[Entry]:
    """A companion is a wish of its session, so it keeps no session out."""
    del problem, entry, others
    return []


COMPANION = WithinPlan("companion", never_hinders)
