"""The therapist's hands-on minutes in an ISO week stay within the limit.

A horizon starts on a Monday, so its weeks are ISO weeks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules.hands_on import minutes_within
from scheduler.rules.kinds import Shared
from scheduler.whole import in_whole

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.matrix import Limit


def rows(activities: Activities) -> Limit:
    """One row a therapist and week."""
    most = [t.max_minutes_per_week for t in activities.problem.network.therapists]
    return minutes_within("max-week", activities, most, 7)


MAX_WEEK = Shared("max-week", rows, in_whole)
