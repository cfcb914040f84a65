"""``change-of-clinic``: each time a therapist goes from one location to another in a day.

Counted in order of start over all sessions of each day of the horizon, booked, completed
and no-show; companions are not counted.
"""

from __future__ import annotations

from itertools import pairwise

from verifier.view import View


def points(view: View) -> int:
    """Points of all ways between clinics on days of the horizon."""
    planning = view.planning
    changes = 0
    for (_, day), appointments in view.schedule.of_therapist_day.items():
        if planning is not None and planning.in_horizon(day):
            sessions = [each for each in appointments if not each.companion]
            changes += sum(one.location is not other.location for one, other in pairwise(sessions))
    return changes * view.weights["change-of-clinic"]
