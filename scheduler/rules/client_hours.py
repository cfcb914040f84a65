"""The appointment lies within one of the client's weekly intervals, and at no time they refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY, minute_of
from scheduler.rules.intervals import WeeklyIntervals
from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.candidates import Candidates, IntArray, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the client can stay from the start to the end of the hands-on minutes."""
    problem, client = candidates.problem, candidates.axes.client
    hours = WeeklyIntervals(
        len(client),
        (
            (client[row.client_id], row.weekday, row.starts, row.ends)
            for row in problem.network.client_hours
        ),
    )
    comes = candidates.of_session(
        [client[problem.plans[session.plan_id].client_id] for session in candidates.wanted]
    )
    until = hours.until(comes, candidates.day, candidates.start)
    return np.asarray((candidates.end <= until) & ~_refused(candidates, comes))


def _refused(candidates: Candidates, comes: IntArray) -> Mask:
    """Which candidates overlap a time that their client has declined."""
    refused = np.zeros(len(candidates), dtype=np.bool_)
    axes = candidates.axes
    for refusal in candidates.problem.network.refusals:
        first = _minute(candidates, refusal.starts_at)
        last = _minute(candidates, refusal.ends_at)
        of_client = np.flatnonzero(comes == axes.client[refusal.client_id])
        midnight = candidates.day[of_client] * MINUTES_A_DAY
        starts = midnight + candidates.start[of_client]
        ends = midnight + candidates.end[of_client]
        refused[of_client] |= (starts < last) & (ends > first)
    return refused


def _minute(candidates: Candidates, moment: datetime) -> int:
    """Minutes since the horizon's first midnight."""
    return candidates.axes.day(moment.date()) * MINUTES_A_DAY + minute_of(moment.time())


CLIENT_HOURS = Filter("client-hours", allows, timed=True)
