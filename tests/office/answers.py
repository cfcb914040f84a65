"""Answers of the small clinic's clients to their appointments, as mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select

from models.appointments import AppointmentRow
from models.replies import ReplyRow
from office.mails_in import Incoming
from office.record import reading
from office.replies import TakenIn, import_replies
from tests.feeds.replies.shapes import calendar, event, mail

DINA = "dina@mail.example"
ANSWERED = datetime(2027, 2, 27, 18, 0, tzinfo=UTC)
"""After the clinic's promises were imported, on the Saturday before their weeks."""


def uid_of(db: str, appointment_id: str = "a1") -> str:
    with reading(db) as session:
        query = select(AppointmentRow.uid).where(AppointmentRow.appointment_id == appointment_id)
        return session.scalars(query).one()


def answer(
    uid: str,
    said: str = "DECLINED",
    *lines: str,
    stamp: str = "20270227T170000Z",
    sequence: int = 0,
    attendee: str = DINA,
    sender: str = "",
    drop: str = "DTSTART DTEND",
    method: str = "REPLY",
) -> bytes:
    """A mail that answers the appointment with this UID; without a DTSTART, as some programs do."""
    given = {line.partition(":")[0].partition(";")[0] for line in lines}
    text = event(
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        *([] if "SEQUENCE" in drop else [f"SEQUENCE:{sequence}"]),
        f"ATTENDEE;PARTSTAT={said}:mailto:{attendee}",
        *lines,
        drop=" ".join(it for it in drop.split() if it not in given),
    )
    return mail(calendar(text, method=method), sender=sender or attendee, method=method)


def counter(uid: str, starts: str, ends: str, said: str = "TENTATIVE", **more: str) -> bytes:
    """A mail that proposes another time, in UTC as iCalendar writes it."""
    lines = (f"DTSTART:{starts}", f"DTEND:{ends}")
    return answer(uid, said, *lines, method="COUNTER", **more)  # type: ignore[arg-type]  # texts all


def take(db: str, *contents: bytes, now: datetime = ANSWERED) -> TakenIn:
    return import_replies(db, map(Incoming, contents), now=now, who="mia")


def recorded(db: str) -> Sequence[ReplyRow]:
    """All replies, in the order in which they came."""
    with reading(db) as session:
        rows = session.scalars(select(ReplyRow).order_by(ReplyRow.id)).all()
        session.expunge_all()
        return rows
