"""``on-shift``: appointment and changeover lie within one shift of the therapist there."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.appointments import Appointment
from verifier.findings import Breach
from verifier.view import View
from verifier.words import clock, hours, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment that no shift at its location, valid on its day, holds."""
    for each in view.schedule.judged:
        shifts = [
            shift.hours
            for shift in each.therapist.shifts_on(each.day)
            if shift.location is each.location
        ]
        if not any(shift.holds(each.day, each.start, each.free) for shift in shifts):
            yield Breach(
                f"{visit(each)}{_changeover(each)}: {each.therapist.name} works there "
                f"{hours(shifts, each.day)} that day.",
                (each,),
            )


def _changeover(appointment: Appointment) -> str:
    minutes = appointment.service.changeover
    return f", with changeover to {clock(appointment.free)}" if minutes else ""
