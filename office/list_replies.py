"""What clients said, for those who call them: who needs another time, and what is to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.answers import Decline, comments, load_declines
from models.network import load_network
from models.replies import ReplyRow, ReplyState
from models.settings import load_settings
from models.wishes_open import Wish, open_wishes
from office.entries import Directory, Entry
from office.proposed_time import verdict_on
from office.record import reading
from scheduler.care_plans import sessions_of
from scheduler.facts import Appointment, AppointmentStatus, Network


@dataclass(frozen=True, slots=True)
class ToRebook:
    """A session whose client can't come, and when they were asked to.

    ``still_booked``: the declined appointment is published until the next draft is.
    """

    reply_id: int
    entry: Entry
    still_booked: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another time that a client would like better, on the clocks of the location.

    ``verdict`` is "free", or the rules that it would break.
    """

    reply_id: int
    entry: Entry
    starts_at: datetime
    ends_at: datetime
    verdict: str
    comment: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A mail that somebody should read, and why no program can."""

    reply_id: int
    received_at: datetime
    sender: str
    reason: str


@dataclass(frozen=True, slots=True)
class Replies:
    """What is to be done about answers."""

    to_rebook: tuple[ToRebook, ...]
    proposals: tuple[Proposal, ...]
    set_aside: tuple[SetAside, ...]


def list_replies(db: str, *, now: datetime) -> Replies:
    """What waits for somebody: declines without another time, proposals, and mails set aside."""
    with reading(db) as session:
        network, settings = load_network(session), load_settings(session)
        directory = Directory.of(network)
        declines, wishes = load_declines(session), open_wishes(session, now)
        said, aside = comments(session), _set_aside(session)
    known = {it.appointment_id: it for it in network.appointments}
    proposals = (_proposal(it, directory, network, settings.grid) for it in wishes)
    return Replies(
        tuple(
            ToRebook(
                it.reply_id,
                directory.entry(known[it.appointment_id]),
                it.stands,
                said.get(it.appointment_id, ""),
            )
            for it in declines
            if _waits(it, known[it.appointment_id], network, now)
        ),
        tuple(sorted(proposals, key=lambda it: it.starts_at)),
        aside,
    )


def _waits(decline: Decline, appointment: Appointment, network: Network, now: datetime) -> bool:
    """Whether the session still needs another time, and can still have one."""
    plan = next(it for it in network.care_plans if it.plan_id == appointment.plan_id)
    closes = {it.number: it.closes for it in sessions_of(plan)}.get(appointment.session_number)
    if closes is None or closes <= now.date():
        return False
    return decline.stands or not any(
        it.plan_id == appointment.plan_id
        and it.session_number == appointment.session_number
        and it.service_id == appointment.service_id
        and it.status is not AppointmentStatus.CANCELLED
        for it in network.appointments
    )


def _proposal(wish: Wish, directory: Directory, network: Network, grid: int) -> Proposal:
    appointment = next(
        it for it in network.appointments if it.appointment_id == wish.appointment_id
    )
    return Proposal(
        reply_id=wish.reply_id,
        entry=directory.entry(appointment),
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        verdict=verdict_on(network, replace(appointment, starts_at=wish.starts_at), grid),
        comment=wish.comment,
    )


def _set_aside(session: Session) -> tuple[SetAside, ...]:
    rows = session.scalars(
        select(ReplyRow).where(ReplyRow.state == ReplyState.SET_ASIDE).order_by(ReplyRow.id)
    )
    return tuple(SetAside(it.id, it.received_at, it.sender, it.reason) for it in rows)
