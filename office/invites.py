"""Mails as a manager sees them: who waits for what, what was sent, what failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.audit import record
from models.clients import ClientRow
from models.outbox import MailState, OutboxRow, RecipientKind
from models.staff import TherapistRow
from models.told import forget_address, remember_by_other_means, remember_doubt
from office.errors import OfficeError, UnknownIdError
from office.mail.clients import Unreachable, write_to_clients
from office.mail.post import Clinic, Post
from office.mail.templates import template_faults
from office.record import reading, writing

RECENT = timedelta(days=7)
"""How long sent mails are listed."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. ``reason`` says why it failed, or why it could not leave yet."""

    id: int
    kind: str
    method: str
    recipient: str
    recipient_id: str
    address: str
    state: str
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    attempts: int
    reason: str
    message_id: str
    uid: str
    sequence: int | None


@dataclass(frozen=True, slots=True)
class Retried:
    """What became of a mail that is to be tried again: the mails that wait now instead of it."""

    mails: tuple[Mail, ...]
    unreachable: tuple[Unreachable, ...]


def list_mails(db: str, now: datetime, *, failed: bool = False) -> tuple[Mail, ...]:
    """What waits, what failed, and what was sent in the last days; or what failed alone."""
    recently = OutboxRow.sent_at >= now - RECENT
    wanted = OutboxRow.state == MailState.FAILED
    if not failed:
        wanted = or_(wanted, OutboxRow.state == MailState.WAITING)
        wanted = or_(wanted, (OutboxRow.state == MailState.SENT) & recently)
    with reading(db) as session:
        rows = session.scalars(select(OutboxRow).where(wanted).order_by(OutboxRow.id)).all()
        return as_mails(session, rows)


def retry_mail(db: str, mail_id: int, *, now: datetime, who: str) -> Retried:
    """Try a failed mail again, as of now: at today's address, with what stands now.

    ``OfficeError`` for a mail that has not failed, for notices, which are of no use later, and
    where no mailbox is set.
    """
    with writing(db) as session:
        row = _failed(session, mail_id)
        if row.recipient_kind is RecipientKind.THERAPIST:
            raise OfficeError(f"mail {mail_id} is a notice of the day. Maybe call the therapist?")
        return _retry(session, [row], now, who)


def retry_all(db: str, *, now: datetime, who: str) -> Retried:
    """Try all failed mails to clients again, as after a mail server that was down for long."""
    with writing(db) as session:
        rows = session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.state == MailState.FAILED,
                OutboxRow.recipient_kind == RecipientKind.CLIENT,
            )
            .order_by(OutboxRow.id)
        ).all()
        return _retry(session, rows, now, who)


def discard_mail(db: str, mail_id: int, *, now: datetime, who: str) -> None:
    """Take a failed mail off the list: the client knows by other means what it says.

    ``OfficeError`` for a mail that has not failed.
    """
    with writing(db) as session:
        row = _failed(session, mail_id)
        row.state = MailState.SUPERSEDED
        if row.recipient_kind is RecipientKind.CLIENT:
            remember_by_other_means(session, now, row)
        record(session, now, who, "discard", f"mail {mail_id}", None, None)


def _retry(session: Session, rows: Sequence[OutboxRow], now: datetime, who: str) -> Retried:
    """Count these mails as come back, and write to their clients anew."""
    clinic = Clinic.load(session)
    if clinic.mailbox is None:
        raise OfficeError("no mailbox is set. Maybe careweave settings set mailbox ADDRESS?")
    for row in rows:
        row.state = MailState.SUPERSEDED
        remember_doubt(session, now, row)
        forget_address(session, row.tells, row)
        record(session, now, who, "retry", f"mail {row.id}", None, None)
    post = Post.load(session, clinic, clinic.mailbox, now)
    clients = {row.recipient_id for row in rows}
    with template_faults(clinic.templates):
        unreachable = write_to_clients(post, clients)
    made = session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.recipient_kind == RecipientKind.CLIENT,
            OutboxRow.recipient_id.in_(clients),
            OutboxRow.state == MailState.WAITING,
        )
        .order_by(OutboxRow.id)
    ).all()
    return Retried(as_mails(session, made), unreachable)


def _failed(session: Session, mail_id: int) -> OutboxRow:
    row = session.get(OutboxRow, mail_id)
    if row is None:
        known = session.scalars(select(OutboxRow.id).where(OutboxRow.state == MailState.FAILED))
        raise UnknownIdError("failed mail", str(mail_id), map(str, known))
    if row.state is not MailState.FAILED:
        raise OfficeError(
            f"mail {mail_id} is {row.state.value} and has not failed. "
            "Maybe look it up with careweave invites list --failed?"
        )
    return row


def as_mails(session: Session, rows: Sequence[OutboxRow]) -> tuple[Mail, ...]:
    """Rows of mails as a manager sees them, in the same order."""
    names = {
        RecipientKind.CLIENT: dict(
            session.execute(select(ClientRow.client_id, ClientRow.name)).all()
        ),
        RecipientKind.THERAPIST: dict(
            session.execute(select(TherapistRow.therapist_id, TherapistRow.name)).all()
        ),
    }
    return tuple(
        Mail(
            id=row.id,
            kind=row.kind.value,
            method=row.method or "",
            recipient=names[row.recipient_kind].get(row.recipient_id, ""),
            recipient_id=row.recipient_id,
            address=row.address,
            state=row.state.value,
            created_at=row.created_at,
            not_before=row.not_before,
            sent_at=row.sent_at,
            attempts=row.attempts,
            reason=row.last_error,
            message_id=row.message_id if row.content else "",
            uid=row.uid or "",
            sequence=row.sequence,
        )
        for row in rows
    )
