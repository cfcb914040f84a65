"""Pins: the promises that stay where they are, and which of them have become impossible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from verifier.appointments import Appointment, Book
from verifier.facts import Location, Room
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

Way = tuple[tuple[tuple[tuple[datetime, datetime], ...], datetime], ...]
"""A way to hand out rooms: of each room what stands there, and from when on it is free else."""

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

Not those of rooms: the room may change, so only whether each finds one matters (``_without_room``).
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
    """The pins that can't all have a room of their kind, beside what stands in its room for good.

    Pins and what stands are looked at in pieces of time in which one follows the other without a
    gap: of a piece that can't be handed out all pins are meant.
    """
    rooms: dict[tuple[Location, str], list[Room]] = defaultdict(list)
    for room in only_pins.rooms.values():
        rooms[room.location, room.kind].append(room)
    for kind, alike in rooms.items():
        stays = [a for a in only_pins.schedule.judged if _kind(a) == kind]
        stays += [
            a
            for room in alike
            for a in only_pins.schedule.of_room.get(room.room_id, ())
            if not a.judged
        ]
        for piece in _pieces(stays):
            if not _can_be_handed_out(piece, alike):
                yield from (each for each in piece if each.judged)


def _kind(pin: Appointment) -> tuple[Location, str]:
    """Where a pin needs a room, and of which kind."""
    return pin.location, pin.service.room_kind


def _pieces(stays: Iterable[Appointment]) -> Iterator[list[Appointment]]:
    """Appointments in order of start, parted where all rooms are free."""
    piece: list[Appointment] = []
    for each in sorted(stays, key=lambda a: (a.starts_at, a.appointment_id)):
        if piece and max(other.free_at for other in piece) <= each.starts_at:
            yield piece
            piece = []
        piece.append(each)
    if piece:
        yield piece


def _seen_from(moment: datetime, way: Way) -> Way:
    """A way, as far as it matters from a moment on."""
    return tuple((lot, max(free, moment)) for lot, free in way)


def _can_be_handed_out(piece: Sequence[Appointment], rooms: Sequence[Room]) -> bool:
    """Whether each pin finds a room: all ways at once, those that come to the same as one."""
    stands = [
        tuple((a.starts_at, a.free_at) for a in piece if not a.judged and a.room is room)
        for room in rooms
    ]
    ways: set[Way] = {tuple(sorted((lot, piece[0].starts_at) for lot in stands))}
    for pin in (each for each in piece if each.judged):
        ways = {
            tuple(sorted((*way[:at], (lot, pin.free_at), *way[at + 1 :])))
            for way in {_seen_from(pin.starts_at, each) for each in ways}
            for at, (lot, free) in enumerate(way)
            if free <= pin.starts_at
            and all(until <= pin.starts_at or pin.free_at <= start for start, until in lot)
        }
    return bool(ways)
