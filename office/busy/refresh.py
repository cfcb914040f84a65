"""Ask known calendars what they say now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from models.busy import BusyCalendarRow
from models.staff import TherapistRow
from office.busy.reading import Answer, ask, keep, keep_failure, request_for
from office.busy.result import Refreshed, results_of
from office.errors import OfficeError, UnknownIdError
from office.record import reading, writing

EVERY = timedelta(hours=1)
_MOST_DOUBLINGS = 4
"""A calendar that fails is asked after one hour, two, four, eight, and then every sixteen."""


def refresh(db: str, therapist_id: str | None, *, now: datetime) -> tuple[Refreshed, ...]:
    """Ask all calendars, or those of one therapist, one after the other.

    A calendar that can't be read keeps what it said last, and its result says why.
    ``UnknownIdError`` for an unknown therapist.
    """
    with reading(db) as session:
        known = set(session.scalars(select(TherapistRow.therapist_id)))
    if therapist_id is not None and therapist_id not in known:
        raise UnknownIdError("therapist", therapist_id, known)
    return _refresh(db, lambda row: therapist_id in {None, row.therapist_id}, now)


def refresh_due(db: str, now: datetime) -> tuple[Refreshed, ...]:
    """Ask those calendars whose turn it is; for the server, which calls this now and then."""
    return _refresh(db, lambda row: is_due(row, now), now)


def is_due(row: BusyCalendarRow, now: datetime) -> bool:
    """Whether a calendar's last attempt is long enough ago; longer the more often it failed."""
    return now - row.tried_at >= EVERY * (1 << min(row.failures, _MOST_DOUBLINGS))


def _refresh(
    db: str, wanted: Callable[[BusyCalendarRow], bool], now: datetime
) -> tuple[Refreshed, ...]:
    with reading(db) as session:
        rows = session.scalars(select(BusyCalendarRow).order_by(BusyCalendarRow.id))
        keys = [row.id for row in rows if wanted(row)]
    for key in keys:
        _refresh_one(db, key, now)
    if not keys:
        return ()
    with reading(db) as session:
        there = select(BusyCalendarRow).where(BusyCalendarRow.id.in_(keys))
        return results_of(session, list(session.scalars(there.order_by(BusyCalendarRow.id))), now)


def _refresh_one(db: str, key: int, now: datetime) -> None:
    """No transaction is open while the other side takes its time."""
    with reading(db) as session:
        row = session.get(BusyCalendarRow, key)
        if row is None:
            return  # removed meanwhile
        request = request_for(session, row, now)
    answer: Answer | str
    try:
        answer = ask(request)
    except OfficeError as error:
        answer = str(error)
    with writing(db) as session:
        row = session.get(BusyCalendarRow, key)
        if row is None:
            return
        if isinstance(answer, str):
            keep_failure(row, answer, now)
        else:
            keep(session, row, answer, now)
