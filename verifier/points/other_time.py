"""``other-time``: each session that starts at another time of the day than the one before.

That is more than 60 minutes earlier or later. The points belong to the later session.
"""

from __future__ import annotations

from verifier.appointments import Appointment
from verifier.view import View

SAME_TIME = 60


def points(view: View) -> int:
    """Points of all booked sessions whose client has to come at an unusual time."""
    return sum(_is_unusual(view, each) for each in view.booked) * view.weights["other-time"]


def _is_unusual(view: View, later: Appointment) -> bool:
    earlier = view.before(later)
    return earlier is not None and abs(later.start - earlier.start) > SAME_TIME
