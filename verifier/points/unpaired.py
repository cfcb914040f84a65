"""``unpaired``: each booked session without the companion that its plan asks for."""

from __future__ import annotations

from verifier.view import View


def points(view: View) -> int:
    """Points of all booked sessions that lack their companion."""
    alone = sum(
        each.plan.companion is not None and not view.schedule.of(each, companion=True)
        for each in view.booked
    )
    return alone * view.weights["unpaired"]
