"""A therapist's appointments, each with its changeover, do not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Shared
from scheduler.rules.overlap import Intervals, at_most

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.matrix import Limit


def rows(activities: Activities) -> Limit:
    """At each start of a therapist's day, one appointment or meal at most is under way."""
    standing = activities.standing
    return at_most(
        "therapist-overlap",
        np.arange(len(activities)),
        Intervals(activities.therapist, activities.start, activities.until),
        Intervals(standing.therapist, standing.start, standing.until),
        np.ones(len(activities.problem.network.therapists), dtype=np.int64),
    )


THERAPIST_OVERLAP = Shared("therapist-overlap", rows)
