"""What came back on invites: every answer and proposal, and every mail that held none."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.appointments import AppointmentRow
from models.base import Base
from models.types import by_value


class Source(StrEnum):
    """Where a mail came from: the clinic's mailbox, or a file that somebody imported."""

    MAILBOX = "mailbox"
    FILE = "file"


class ReplyKind(StrEnum):
    """An answer to an invite, a proposal of another time, a bounce, or something else."""

    ANSWER = "answer"
    PROPOSAL = "proposal"
    BOUNCE = "bounce"
    OTHER = "other"


class Answer(StrEnum):
    """What the client says."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class ReplyState(StrEnum):
    """What became of it.

    One answer and one proposal of an appointment *hold*; *old* ones were overtaken by a later one
    or by a new time. What is *set aside* waits for somebody to read it, and is *closed* when that
    was done. *Passed* over are robots' notes and bounces, which others look after.
    """

    HOLDS = "holds"
    OLD = "old"
    SET_ASIDE = "set_aside"
    PASSED = "passed"
    CLOSED = "closed"


HOLDS = text("state = 'holds'")


class ReplyRow(Base):
    """One finding in one mail; ``digest`` is that of the mail's bytes, ``number`` counts from 0.

    ``about`` is the start that the client's program names, ``starts_at`` and ``ends_at`` are those
    of the appointment when it was answered. ``content`` is the mail itself, kept where it was set
    aside. ``reason`` says why it is not what holds.
    """

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("digest", "number"),
        Index(
            "ix_replies_holds",
            "appointment_id",
            "kind",
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    source: Mapped[Source] = mapped_column(by_value(Source))
    digest: Mapped[str]
    number: Mapped[int]
    message_id: Mapped[str]
    sender: Mapped[str]
    kind: Mapped[ReplyKind] = mapped_column(by_value(ReplyKind))
    state: Mapped[ReplyState] = mapped_column(by_value(ReplyState))
    reason: Mapped[str] = mapped_column(default="")
    uid: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int | None]
    stamp: Mapped[datetime | None]
    attendee: Mapped[str] = mapped_column(default="")
    answer: Mapped[Answer | None] = mapped_column(by_value(Answer))
    comment: Mapped[str] = mapped_column(default="")
    about: Mapped[datetime | None]
    appointment_id: Mapped[str | None] = mapped_column(ForeignKey(AppointmentRow.appointment_id))
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    proposed_starts_at: Mapped[datetime | None]
    proposed_ends_at: Mapped[datetime | None]
    content: Mapped[bytes | None]
