"""The room is at that location and of the kind that the service needs.

Rooms of one kind at one location are alike: a candidate needs one to exist, ``room-overlap``
counts them, and the rooms are handed out when the schedule is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the location has a room of the kind."""
    problem, axes = candidates.problem, candidates.axes
    none = len(axes.kind)
    exists = np.zeros((none + 1, len(axes.location)), dtype=np.bool_)
    for room in problem.network.rooms:
        exists[axes.kind[room.kind], axes.location[room.location_id]] = True
    kinds = [
        axes.kind.get(problem.services[session.service_id].room_kind, none)
        for session in candidates.wanted
    ]
    return np.asarray(exists[candidates.of_session(kinds), candidates.location])


ROOM_KIND = Filter("room-kind", allows)
