"""Which calendars are read, and how well that goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.busy import BusyCalendarRow, busy_by_calendar
from models.staff import TherapistRow
from office.busy.source import shown
from office.record import reading


@dataclass(frozen=True, slots=True)
class BusyCalendar:
    """A calendar that is read for busy times; ``source`` is told without what may be secret.

    ``failures`` counts the attempts since it was last read well, at ``refreshed_at``; ``error``
    is that of the last attempt, at ``tried_at``, and empty if it went well.
    """

    id: int
    therapist_id: str
    therapist: str
    source: str
    allow_private: bool
    allow_plain: bool
    added_at: datetime
    added_by: str
    tried_at: datetime
    refreshed_at: datetime
    failures: int
    error: str
    busy_times: int
    remarks: tuple[str, ...]


def list_calendars(db: str) -> tuple[BusyCalendar, ...]:
    """All of them, by therapist and number."""
    with reading(db) as session:
        rows = session.execute(
            select(BusyCalendarRow, TherapistRow.name)
            .join(TherapistRow, TherapistRow.therapist_id == BusyCalendarRow.therapist_id)
            .order_by(BusyCalendarRow.therapist_id, BusyCalendarRow.id)
        ).all()
        busy = busy_by_calendar(session)
        return tuple(_listed(row, name, len(busy.get(row.id, []))) for row, name in rows)


def _listed(row: BusyCalendarRow, therapist: str, busy_times: int) -> BusyCalendar:
    return BusyCalendar(
        id=row.id,
        therapist_id=row.therapist_id,
        therapist=therapist,
        source=shown(row.source),
        allow_private=row.allow_private,
        allow_plain=row.allow_plain,
        added_at=row.added_at,
        added_by=row.added_by,
        tried_at=row.tried_at,
        refreshed_at=row.refreshed_at,
        failures=row.failures,
        error=row.last_error,
        busy_times=busy_times,
        remarks=row.remarks,
    )
