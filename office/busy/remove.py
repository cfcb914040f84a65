"""Read a calendar no longer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from models.audit import record
from models.busy import BusyCalendarRow, forget_busy_times
from office.busy.source import shown
from office.errors import UnknownIdError
from office.record import writing


def remove_calendar(db: str, key: int, *, now: datetime, who: str) -> str:
    """Forget a calendar, its address and its busy times; what it was, for people to read.

    ``UnknownIdError`` where there is none of that number.
    """
    with writing(db) as session:
        row = session.get(BusyCalendarRow, key)
        if row is None:
            known = map(str, session.scalars(select(BusyCalendarRow.id)))
            raise UnknownIdError("busy calendar", str(key), known)
        what = f"{row.therapist_id} {shown(row.source)}"
        forget_busy_times(session, key)
        session.delete(row)
        record(session, now, who, "remove busy calendar", what, {"id": key}, None)
    return what
