"""Mails that wait to be sent, were sent or can't be, and what clients' calendars were told.

A mail is frozen when it is made: what is sent later is what was published then, and sending it
twice tells nothing new.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from models.appointments import AppointmentRow
from models.base import Base
from models.places import LocationRow
from models.runs import PublishedVersionRow
from models.staff import ServiceRow, TherapistRow
from models.types import by_value


class MailKind(StrEnum):
    """An invite to one appointment, a client's summary of several, a therapist's notice."""

    INVITE = "invite"
    SUMMARY = "summary"
    NOTICE = "notice"


class MailState(StrEnum):
    """A superseded mail was never sent, since a newer one tells what holds now."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"
    FAILED = "failed"


class RecipientKind(StrEnum):
    """Whom a mail is for."""

    CLIENT = "client"
    THERAPIST = "therapist"


WAITING = text("state = 'waiting'")


class OutboxRow(Base):
    """One mail. ``content`` is all of it, as it leaves; empty where there is no address.

    ``tells`` is what its reader will know by it: of an invite the columns of ``ToldRow``, of a
    notice what each appointment was before. It leaves from ``not_before`` on; from
    ``pointless_from`` on, when the last of its appointments has begun, it stays here.

    Whoever sends it holds it until ``locked_until``. Mails to one recipient leave in the order of
    ``id``, so that nobody hears of an older state after a newer one.

    It ``may_have_arrived`` once an attempt ended without an answer, whatever was answered to later
    ones: only that it was sent for certain ends the doubt.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index(
            "ix_outbox_waiting",
            "recipient_kind",
            "recipient_id",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MailKind] = mapped_column(by_value(MailKind))
    recipient_kind: Mapped[RecipientKind] = mapped_column(by_value(RecipientKind))
    recipient_id: Mapped[str]
    address: Mapped[str]
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey(AppointmentRow.appointment_id))
    uid: Mapped[str | None]
    sequence: Mapped[int | None]
    method: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes]
    tells: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    pointless_from: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    may_have_arrived: Mapped[bool] = mapped_column(default=False)
    locked_until: Mapped[datetime | None]
    state: Mapped[MailState] = mapped_column(by_value(MailState))
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    published_version: Mapped[int | None] = mapped_column(ForeignKey(PublishedVersionRow.version))


def may_have_left() -> ColumnElement[bool]:
    """Which mails somebody is sending, or was sending when the process or the connection ended."""
    return or_(OutboxRow.locked_until.is_not(None), OutboxRow.may_have_arrived)


class ToldRow(Base):
    """What a client was last really told of an appointment.

    ``address`` is where the invite went, and thus the attendee who may answer. There is none
    where the clinic told the client by other means, as of all that was imported; it is empty
    where the mail came back and is to be sent again. ``outbox_id`` is the mail, if there is one.
    """

    __tablename__ = "told"

    appointment_id: Mapped[str] = mapped_column(
        ForeignKey(AppointmentRow.appointment_id), primary_key=True
    )
    sequence: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    therapist_id: Mapped[str] = mapped_column(ForeignKey(TherapistRow.therapist_id))
    location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id))
    service_id: Mapped[str] = mapped_column(ForeignKey(ServiceRow.service_id))
    cancelled: Mapped[bool]
    address: Mapped[str | None]
    told_at: Mapped[datetime]
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey(OutboxRow.id))
