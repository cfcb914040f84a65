"""Whether an answer counts: from whom, to what, and whether it is the last word."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feeds.replies import Mail
from models.answering import OVERTAKEN, decided, rank
from models.appointments import AppointmentRow
from models.clients import ClientRow
from models.outbox import ToldRow
from models.replies import ReplyKind, ReplyRow, ReplyState
from scheduler.facts import AppointmentStatus

AHEAD = timedelta(days=1)
"""A clock that goes ahead by more would let its answers win for ever."""

ANOTHER_TIME = "it is about another time than the appointment's"

Verdict = tuple[ReplyState, str]
"""What becomes of an answer, and why where it does not hold."""


def judge_answer(session: Session, row: ReplyRow, mail: Mail, sent_by: str) -> Verdict:
    """The verdict on an answer or proposal, which also learns what it is about.

    What is nobody's fault but can't be right is set aside for people to read: a machine that
    guesses here gives a client's appointment away.
    """
    appointment = session.scalar(select(AppointmentRow).where(AppointmentRow.uid == row.uid))
    if appointment is None:
        return ReplyState.SET_ASIDE, "it is about an appointment that we don't know"
    row.appointment_id = appointment.appointment_id
    doubt = (
        _doubt_who(session, row, appointment, mail, sent_by)
        or _doubt_when(row)
        or _doubt_which(row, appointment)
    )
    if doubt:
        return ReplyState.SET_ASIDE, doubt
    last = decided(session, row)
    if last is not None and rank(row) < rank(last):
        return ReplyState.OLD, OVERTAKEN
    if appointment.status is not AppointmentStatus.BOOKED:
        gone = appointment.status is AppointmentStatus.CANCELLED
        return ReplyState.SET_ASIDE, f"the appointment {'was cancelled' if gone else 'is over'}"
    return _about(row, appointment)


def _doubt_who(
    session: Session, row: ReplyRow, appointment: AppointmentRow, mail: Mail, sent_by: str
) -> str:
    """Why the answer may not be the client's own (RFC 6047, 2.2.1); empty where it is."""
    asked = _asked(session, appointment)
    if not asked:
        return "we have no mail address of the client, so we asked nobody"
    if row.attendee not in asked:
        return "somebody answers who was not asked"
    if sent_by:
        return "somebody else answers in the client's place"
    return _doubt_mail(mail, asked)


def _doubt_mail(mail: Mail, asked: frozenset[str]) -> str:
    """Why the mail may not be from who was asked. From alone tells: servers check no other."""
    if mail.author is not None and mail.author not in asked:
        return "it was sent from another address than the client's: an alias, or it was forwarded"
    if mail.is_sent_for:
        return "somebody else sent it in the client's place (Sender is not From)"
    if mail.is_forged:
        return "the mail server doubts who sent it (dmarc=fail)"
    return ""


def _asked(session: Session, appointment: AppointmentRow) -> frozenset[str]:
    """The addresses that may answer: where the invite went, and what is on record today."""
    told = session.get(ToldRow, appointment.appointment_id)
    client = session.get(ClientRow, appointment.client_id)
    known = (told.address if told else None, client.email if client else None)
    return frozenset(address.strip().casefold() for address in known if address)


def _doubt_when(row: ReplyRow) -> str:
    assert row.stamp is not None  # noqa: S101 - for mypy: every answer has one
    if row.stamp > row.received_at + AHEAD:
        return "the time at which it was answered lies in the future"
    return ""


def _doubt_which(row: ReplyRow, appointment: AppointmentRow) -> str:
    """Learn which invite is answered where SEQUENCE is missing, or why nobody can tell.

    An appointment that never changed has one invite. Of several the start tells whether the time
    is today's, and an answer given after the last of them answers that one.
    """
    if row.sequence is None:
        if appointment.sequence and row.about is None:
            return "it does not say which of our invites it answers (SEQUENCE is missing)"
        if appointment.sequence and row.about != appointment.starts_at:
            return ANOTHER_TIME
        if appointment.sequence and _was_revised_since(row, appointment):
            return "the appointment has changed since, and it does not say what it answers"
        row.sequence = appointment.sequence
    return ""


def _was_revised_since(row: ReplyRow, appointment: AppointmentRow) -> bool:
    assert row.stamp is not None  # noqa: S101 - for mypy: every answer has one
    return appointment.revised_at is not None and row.stamp < appointment.revised_at


def _about(row: ReplyRow, appointment: AppointmentRow) -> Verdict:
    """Whether it is about the time for which the appointment is booked now."""
    assert row.sequence is not None  # noqa: S101 - for mypy: every answer has one
    same_time = row.about == appointment.starts_at
    if row.sequence > appointment.sequence:
        return ReplyState.SET_ASIDE, "it answers an invite that we have not sent"
    if row.sequence < appointment.sequence and not same_time:
        return ReplyState.OLD, "the appointment has moved since"
    if row.kind is ReplyKind.ANSWER and row.about is not None and not same_time:
        return ReplyState.SET_ASIDE, ANOTHER_TIME
    row.starts_at, row.ends_at = appointment.starts_at, appointment.ends_at
    return ReplyState.HOLDS, ""
