"""Pins: the promises that stay where they are, and which of them have become impossible."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from verifier.appointments import Appointment, Book
from verifier.facts import Location
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
    supply = Counter((room.location, room.kind) for room in only_pins.rooms.values())
    demand: dict[tuple[Location, str], list[Appointment]] = defaultdict(list)
    for pin in only_pins.schedule.judged:
        demand[pin.location, pin.service.room_kind].append(pin)
    for place, rivals in demand.items():
        crowded = _crowded(rivals, supply[place])
        for pin in rivals:
            first = bisect_left(crowded, pin.starts_at)
            if any(moment < pin.free_at for moment in crowded[first : first + 1]):
                yield pin


def _crowded(rivals: Sequence[Appointment], rooms: int) -> list[datetime]:
    """The starts, in order, at which more of the appointments go on than there are rooms."""
    starts = sorted(each.starts_at for each in rivals)
    ends = sorted(each.free_at for each in rivals)
    return [
        start for start in starts if bisect_right(starts, start) - bisect_right(ends, start) > rooms
    ]
