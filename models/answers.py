"""What answers mean for planning: who can't come to what was promised, and when else not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.appointments import AppointmentRow
from models.bookings import zones
from models.drafts import Draft
from models.replies import Answer, ReplyKind, ReplyRow, ReplyState
from models.zones import to_wall
from scheduler.facts import AppointmentStatus, Network, Refusal
from scheduler.horizon import Horizon


@dataclass(frozen=True, slots=True)
class Decline:
    """A client can't come at a time they were asked to, in wall-clock time of the location.

    ``stands``: the appointment is still booked for that time, so its session needs another one.
    """

    reply_id: int
    appointment_id: str
    refusal: Refusal
    stands: bool


def load_declines(session: Session) -> tuple[Decline, ...]:
    """Every decline that holds, in order of time; those of cancelled appointments hold as well.

    An appointment that has moved since was not declined: the answer was about another time.
    """
    rows = session.execute(
        select(ReplyRow, AppointmentRow)
        .join(AppointmentRow)
        .where(
            ReplyRow.kind == ReplyKind.ANSWER,
            ReplyRow.state == ReplyState.HOLDS,
            ReplyRow.answer == Answer.DECLINED,
        )
    )
    zone = zones(session)
    declines = [_decline(reply, row, zone[row.location_id]) for reply, row in rows]
    return tuple(sorted(declines, key=lambda it: (it.refusal.starts_at, it.appointment_id)))


def _decline(reply: ReplyRow, row: AppointmentRow, zone: str) -> Decline:
    assert reply.starts_at is not None  # noqa: S101 - for mypy: whatever holds has both
    assert reply.ends_at is not None  # noqa: S101
    starts_at, ends_at = to_wall(reply.starts_at, zone), to_wall(reply.ends_at, zone)
    return Decline(
        reply.id,
        row.appointment_id,
        Refusal(row.client_id, starts_at, ends_at),
        stands=row.status is AppointmentStatus.BOOKED and row.starts_at == reply.starts_at,
    )


def declined_on_open_days(
    declines: Iterable[Decline], horizon: Horizon, as_of: date
) -> frozenset[str]:
    """The appointments that a draft of these weeks takes back, since their clients can't come.

    Others stay until their weeks are planned: their time could not be given to anybody else.
    """
    days = {it.appointment_id: it.refusal.starts_at.date() for it in declines if it.stands}
    return frozenset(key for key, day in days.items() if day in horizon and day >= as_of)


def declined_now(session: Session, draft: Draft) -> frozenset[str]:
    """What a draft of the same weeks would take back by now, since clients can't come."""
    return declined_on_open_days(load_declines(session), draft.run.horizon, draft.run.as_of)


def heed(network: Network, declines: Iterable[Decline], declined: Collection[str]) -> Network:
    """``network`` as the engine and its judge should see it.

    What was ``declined`` counts as cancelled, so that its time is free and no promise is broken,
    and no client is asked again to come at a time that they have declined. Of a region, clients
    of other regions are left out.
    """
    here = {client.client_id for client in network.clients}
    cancelled = AppointmentStatus.CANCELLED
    return replace(
        network,
        appointments=tuple(
            replace(it, status=cancelled) if it.appointment_id in declined else it
            for it in network.appointments
        ),
        refusals=tuple(it.refusal for it in declines if it.refusal.client_id in here),
    )


def load_answers(session: Session) -> dict[str, str]:
    """What clients said of the time at which they are booked, by appointment."""
    rows = session.execute(
        select(ReplyRow.appointment_id, ReplyRow.answer)
        .join(AppointmentRow)
        .where(
            ReplyRow.kind == ReplyKind.ANSWER,
            ReplyRow.state == ReplyState.HOLDS,
            ReplyRow.starts_at == AppointmentRow.starts_at,
        )
    )
    return {key: answer.value for key, answer in rows if key is not None and answer is not None}


def comments(session: Session) -> dict[str, str]:
    """What clients wrote beside the answers that hold, by appointment."""
    rows = session.execute(
        select(ReplyRow.appointment_id, ReplyRow.comment).where(
            ReplyRow.kind == ReplyKind.ANSWER, ReplyRow.state == ReplyState.HOLDS
        )
    )
    return {key: comment for key, comment in rows if key is not None and comment}
