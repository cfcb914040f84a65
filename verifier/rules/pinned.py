"""``pinned``: a pinned appointment keeps its therapist, location and start.

So does one that starts inside the freeze window. The room may change. Where the place
itself has become impossible, alone or together with other pins, the appointment may be
lost, but it is never moved.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.appointments import Appointment
from verifier.findings import Breach
from verifier.pins import impossible_pins, pins
from verifier.rules.companion import follows
from verifier.view import View
from verifier.words import moment, visit


def check(view: View) -> Iterator[Breach]:
    """Every pin of the published record that the schedule moved, or lost without need."""
    lost = []
    for pin in pins(view):
        same = view.schedule.of(pin, companion=pin.companion)
        now = [each for each in same if each.booked]
        if now and not any(_same_place(each, pin) for each in now):
            yield _moved(pin, now[0])
        elif not now and pin.plan.active and not _left_behind(view, pin):
            lost.append(pin)
    if lost:
        impossible = impossible_pins(view)
        for pin in lost:
            if pin.appointment_id not in impossible:
                yield Breach(f"{visit(pin)} is pinned, but is not booked any more.", (pin,))


def _same_place(one: Appointment, other: Appointment) -> bool:
    return (
        one.therapist is other.therapist
        and one.location is other.location
        and one.starts_at == other.starts_at
    )


def _moved(pin: Appointment, now: Appointment) -> Breach:
    return Breach(
        f"{visit(pin)} is pinned, but was moved to {moment(now.starts_at)} "
        f"with {now.therapist.name} at {now.location.name}.",
        (pin, now),
    )


def _left_behind(view: View, pin: Appointment) -> bool:
    """Whether a companion is gone because its session is no longer just before it."""
    return pin.companion and not any(follows(pin, each) for each in view.schedule.of(pin))
