"""Read a therapist's other calendar from now on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import record
from models.busy import BusyCalendarRow
from models.staff import TherapistRow
from office.busy.reading import ask, keep, request_for
from office.busy.result import Refreshed, results_of
from office.busy.source import canonical, shown
from office.errors import OfficeError, UnknownIdError
from office.fetch import Allowed
from office.record import reading, writing


def add_calendar(
    db: str, therapist_id: str, source: str, *, allowed: Allowed, now: datetime, who: str
) -> Refreshed:
    """Add a calendar, an address or a file, if it can be read now; else nothing is changed.

    ``UnknownIdError`` for an unknown therapist, ``OfficeError`` for a calendar that is known or
    can't be read.
    """
    row = BusyCalendarRow(
        therapist_id=therapist_id,
        source=canonical(source),
        allow_private=allowed.private,
        allow_plain=allowed.plain,
        added_at=now,
        added_by=who,
        tried_at=now,
        refreshed_at=now,
        read_at=now,
        etag="",
        last_modified="",
    )
    with reading(db) as session:
        _check(session, row)
        request = request_for(session, row, now)
    answer = ask(request)
    with writing(db) as session:
        _check(session, row)  # somebody may have been quicker
        keep(session, row, answer, now)
        what = f"{therapist_id} {shown(row.source)}"
        record(session, now, who, "add busy calendar", what, None, {"id": row.id})
        (result,) = results_of(session, [row], now)
    return result


def _check(session: Session, row: BusyCalendarRow) -> None:
    known = set(session.scalars(select(TherapistRow.therapist_id)))
    if row.therapist_id not in known:
        raise UnknownIdError("therapist", row.therapist_id, known)
    same = select(BusyCalendarRow.id).where(
        BusyCalendarRow.therapist_id == row.therapist_id, BusyCalendarRow.source == row.source
    )
    if (key := session.scalar(same)) is not None:
        raise OfficeError(
            f"this calendar of {row.therapist_id} is known already, as number {key}. "
            f"Maybe careweave busy refresh {row.therapist_id}?"
        )
