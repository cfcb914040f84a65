"""A client's appointments do not overlap, whatever plan they belong to.

Within one plan ``spacing`` keeps sessions on different days, so rows are only needed for
clients with several plans, or with standing appointments.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Shared
from scheduler.rules.overlap import Intervals, at_most

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.matrix import Limit


def rows(activities: Activities) -> Limit:
    """At each start of such a client's day, one appointment at most is under way."""
    problem, standing = activities.problem, activities.standing
    client = activities.axes.client
    plans = {session.plan_id for session in problem.sessions}
    several = Counter(problem.plans[plan_id].client_id for plan_id in plans)
    watched = np.zeros(len(client) + 1, dtype=np.bool_)
    watched[[client[c] for c, count in several.items() if count > 1]] = True
    watched[standing.client] = True
    watched[-1] = False
    column = np.flatnonzero(watched[activities.client])
    return at_most(
        "client-overlap",
        column,
        Intervals(activities.client[column], activities.start[column], activities.end[column]),
        Intervals(standing.client, standing.start, standing.end),
        np.ones(len(client), dtype=np.int64),
    )


CLIENT_OVERLAP = Shared("client-overlap", rows)
