"""``away-from-home``: each session away from the client's home location."""

from __future__ import annotations

from verifier.view import View


def points(view: View) -> int:
    """Points of all booked sessions at another location than the client's own."""
    away = sum(each.location is not each.client.home for each in view.booked)
    return away * view.weights["away-from-home"]
