"""Pins: the promises that stay where they are, and which of them have become impossible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verifier.appointments import Appointment, Book
from verifier.rules import (
    authorisation,
    client_away,
    client_hours,
    client_location,
    client_overlap,
    closure,
    grid,
    max_day,
    max_week,
    meal_break,
    on_shift,
    one_per_session,
    opening_hours,
    qualified,
    screening,
    spacing,
    therapist_overlap,
    time_off,
    travel,
    window,
)
from verifier.view import View

EXCUSES = (
    opening_hours.check,
    closure.check,
    on_shift.check,
    time_off.check,
    qualified.check,
    therapist_overlap.check,
    travel.check,
    client_hours.check,
    client_away.check,
    client_location.check,
    client_overlap.check,
    max_day.check,
    max_week.check,
    meal_break.check,
    window.check,
    spacing.check,
    one_per_session.check,
    screening.check,
    authorisation.check,
    grid.check,
)
"""The rules that can make a pin impossible.

Not those of rooms: the room may change, so only their number matters (``_without_room``).
Not ``companion``: that depends on where the schedule has the session, pinned or not.
"""


def pins(view: View) -> list[Appointment]:
    """The promises of the published record that are pinned, or start in the freeze window."""
    planning = view.planning
    return [
        each
        for each in view.record.appointments
        if each.booked and (each.pinned or (planning is not None and planning.is_frozen(each.day)))
    ]


def impossible_pins(view: View) -> frozenset[str]:
    """The appointment ids of pins that break another rule, alone or with other pins.

    Judged is a schedule of nothing but history, settled promises and all pins.
    """
    only_pins = replace(view, schedule=Book((*_settled(view), *map(_in_place, pins(view)))))
    breaches = (breach for check in EXCUSES for breach in check(only_pins))
    broken = {each for breach in breaches for each in breach.appointments}
    broken |= set(_without_room(only_pins))
    return frozenset(each.appointment_id for each in broken if each.judged)


def _settled(view: View) -> Iterator[Appointment]:
    """What the schedule could not choose, apart from the pins themselves."""
    pinned = {(each.plan.plan_id, each.number, each.companion) for each in pins(view)}
    for each in view.schedule.appointments:
        key = (each.plan.plan_id, each.number, each.companion)
        if not each.judged and (key not in pinned or not each.booked):
            yield each


def _in_place(pin: Appointment) -> Appointment:
    """The pin as it would be booked today: with the service that its session has now."""
    service = pin.service
    if pin.session is not None and not pin.companion:
        service = pin.session.service
    return replace(pin, service=service, minutes=service.minutes, judged=True)


def _without_room(only_pins: View) -> Iterator[Appointment]:
    """The pins at whose time more of them need rooms of their kind than the location has."""
    judged = only_pins.schedule.judged
    for pin in judged:
        kind, location = pin.service.room_kind, pin.location
        rooms = sum(
            room.kind == kind and room.location is location for room in only_pins.rooms.values()
        )
        rivals = [
            each
            for each in judged
            if each.location is location
            and each.service.room_kind == kind
            and each.starts_at < pin.free_at
            and pin.starts_at < each.free_at
        ]
        # Rivals are most numerous at the start of one of them.
        moments = [max(each.starts_at, pin.starts_at) for each in rivals]
        at_once = (
            sum(each.starts_at <= moment < each.free_at for each in rivals) for moment in moments
        )
        if max(at_once) > rooms:
            yield pin
