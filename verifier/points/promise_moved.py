"""``promise-moved``: each promised appointment whose start, therapist or location changes."""

from __future__ import annotations

from verifier.appointments import Appointment
from verifier.view import View


def points(view: View) -> int:
    """Points of all sessions that are booked elsewhere than promised; the room may change."""
    moved = sum(_moved(view, each) for each in view.booked)
    return moved * view.weights["promise-moved"]


def _moved(view: View, now: Appointment) -> bool:
    promise = view.promise_of(now)
    return promise is not None and (
        promise.starts_at != now.starts_at
        or promise.therapist is not now.therapist
        or promise.location is not now.location
    )
