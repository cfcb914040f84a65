"""The line of mails that wait: who is next, who holds which, and what became of it.

Each function is one step in a transaction of its own, so that a process may end between any two.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.outbox import MailKind, MailState, OutboxRow
from models.told import remember, told_by

LEASE = timedelta(minutes=10)
"""How long a mail is held by whoever sends it: longer than the slowest server needs for one."""

PAUSES = tuple(timedelta(minutes=n) for n in (1, 2, 4, 8, 16, 32, 60))
"""How long to wait after the first, second, … attempt; the last holds from then on."""

GIVE_UP = timedelta(days=2)
"""How long after it was made a mail is tried."""

TOO_LATE = "its appointments had begun before it could leave"


def due(moment: datetime, *, hurry: bool) -> ColumnElement[bool]:
    """Which mails may be sent now: those that nobody holds, and none ahead of an older one.

    The older one may tell of the same appointment: the order of all mails to one recipient is
    strict. ``hurry`` leaves out the grace time and the pauses between attempts.
    """
    return and_(_next_in_line(), ripe(moment, hurry=hurry))


def leaves_at(session: Session, moment: datetime) -> datetime | None:
    """When the first mail that nobody holds is due; None where there is none."""
    first = select(func.min(OutboxRow.not_before)).where(_next_in_line(), _free(moment))
    return session.scalar(first)


def _next_in_line() -> ColumnElement[bool]:
    older = aliased(OutboxRow)
    ahead = select(older.id).where(
        older.state == MailState.WAITING,
        older.recipient_kind == OutboxRow.recipient_kind,
        older.recipient_id == OutboxRow.recipient_id,
        older.id < OutboxRow.id,
    )
    return and_(OutboxRow.state == MailState.WAITING, ~ahead.exists())


def ripe(moment: datetime, *, hurry: bool) -> ColumnElement[bool]:
    """Which mails nobody holds, and which have waited long enough."""
    return _free(moment) if hurry else and_(_free(moment), OutboxRow.not_before <= moment)


def _free(moment: datetime) -> ColumnElement[bool]:
    return or_(OutboxRow.locked_until.is_(None), OutboxRow.locked_until <= moment)


def drop_pointless(session: Session, moment: datetime) -> int:
    """Give up what would come after the fact; how many mails that were."""
    rows = session.scalars(
        select(OutboxRow).where(
            OutboxRow.state == MailState.WAITING, OutboxRow.pointless_from <= moment, _free(moment)
        )
    ).all()
    for row in rows:
        _doubt_lease(row)
        reason = row.last_error and f", since: {row.last_error}"
        fail(row, f"{TOO_LATE}{reason}")
    return len(rows)


def claim(session: Session, moment: datetime, *, hurry: bool, beyond: int = 0) -> OutboxRow | None:
    """Take the next mail, and hold it for the ``LEASE``; None where there is none.

    Only mails with a number above ``beyond`` count if nothing is to be tried twice in a hurry.
    """
    row = session.scalars(
        select(OutboxRow)
        .where(due(moment, hurry=hurry), OutboxRow.id > beyond)
        .order_by(OutboxRow.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    _doubt_lease(row)
    row.locked_until = moment + LEASE
    row.attempts += 1
    session.flush()
    return row


def held(session: Session, mail_id: int, until: datetime) -> OutboxRow | None:
    """The mail, if whoever claimed it until then still holds it."""
    row = session.get(OutboxRow, mail_id)
    holds = row is not None and row.state is MailState.WAITING and row.locked_until == until
    return row if holds else None


def note_sent(session: Session, row: OutboxRow, moment: datetime) -> None:
    """The server has it: what it tells is known from now on."""
    row.state, row.sent_at, row.locked_until, row.last_error = MailState.SENT, moment, None, ""
    row.may_have_arrived = False  # since it has
    session.flush()
    if row.kind is MailKind.INVITE:
        remember(session, moment, told_by(row), row)


def note_failed_attempt(
    row: OutboxRow, moment: datetime, reason: str, *, may_have_arrived: bool
) -> None:
    """Try again after a pause, or give up once it is old.

    A mail that may have arrived by this attempt may have so ever after.
    """
    row.may_have_arrived = row.may_have_arrived or may_have_arrived
    if moment - row.created_at >= GIVE_UP:
        fail(row, reason)
        return
    pause = PAUSES[min(row.attempts, len(PAUSES)) - 1]
    row.not_before, row.last_error, row.locked_until = moment + pause, reason, None


def fail(row: OutboxRow, reason: str) -> None:
    """Give up on a mail; somebody has to look at it."""
    row.state, row.locked_until, row.last_error = MailState.FAILED, None, reason


def _doubt_lease(row: OutboxRow) -> None:
    """Note of a mail whose lease ran out that whoever held it may have handed it over."""
    row.may_have_arrived = row.may_have_arrived or row.locked_until is not None


def waiting(session: Session) -> int:
    """How many mails wait."""
    counted = select(func.count()).where(OutboxRow.state == MailState.WAITING)
    return session.scalar(counted) or 0
