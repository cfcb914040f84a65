"""``promise-lost``: each session that is not booked although it had a promised appointment."""

from __future__ import annotations

from verifier.view import View


def points(view: View) -> int:
    """Points of all promises that nothing has taken the place of."""
    lost = sum(view.promise_of(session) is not None for session in view.unbooked)
    return lost * view.weights["promise-lost"]
