"""Asking a calendar what it says now, and keeping the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feeds.busy_times import BusyTimes, Window
from models.appointments import AppointmentRow
from models.busy import BusyCalendarRow, save_busy_times, therapist_zones
from models.staff import TherapistRow
from office.busy.source import obtain, shown
from office.fetch import Allowed, Unchanged, Validators
from office.read_apart import Question, read_apart

BEHIND, AHEAD = timedelta(days=7), timedelta(days=400)
"""Which busy times are kept, from now: 26 weeks can be planned, and they may begin in half a
year."""

READ_ANEW = timedelta(days=7)
"""After so long the calendar is read in full although it is unchanged: the window moves on."""


@dataclass(frozen=True, slots=True)
class Request:
    """All that has to be known to ask a calendar, so that no transaction waits for the answer."""

    source: str
    allowed: Allowed
    validators: Validators
    question: Question


@dataclass(frozen=True, slots=True)
class Answer:
    """What a calendar says; ``busy`` is None where it says the same as before."""

    busy: BusyTimes | None
    validators: Validators


def request_for(session: Session, row: BusyCalendarRow, now: datetime) -> Request:
    """How to ask the calendar of a row."""
    moment = now.replace(second=0, microsecond=0)
    email = session.scalar(
        select(TherapistRow.email).where(TherapistRow.therapist_id == row.therapist_id)
    )
    fresh = now - row.read_at < READ_ANEW
    return Request(
        source=row.source,
        allowed=Allowed(private=row.allow_private, plain=row.allow_plain),
        validators=Validators(row.etag, row.last_modified) if fresh else Validators(),
        question=Question(
            window=Window(moment - BEHIND, moment + AHEAD),
            zone=therapist_zones(session)[row.therapist_id],
            owners=[email] if email else [],
            own_uids=frozenset(session.scalars(select(AppointmentRow.uid))),
        ),
    )


def ask(request: Request) -> Answer:
    """Fetch and read a calendar; ``OfficeError`` where either fails."""
    fetched = obtain(request.source, request.allowed, request.validators)
    if isinstance(fetched, Unchanged):
        return Answer(None, request.validators)
    busy = read_apart(fetched.body, request.question, shown(request.source))
    return Answer(busy, fetched.validators)


def keep(session: Session, row: BusyCalendarRow, answer: Answer, now: datetime) -> None:
    """Let what a calendar answered count from now on."""
    row.tried_at = row.refreshed_at = now
    row.failures, row.last_error = 0, ""
    if answer.busy is None:
        return
    row.read_at = now
    row.remarks = answer.busy.remarks
    row.etag, row.last_modified = answer.validators.etag, answer.validators.last_modified
    session.add(row)
    session.flush()
    save_busy_times(session, row.id, answer.busy.intervals)


def keep_failure(row: BusyCalendarRow, error: str, now: datetime) -> None:
    """Remember that a calendar could not be read; what it said before still counts."""
    row.tried_at = now
    row.failures += 1
    row.last_error = error
