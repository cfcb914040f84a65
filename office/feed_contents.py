"""What each feed tells: the same bytes whether they are served or written to a file."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from feeds import (
    ClientNames,
    FeedAppointment,
    Note,
    client_calendar,
    cut_off,
    location_calendar,
    nothing_booked,
    therapist_calendar,
)
from models.audit import last_set
from models.bookings import load_rows
from models.feed_links import FeedKind
from models.network import load_network
from models.settings import LocationNames, all_settings
from office.entries import Directory
from office.feed_appointments import LONG_AGO, feed_appointment
from scheduler.facts import AppointmentStatus

log = logging.getLogger("careweave.feeds")

MOST_BYTES = 1_000_000
"""Larger feeds are cut off or refused, by Google for one."""

_OF_SUBJECT = {
    FeedKind.THERAPIST: "therapist_id",
    FeedKind.LOCATION: "location_id",
    FeedKind.ROOM: "room_id",
    FeedKind.CLIENT: "client_id",
}

Calendar = Callable[[Sequence[FeedAppointment], Note | None], bytes]
"""One feed's words, given to appointments and a note."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which appointments feeds tell of: from ``since`` until ``until``, both instants.

    Programs need to see that an appointment is off, so it stays as a tombstone for a while:
    those that were cancelled since ``mourned_since`` are told of.
    """

    since: datetime
    until: datetime
    mourned_since: datetime

    @classmethod
    def around(cls, today: date) -> Window:
        """30 days back, 365 ahead, and 14 for tombstones, by days of UTC."""
        midnight = datetime.combine(today, time(), tzinfo=UTC)
        return cls(
            since=midnight - timedelta(days=30),
            until=midnight + timedelta(days=366),
            mourned_since=midnight - timedelta(days=14),
        )

    def tells_of(self, row: Mapping[str, Any]) -> bool:
        """Whether an appointment's row is in it."""
        if not (row["ends_at"] >= self.since and row["starts_at"] < self.until):
            return False
        if row["status"] is not AppointmentStatus.CANCELLED:
            return True
        return (row["revised_at"] or LONG_AGO) >= self.mourned_since


@dataclass(frozen=True, slots=True)
class Material:
    """All that a feed is made of: equal material gives equal bytes."""

    kind: FeedKind
    subject_id: str
    name: str
    month: date
    lot: tuple[FeedAppointment, ...]
    settings: tuple[str, ...]

    def calendar(self) -> bytes:
        """The bytes: never empty, and never more than ``MOST_BYTES``."""
        if not self.lot:
            return self._write((), nothing_booked(self.month))
        content, end = _fitting(self._write, self.lot)
        if end:
            words = "the feed of %s %s is too large: it ends on %s"
            log.warning(words, self.kind, self.subject_id, end)
        return content

    def _write(self, lot: Sequence[FeedAppointment], note: Note | None) -> bytes:
        title, client_names, location_names, name_services = self.settings
        if self.kind is FeedKind.THERAPIST:
            return therapist_calendar(self.name, lot, ClientNames(client_names), note=note)
        if self.kind is FeedKind.CLIENT:
            named = name_services == "yes"
            return client_calendar(title or "Appointments", lot, name_service=named, note=note)
        initials = location_names == LocationNames.INITIALS
        return location_calendar(self.name, lot, initials=initials, note=note)


_SETTINGS = ("clinic_name", "client_names", "location_names", "name_services")

_WORDED_BY = {
    FeedKind.THERAPIST: "client_names",
    FeedKind.LOCATION: "location_names",
    FeedKind.ROOM: "location_names",
    FeedKind.CLIENT: "name_services",
}
"""The setting that the words of each kind's entries depend on."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """Everything that feeds tell of on one day.

    ``worded_at`` says since when the entries of a kind have been worded as they are: programs
    that go by an entry's revision would keep older words.
    """

    today: date
    names: Mapping[FeedKind, Mapping[str, str]]
    settings: tuple[str, ...]
    worded_at: Mapping[FeedKind, datetime]
    lots: Mapping[FeedKind, Mapping[str, Sequence[FeedAppointment]]]

    @classmethod
    def load(cls, session: Session, today: date) -> Clinic:
        """As it is on record, with what the window around ``today`` shows of it."""
        network, window = load_network(session), Window.around(today)
        directory = Directory.of(network)
        facts = {it.appointment_id: it for it in network.appointments}
        lots: dict[FeedKind, dict[str, list[FeedAppointment]]] = {
            kind: defaultdict(list) for kind in FeedKind
        }
        for row in filter(window.tells_of, load_rows(session).values()):
            appointment = feed_appointment(row, facts[row["appointment_id"]], directory)
            for kind, column in _OF_SUBJECT.items():
                lots[kind][row[column]].append(appointment)
        names = {kind: names_of(directory, kind) for kind in FeedKind}
        settings = all_settings(session)
        worded_at = {kind: last_set(session, key) or LONG_AGO for kind, key in _WORDED_BY.items()}
        return cls(today, names, tuple(settings[key] for key in _SETTINGS), worded_at, lots)

    def material(self, kind: FeedKind, subject_id: str) -> Material:
        """What the feed of one of the subjects is made of."""
        return Material(
            kind=kind,
            subject_id=subject_id,
            name=self.names[kind][subject_id],
            month=self.today.replace(day=1),
            lot=tuple(
                _since(self.worded_at[kind], it) for it in self.lots[kind].get(subject_id, ())
            ),
            settings=self.settings,
        )


def _since(worded_at: datetime, appointment: FeedAppointment) -> FeedAppointment:
    """The appointment, revised no earlier than its words."""
    if appointment.revised_at >= worded_at:
        return appointment
    return replace(appointment, revised_at=worded_at)


def names_of(directory: Directory, kind: FeedKind) -> dict[str, str]:
    """Who there is of a kind: the names by id."""
    match kind:
        case FeedKind.THERAPIST:
            return {key: it.name for key, it in directory.therapists.items()}
        case FeedKind.LOCATION:
            return {key: it.name for key, it in directory.locations.items()}
        case FeedKind.CLIENT:
            return {key: it.name for key, it in directory.clients.items()}
        case FeedKind.ROOM:
            return {
                key: f"{it.name} ({directory.locations[it.location_id].name})"
                for key, it in directory.rooms.items()
            }


def _fitting(calendar: Calendar, lot: Sequence[FeedAppointment]) -> tuple[bytes, date | None]:
    """All of the lot, or else as much as fits and the day from which on it is left out."""
    end = None
    content = calendar(lot, None)
    days = sorted({it.starts_at.astimezone(UTC).date() for it in lot})
    kept = len(days)
    while len(content) > MOST_BYTES:
        kept = min(kept - 1, kept * MOST_BYTES // len(content))
        end = days[kept]
        nearer = [it for it in lot if it.starts_at.astimezone(UTC).date() < end]
        content = calendar(nearer, cut_off(end))
    return content, end
