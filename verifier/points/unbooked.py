"""``unbooked``: each session in scope that is not booked, whatever the reason.

An urgent one weighs more than a routine one.
"""

from __future__ import annotations

from verifier.plans import Session
from verifier.view import View


def points(view: View) -> int:
    """Points of all sessions in scope without an appointment."""
    return sum(price(view, session) for session in view.unbooked)


def price(view: View, session: Session) -> int:
    """What it costs not to book a session."""
    return view.weights["unbooked-urgent" if session.plan.urgent else "unbooked"]
