"""``not-preferred``: each session with another therapist than the one the client prefers."""

from __future__ import annotations

from verifier.view import View


def points(view: View) -> int:
    """Points of all booked sessions of clients whose preference was not met."""
    other = sum(
        each.client.preferred is not None and each.therapist is not each.client.preferred
        for each in view.booked
    )
    return other * view.weights["not-preferred"]
