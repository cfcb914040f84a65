"""``one-per-session``: a session is booked at most once, with the plan's service.

Session 1 has the intake service where the plan names one. The same holds for companions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.appointments import Appointment
from verifier.findings import Breach
from verifier.view import View
from verifier.words import moment, session, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment of the wrong kind, and every session with too many of them."""
    for each in view.schedule.judged:
        wrong = _wrong(each)
        if wrong:
            yield Breach(f"{visit(each)}: {wrong}.", (each,))
    for appointments in view.schedule.of_session.values():
        yield from _too_many(appointments)


def _wrong(each: Appointment) -> str | None:
    """What an appointment gets wrong by itself."""
    if each.session is None:
        return f"the plan has {len(each.plan.sessions)} sessions, none of number {each.number}"
    if not each.companion and each.service is not each.session.service:
        expected = each.session.service.name
        return f"{session(each)} is {expected}, not {each.service.name}"
    if each.minutes != each.service.minutes:
        return f"{each.service.name} takes {each.service.minutes} minutes, not {each.minutes}"
    return None


def _too_many(appointments: Sequence[Appointment]) -> Iterator[Breach]:
    """Bookings of one session beside each other, or after it took place."""
    if len(appointments) == 1 or not any(each.judged for each in appointments):
        return
    times = " and ".join(f"{moment(each.starts_at)} ({each.status})" for each in appointments)
    what = "The companion of s" if appointments[0].companion else "S"
    yield Breach(
        f"{what}{session(appointments[0])[1:]} has {len(appointments)} appointments: {times}.",
        tuple(appointments),
    )
