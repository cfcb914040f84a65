"""One week of the published schedule or the draft, by location, therapist or client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.answers import load_answers
from models.network import load_network
from models.schedule import draft_appointments
from office.entries import Directory, Entry
from office.errors import UnknownIdError
from office.record import reading
from office.require import require_draft
from scheduler.facts import AppointmentStatus


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Whose appointments are wanted; without an id, everybody's."""

    location_id: str | None = None
    therapist_id: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The appointments of the seven days from ``monday``, in order of time.

    ``about`` names the location, therapist or client that the week was narrowed to. Where there is
    nothing at the location that was asked for, ``elsewhere`` names the locations where ``whose``
    appointments are in that week; ``whose`` is a therapist, a client, or both.
    """

    monday: date
    about: str
    of_draft: bool
    entries: tuple[Entry, ...]
    whose: str = ""
    elsewhere: tuple[str, ...] = ()


def show_week(db: str, day: date, narrowing: Narrowing, *, draft: bool = False) -> Week:
    """The week of a day; ``UnknownIdError`` for an id that there is none of."""
    monday = day - timedelta(days=day.weekday())
    with reading(db) as session:
        network = load_network(session)
        answers = {} if draft else load_answers(session)  # they were about what is published
        if draft:
            require_draft(session)
            network = replace(network, appointments=draft_appointments(session))
    directory = Directory.of(network)
    about = _about(narrowing, directory)
    entries = [
        replace(directory.entry(appointment), answer=answers.get(appointment.appointment_id, ""))
        for appointment in network.appointments
        if appointment.status is not AppointmentStatus.CANCELLED
        and monday <= appointment.starts_at.date() < monday + timedelta(weeks=1)
    ]
    wanted = [entry for entry in entries if _is_wanted(entry, narrowing)]
    order = sorted(wanted, key=lambda it: (it.starts_at, it.location, it.therapist))
    week = Week(monday, about, draft, tuple(order))
    if wanted or narrowing.location_id is None:
        return week
    anywhere = replace(narrowing, location_id=None)
    whose = _about(anywhere, directory)
    places = {entry.location for entry in entries if whose and _is_wanted(entry, anywhere)}
    return replace(week, whose=whose, elsewhere=tuple(sorted(places)))


def _is_wanted(entry: Entry, narrowing: Narrowing) -> bool:
    return (
        narrowing.location_id in {None, entry.location_id}
        and narrowing.therapist_id in {None, entry.therapist_id}
        and narrowing.client_id in {None, entry.client_id}
    )


def _about(narrowing: Narrowing, directory: Directory) -> str:
    names = [
        _name("location", narrowing.location_id, directory.locations),
        _name("therapist", narrowing.therapist_id, directory.therapists),
        _name("client", narrowing.client_id, directory.clients),
    ]
    return ", ".join(filter(None, names))


def _name(kind: str, wanted: str | None, known: Mapping[str, object]) -> str:
    if wanted is None:
        return ""
    if wanted not in known:
        raise UnknownIdError(kind, wanted, known)
    name: str = getattr(known[wanted], "name", wanted)
    return name
