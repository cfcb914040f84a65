"""What publishing tells whom: mails are written in the transaction that publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bookings import load_rows
from models.outbox import MailState, OutboxRow
from models.told import remember_imported
from office.mail.clients import Unreachable, write_to_clients
from office.mail.post import Clinic, Post
from office.mail.templates import template_faults
from office.mail.therapists import write_to_therapists


@dataclass(frozen=True, slots=True)
class Announced:
    """How many mails to how many people wait now, and when they begin to leave.

    ``off`` where none are made at all. ``unreachable`` are those who should hear of something
    and can't get a mail.
    """

    off: bool = True
    waiting: int = 0
    people: int = 0
    leaves_at: datetime | None = None
    unreachable: tuple[Unreachable, ...] = ()


NOTHING = Announced()
"""No mails, since the clinic has set no mailbox."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was so before publishing: the clinic's words and the appointments' columns by id."""

    clinic: Clinic
    rows: Mapping[str, Mapping[str, Any]]


def before_publishing(session: Session, now: datetime) -> Before:
    """Get ready: ``OfficeError`` where templates can't be used, before anything is changed."""
    clinic = Clinic.load(session)
    remember_imported(session, now)
    return Before(clinic, load_rows(session))


def announce(session: Session, before: Before, now: datetime) -> Announced:
    """Put in line whatever clients and therapists have yet to hear of what stands now.

    ``OfficeError`` where a template of the clinic fails on it; the caller's transaction is void.
    """
    mailbox = before.clinic.mailbox
    if mailbox is None:
        return NOTHING
    post = Post.load(session, before.clinic, mailbox, now)
    with template_faults(before.clinic.templates):
        unreachable = (*write_to_clients(post), *write_to_therapists(post, before.rows))
    session.flush()
    outbox = OutboxRow
    columns = select(outbox.recipient_kind, outbox.recipient_id, outbox.not_before)
    waiting = session.execute(columns.where(outbox.state == MailState.WAITING)).all()
    return Announced(
        off=False,
        waiting=len(waiting),
        people=len({(kind, key) for kind, key, _ in waiting}),
        leaves_at=min((leaves_at for *_, leaves_at in waiting), default=None),
        unreachable=unreachable,
    )
