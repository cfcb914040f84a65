"""The values that Timefold chooses from: each session's slots, alone or with a companion's.

A companion is part of its session's value, so that both move together. Sessions share the
values that mean the same therapist, location and start, so that two sessions can swap theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY
from scheduler.points import points_of_slots
from scheduler.rules.companion import find_pairings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.activities import Activities
    from scheduler.rules.companion import Pairings

    IntArray = NDArray[np.int64]

NONE = -1


@dataclass(frozen=True)
class Ways:
    """Every way to book every session: its column, its companion's or NONE, and its value.

    Ways stand in order of session, then of their points. ``value`` numbers the different ones;
    ``example`` is a way of each. ``start`` is the way that was promised, NONE where none was.
    """

    session: IntArray
    column: IntArray
    companion: IntArray
    value: IntArray
    example: IntArray
    start: IntArray


def find_ways(activities: Activities) -> Ways:
    """All ways to book all sessions."""
    pairings = find_pairings(activities)
    alone = np.arange(activities.slots)
    column = np.concatenate([alone, pairings.slot])
    companion = np.concatenate([np.full_like(alone, NONE), pairings.companion])
    allowed = _leaves_no_held_companion(activities, pairings, column, companion)
    column, companion = column[allowed], companion[allowed]
    order = np.lexsort(
        (companion, column, _points(activities, column, companion), activities.session[column])
    )
    column, companion = column[order], companion[order]
    _, example, value = np.unique(
        _key(activities, column, companion), return_index=True, return_inverse=True
    )
    session = activities.session[column]
    start = _promised(activities, session, column, companion)
    return Ways(session, column, companion, value, example, start)


def _leaves_no_held_companion(
    activities: Activities, pairings: Pairings, column: IntArray, companion: IntArray
) -> NDArray[np.bool_]:
    """Not a slot alone, where the session's companion is held and may follow it."""
    problem = activities.problem
    held = np.array([problem.is_companion_held(s) for s in problem.sessions], dtype=np.bool_)
    if not held.any():
        return np.ones(len(column), dtype=np.bool_)
    followed = np.zeros(activities.slots, dtype=np.bool_)
    followed[pairings.slot] = True
    left = held[activities.session[column]] & followed[column] & (companion == NONE)
    return np.asarray(~left)


def _points(activities: Activities, column: IntArray, companion: IntArray) -> IntArray:
    """What each way costs by itself: the parts that depend on the slot alone, and ``unpaired``."""
    unpaired = activities.problem.settings.weights.unpaired
    return np.asarray(
        points_of_slots(activities)[column] - np.where(companion != NONE, unpaired, 0)
    )


def _key(activities: Activities, column: IntArray, companion: IntArray) -> IntArray:
    """A number that ways share where therapist, location, start and companion are the same."""
    axes = activities.axes
    key = activities.therapist[column] * len(axes.location) + activities.location[column]
    key = key * (axes.days * MINUTES_A_DAY) + activities.start[column]
    has = companion != NONE
    key = key * (len(axes.therapist) + 1) + np.where(has, activities.therapist[companion] + 1, 0)
    wait = activities.start[companion] - activities.start[column]
    return np.asarray(key * MINUTES_A_DAY + np.where(has, wait, 0))


def _promised(
    activities: Activities, session: IntArray, column: IntArray, companion: IntArray
) -> IntArray:
    """By session, the way that was promised: with its companion, where that may follow still."""
    keeps = activities.keeps_promise
    start = np.full(len(activities.problem.sessions), NONE)
    for following in (companion == NONE, (companion != NONE) & keeps[companion]):
        ways = np.flatnonzero(keeps[column] & following)
        start[session[ways]] = ways
    return start
