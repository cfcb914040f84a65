"""A pinned appointment keeps its therapist, location and start; so does one that is frozen.

Where that is impossible the session is not booked at all, and the manager is told why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import minute_of
from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask
    from scheduler.facts import Appointment


def allows(candidates: Candidates) -> Mask:
    """Whether the candidate is the promise itself, for sessions whose promise is held."""
    problem = candidates.problem
    is_held = problem.is_companion_held if candidates.companion else problem.is_held
    held = np.array([is_held(session) for session in candidates.wanted], dtype=np.bool_)
    if not held.any():
        return np.ones(len(candidates), dtype=np.bool_)
    return np.asarray(~held[candidates.session] | keeps_promise(candidates))


def keeps_promise(candidates: Candidates) -> Mask:
    """Which candidates have the therapist, the location and the start of the session's promise."""
    problem = candidates.problem
    promises = problem.companion_promises if candidates.companion else problem.promises
    places = [_place(candidates, promises.get(s.key)) for s in candidates.wanted]
    therapist, location, day, start = (
        candidates.of_session([place[i] for place in places]) for i in range(4)
    )
    return np.asarray(
        (candidates.therapist == therapist)
        & (candidates.location == location)
        & (candidates.day == day)
        & (candidates.start == start)
    )


def _place(candidates: Candidates, promise: Appointment | None) -> tuple[int, int, int, int]:
    """Therapist, location, day and start of a promise; -1 each where there is none."""
    if promise is None:
        return (-1, -1, -1, -1)
    axes = candidates.axes
    return (
        axes.therapist[promise.therapist_id],
        axes.location[candidates.problem.location_of_room[promise.room_id]],
        axes.day(promise.starts_at.date()),
        minute_of(promise.starts_at.time()),
    )


PINNED = Filter("pinned", allows, timed=True)
