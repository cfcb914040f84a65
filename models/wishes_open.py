"""Other times that clients proposed and that nobody has answered yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.answering import rank
from models.appointments import AppointmentRow
from models.bookings import zones
from models.replies import Answer, ReplyKind, ReplyRow, ReplyState
from models.zones import to_wall
from scheduler.facts import AppointmentStatus


@dataclass(frozen=True, slots=True)
class Wish:
    """The time that a client would rather come at, in wall-clock time of the location."""

    reply_id: int
    appointment_id: str
    starts_at: datetime
    ends_at: datetime
    comment: str


def open_wishes(session: Session, now: datetime) -> tuple[Wish, ...]:
    """Proposals that lie ahead, for appointments that are booked as they were when it was made.

    Who accepts the appointment after all has no wish any more.
    """
    zone = zones(session)
    return tuple(
        _wish(row, appointment, zone[appointment.location_id])
        for row, appointment in session.execute(
            select(ReplyRow, AppointmentRow)
            .join(AppointmentRow)
            .where(
                ReplyRow.kind == ReplyKind.PROPOSAL,
                ReplyRow.state == ReplyState.HOLDS,
                ReplyRow.proposed_starts_at > now,
                ReplyRow.starts_at == AppointmentRow.starts_at,
                AppointmentRow.status == AppointmentStatus.BOOKED,
            )
            .order_by(ReplyRow.id)
        )
        if not _accepted_after(session, row)
    )


def _accepted_after(session: Session, proposal: ReplyRow) -> bool:
    answer = session.scalar(
        select(ReplyRow).where(
            ReplyRow.appointment_id == proposal.appointment_id,
            ReplyRow.kind == ReplyKind.ANSWER,
            ReplyRow.state == ReplyState.HOLDS,
            ReplyRow.answer == Answer.ACCEPTED,
        )
    )
    return answer is not None and rank(answer) > rank(proposal)


def _wish(row: ReplyRow, appointment: AppointmentRow, zone: str) -> Wish:
    assert row.proposed_starts_at is not None  # noqa: S101 - for mypy: asked for above
    length = appointment.ends_at - appointment.starts_at
    return Wish(
        reply_id=row.id,
        appointment_id=appointment.appointment_id,
        starts_at=to_wall(row.proposed_starts_at, zone),
        ends_at=to_wall(row.proposed_starts_at + length, zone),
        comment=row.comment,
    )
