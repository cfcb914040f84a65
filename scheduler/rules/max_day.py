"""The therapist's hands-on minutes in a day stay within the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules.hands_on import minutes_within
from scheduler.rules.kinds import Shared
from scheduler.whole import in_whole

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.matrix import Limit


def rows(activities: Activities) -> Limit:
    """One row a therapist and day."""
    most = [t.max_minutes_per_day for t in activities.problem.network.therapists]
    return minutes_within("max-day", activities, most, 1)


MAX_DAY = Shared("max-day", rows, in_whole)
