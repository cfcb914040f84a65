"""A room's appointments, each with its changeover, do not overlap.

Rooms of one kind at one location are alike, so they are counted here and handed out by
``scheduler.rooms`` when the schedule is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Shared
from scheduler.rules.overlap import Intervals, at_most

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.matrix import Limit


def rows(activities: Activities) -> Limit:
    """At each start at a location, no more rooms of a kind are taken than there are."""
    axes, standing = activities.axes, activities.standing
    kinds = len(axes.kind)
    capacity = np.zeros(len(axes.location) * kinds, dtype=np.int64)
    for room in activities.problem.network.rooms:
        capacity[axes.location[room.location_id] * kinds + axes.kind[room.kind]] += 1
    booked = np.arange(activities.appointments)
    return at_most(
        "room-overlap",
        booked,
        Intervals(
            activities.location[booked] * kinds + activities.kind[booked],
            activities.start[booked],
            activities.until[booked],
        ),
        Intervals(standing.location * kinds + standing.kind, standing.start, standing.until),
        capacity,
    )


ROOM_OVERLAP = Shared("room-overlap", rows)
