"""``companion``: it follows its session at the same location, 0 to 30 minutes later.

It is never booked without its session.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from verifier.appointments import Appointment
from verifier.findings import Breach
from verifier.view import View
from verifier.words import session, span, visit

LONGEST_WAIT = timedelta(minutes=30)


def follows(companion: Appointment, session: Appointment) -> bool:
    """Whether the companion comes right after the session, at the same location."""
    wait = companion.starts_at - session.ends_at
    return companion.location is session.location and timedelta(0) <= wait <= LONGEST_WAIT


def check(view: View) -> Iterator[Breach]:
    """Every judged companion that does not follow its session."""
    for each in view.schedule.judged:
        if each.companion:
            sessions = view.schedule.of(each)
            if not any(follows(each, candidate) for candidate in sessions):
                yield Breach(_sentence(each, sessions), (*sessions[:1], each))


def _sentence(companion: Appointment, sessions: Sequence[Appointment]) -> str:
    start = f"{visit(companion)}: {companion.service.name} should follow {session(companion)}"
    if not sessions:
        return f"{start}, which is not booked."
    where = sessions[0].location.name
    return f"{start} within 30 minutes, which is {span(sessions[0])} at {where}."
