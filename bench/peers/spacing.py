"""The rule ``spacing`` beside what stands: which slots it leaves, whatever else is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import Mask

FAR = 10**6
"""More days than lie between any two."""


def far_enough(activities: Activities) -> Mask:
    """Whether each slot keeps its distance from the standing sessions of its plan."""
    problem, axes = activities.problem, activities.axes
    first = np.full(len(problem.sessions), -FAR)
    last = np.full(len(problem.sessions), FAR)
    for index, session in enumerate(problem.sessions):
        for stands in problem.standing_sessions.get(session.plan_id, ()):
            other = problem.calendar[stands.plan_id, stands.session_number]
            apart = least_days(session.frequency, other.frequency)
            there = axes.day(stands.starts_at.date())
            if other.number < session.number:
                first[index] = max(first[index], there + apart)
            elif other.number > session.number:
                last[index] = min(last[index], there - apart)
    of, day = activities.session[: activities.slots], activities.day[: activities.slots]
    return np.asarray((first[of] <= day) & (day <= last[of]))
