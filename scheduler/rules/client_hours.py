"""The appointment lies within one of the client's weekly intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.intervals import WeeklyIntervals
from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


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
    return np.asarray(candidates.end <= until)


CLIENT_HOURS = Filter("client-hours", allows, timed=True)
