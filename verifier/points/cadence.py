"""``cadence``: each day by which the days between two sessions miss the interval.

The sessions have neighbouring numbers, and the interval is that of the later one's phase:
3 or 4 days at twice a week, 7 weekly, 14 every other week. The points belong to the later
session.
"""

from __future__ import annotations

from verifier.appointments import Appointment
from verifier.view import View


def points(view: View) -> int:
    """Points of all booked sessions that come too soon or too late after the one before."""
    return sum(_missed_days(view, each) for each in view.booked) * view.weights["cadence"]


def _missed_days(view: View, later: Appointment) -> int:
    earlier = view.before(later)
    if earlier is None or later.session is None:
        return 0
    rhythm = later.session.rhythm
    days = (later.day - earlier.day).days
    return max(rhythm.shortest - days, days - rhythm.longest, 0)
