"""What came of reading a calendar: what it says, and which promises that touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.busy import BusyCalendarRow, busy_by_calendar, promises_touched
from models.network import load_network
from office.busy.source import shown
from office.entries import Directory, Entry


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One calendar after an attempt to read it.

    ``error`` is empty if it went well, and else says why what the calendar said before still
    counts. ``conflicts`` are the promises from now on that lie in its busy times, in order of
    time: they stay as they are until the next draft moves them.
    """

    id: int
    therapist_id: str
    therapist: str
    source: str
    busy_times: int
    remarks: tuple[str, ...]
    error: str
    conflicts: tuple[Entry, ...]


def results_of(
    session: Session, calendars: Sequence[BusyCalendarRow], now: datetime
) -> tuple[Refreshed, ...]:
    """What these calendars say, as it is on record."""
    network = load_network(session)
    directory = Directory.of(network)
    appointments = {it.appointment_id: it for it in network.appointments}
    busy = busy_by_calendar(session)
    results = []
    for row in calendars:
        intervals = busy.get(row.id, [])
        touched = promises_touched(session, row.therapist_id, intervals, now)
        results.append(
            Refreshed(
                id=row.id,
                therapist_id=row.therapist_id,
                therapist=directory.therapists[row.therapist_id].name,
                source=shown(row.source),
                busy_times=len(intervals),
                remarks=row.remarks,
                error=row.last_error,
                conflicts=tuple(directory.entry(appointments[key]) for key in touched),
            )
        )
    return tuple(results)
