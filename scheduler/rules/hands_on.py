"""Hands-on minutes of a therapist, counted over stretches of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.matrix import Limit, Runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.activities import Activities


def minutes_within(name: str, activities: Activities, most: Sequence[int], days: int) -> Limit:
    """At most ``most[therapist]`` hands-on minutes in each stretch of ``days`` days.

    Less where the problem's allowances say so.
    """
    standing = activities.standing
    stretches = -(-activities.axes.days // days)
    booked = np.arange(activities.appointments)
    row = activities.therapist[booked] * stretches + activities.day[booked] // days
    left = np.repeat(np.asarray(most, dtype=np.int64), stretches)
    np.subtract.at(
        left,
        standing.therapist * stretches + standing.day // days,
        standing.end - standing.start,
    )
    for allowance in activities.problem.allowances:
        if allowance.rule == name:
            at = activities.axes.therapist[allowance.therapist_id] * stretches + allowance.number
            left[at] = min(left[at], allowance.minutes)
    minutes = activities.end[booked] - activities.start[booked]
    return Limit(name, Runs(booked, row, row + 1, minutes), np.maximum(left, 0))
