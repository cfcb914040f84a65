"""An appointment's life in invites: new, moved, somewhere else, off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message

from feeds import FeedAppointment
from feeds.invites import Mailbox, Method, invite
from feeds.messages import Envelope, Letter, invite_message
from scheduler.facts import AppointmentStatus
from tests.feeds.example import SIMPLE, wall

CLINIC = Mailbox("appointments@willow.example", "Willow; Massage, Inc.")
DINA = Mailbox("dina@mail.example", 'Dina "Didi" Müller-Okafor 🙂')
STAMP = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)

MOVED = replace(
    SIMPLE, sequence=1, starts_at=wall("2027-03-03T12:00"), ends_at=wall("2027-03-03T13:00")
)
OFF = replace(MOVED, sequence=2, status=AppointmentStatus.CANCELLED)
ELSEWHERE = replace(SIMPLE, sequence=1, location_name="Gresham")


def message(each: FeedAppointment, minutes: int = 0) -> bytes:
    """The invite that goes out for an appointment, some minutes after the first."""
    method = Method.CANCEL if each.cancelled else Method.REQUEST
    return invite(each, method, CLINIC, DINA, STAMP + timedelta(minutes=minutes))


def mail(calendar: bytes) -> bytes:
    """The mail that brings an invite."""
    letter = Letter("Your appointment 🙂", "Come.", "<p>Come.</p>")
    return invite_message(letter, calendar, Method.REQUEST, Envelope(CLINIC, DINA, STAMP, "a17 0"))


def calendar_parts(arrived: Message) -> list[Message]:
    """The parts of a mail that are calendars, by their types."""
    wanted = ("text/calendar", "application/ics")
    return [it for it in arrived.walk() if it.get_content_type() in wanted]
