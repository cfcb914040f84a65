"""Write the published schedule as calendar files: one a therapist, a location and a client.

A file is only touched where it changes, so that a web server's "not modified" stays true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feeds import (
    ClientNames,
    FeedAppointment,
    client_calendar,
    file_name,
    location_calendar,
    therapist_calendar,
)
from models.bookings import load_rows
from models.network import load_network
from models.schedule import published_run
from models.settings import all_settings
from office.entries import Directory
from office.errors import OfficeError, unwritable
from office.record import reading
from scheduler.facts import Appointment, Network

PAST = timedelta(days=30)
"""How long before the day of the last planning appointments stay in the feeds.

Google cuts a feed off at about 1100 entries, so history has to end somewhere. It is counted
from that day rather than from today, so that feeds change only when something was published.
"""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Revision time of appointments of which the record does not know it."""


@dataclass(frozen=True, slots=True)
class WrittenFeeds:
    """How many files there are of each kind, and how many of all had to be written anew."""

    folder: Path
    therapists: int
    locations: int
    clients: int
    changed: int


Lots = Mapping[str, list[FeedAppointment]]


def write_feeds(db: str, folder: Path) -> WrittenFeeds:
    """Write ``therapists/``, ``locations/`` and ``clients/`` below ``folder``.

    ``OfficeError`` where that is impossible.
    """
    with reading(db) as session:
        network, settings = load_network(session), all_settings(session)
        rows = _rows(session)
    title = settings["clinic_name"] or "Appointments"
    calendars = _calendars(network, rows, ClientNames(settings["client_names"]), title)
    try:
        changed = sum(_write(folder / path, content) for path, content in calendars.items())
    except OSError as error:
        raise OfficeError(unwritable(folder, error)) from error
    counts = len(network.therapists), len(network.locations), len(network.clients)
    return WrittenFeeds(folder, *counts, changed)


def _rows(session: Session) -> list[Mapping[str, Any]]:
    """The appointments that feeds tell of, cancelled ones too: some programs need to see that."""
    run = published_run(session)
    rows = load_rows(session).values()
    if run is None:
        return list(rows)
    since = datetime.combine(run.as_of - PAST, datetime.min.time(), tzinfo=UTC)
    return [row for row in rows if row["ends_at"] >= since]


def _calendars(
    network: Network, rows: Iterable[Mapping[str, Any]], names: ClientNames, title: str
) -> dict[str, bytes]:
    """Every file's content by its path."""
    directory = Directory.of(network)
    facts = {it.appointment_id: it for it in network.appointments}
    lots: dict[str, dict[str, list[FeedAppointment]]] = {
        kind: defaultdict(list) for kind in ("therapist_id", "location_id", "client_id")
    }
    for row in rows:
        appointment = _feed_appointment(row, facts[row["appointment_id"]], directory)
        for kind, lot in lots.items():
            lot[row[kind]].append(appointment)
    return {
        f"{kind}/{file_name(key)}": content
        for kind, contents in (
            ("therapists", _of_therapists(directory, lots["therapist_id"], names)),
            ("locations", _of_locations(directory, lots["location_id"])),
            ("clients", _of_clients(directory, lots["client_id"], title)),
        )
        for key, content in contents.items()
    }


def _of_therapists(directory: Directory, lots: Lots, names: ClientNames) -> dict[str, bytes]:
    return {
        key: therapist_calendar(therapist.name, lots.get(key, []), names)
        for key, therapist in directory.therapists.items()
    }


def _of_locations(directory: Directory, lots: Lots) -> dict[str, bytes]:
    return {
        key: location_calendar(location.name, lots.get(key, []))
        for key, location in directory.locations.items()
    }


def _of_clients(directory: Directory, lots: Lots, title: str) -> dict[str, bytes]:
    return {key: client_calendar(title, lots.get(key, [])) for key in directory.clients}


def _feed_appointment(
    row: Mapping[str, Any], appointment: Appointment, directory: Directory
) -> FeedAppointment:
    entry = directory.entry(appointment)
    location = directory.locations[entry.location_id]
    created = row["created_at"] or LONG_AGO
    return FeedAppointment(
        uid=row["uid"],
        sequence=row["sequence"],
        created_at=created,
        revised_at=row["revised_at"] or created,
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        timezone=location.timezone,
        status=appointment.status,
        therapist_name=entry.therapist,
        client_id=entry.client_id,
        client_name=entry.client,
        location_name=location.name,
        location_address=location.address,
        location_phone=location.phone,
        room_name=entry.room,
        service_name=entry.service,
        companion=entry.companion,
    )


def _write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written; a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == content:
        return False
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)
    return True
