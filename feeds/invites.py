"""Invites: an appointment as an iTIP object (RFC 5546) that asks one person to come, or not to.

It has the UID and SEQUENCE that the same appointment has in feeds, so that programs know it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from icalendar import CLASS, CUTYPE, PARTSTAT, ROLE, STATUS, TRANSP, Calendar, Event, vCalAddress

from feeds.appointment import FeedAppointment
from feeds.calendars import times_of, zones_of
from feeds.wording import Wording, for_client, one_line

PRODUCT = "-//Careweave//Invites//EN"


class Method(StrEnum):
    """What an invite wants: ``REQUEST`` is new or changed, ``CANCEL`` is off."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person or a clinic by name and bare address; ValueError where the address is none."""

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        local, _, domain = self.address.rpartition("@")
        if not (local and domain and self.address.isascii() and self.address.isprintable()):
            raise ValueError(f"the address is {self.address!r}. Maybe like dina@mail.example?")
        if set(self.address) & set(' "<>,;:'):  # such local parts are legal, and broken by many
            raise ValueError(f"the address is {self.address!r}. Maybe one without quotes?")


def invite(
    appointment: FeedAppointment,
    method: Method,
    organizer: Mailbox,
    attendee: Mailbox,
    stamp: datetime,
    wording: Wording | None = None,
) -> bytes:
    """The iCalendar bytes that tell ``attendee`` of one appointment, and of nobody else.

    ``stamp`` is the aware instant at which this message was made; ``wording`` is the feed's for
    clients where none is given. No VALARM: when to be reminded is the client's own business.

    ValueError where a person would invite themselves, a booked appointment is to be cancelled
    or a cancelled one requested.
    """
    _check(appointment, method, organizer, attendee, stamp)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("METHOD", method.value)
    zones = zones_of([appointment])
    for zone in zones.values():
        calendar.add_component(zone)
    event = _event(appointment, method, stamp, wording or for_client(appointment))
    event.start, event.end = times_of(appointment, in_zone=bool(zones))
    event.organizer = vCalAddress.new(organizer.address, cn=_name(organizer))
    event.attendees = [_attendee(attendee, method)]
    calendar.add_component(event)
    octets: bytes = calendar.to_ical()
    return octets


def _check(
    appointment: FeedAppointment,
    method: Method,
    organizer: Mailbox,
    attendee: Mailbox,
    stamp: datetime,
) -> None:
    if organizer.address.casefold() == attendee.address.casefold():
        raise ValueError(f"{attendee.address} would invite itself. Maybe another mailbox?")
    if appointment.cancelled is not (method is Method.CANCEL):
        raise ValueError(f"{appointment.uid} is {appointment.status.value}, so no {method.value}.")
    if stamp.utcoffset() is None:
        raise ValueError(f"the stamp of {appointment.uid} is {stamp}, without a zone. Maybe UTC?")


def _event(
    appointment: FeedAppointment, method: Method, stamp: datetime, wording: Wording
) -> Event:
    """All but when, by whom and for whom. With a METHOD, DTSTAMP is when the message was made."""
    off = method is Method.CANCEL
    return Event.new(
        uid=appointment.uid,
        sequence=appointment.sequence,
        stamp=stamp,
        last_modified=appointment.revised_at,
        created=appointment.created_at,
        summary=f"Cancelled: {wording.summary}" if off else wording.summary,
        location=wording.location,
        description=wording.description or None,
        status=STATUS.CANCELLED if off else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if off else TRANSP.OPAQUE,
        classification=CLASS.PRIVATE,
    )


def _attendee(attendee: Mailbox, method: Method) -> vCalAddress:
    """Who is asked. Without these parameters programs show no buttons to answer with."""
    asked = method is Method.REQUEST
    return vCalAddress.new(
        attendee.address,
        cn=_name(attendee),
        cutype=CUTYPE.INDIVIDUAL,
        role=ROLE.REQ_PARTICIPANT,
        partstat=PARTSTAT.NEEDS_ACTION if asked else None,
        rsvp=True if asked else None,
    )


def _name(mailbox: Mailbox) -> str | None:
    """A name that fits a parameter, where RFC 5545 has no way to write a double quote.

    A backslash means itself there, but programs take one ahead of the colon for a part of the
    name, and then find no address.
    """
    return one_line(mailbox.name.replace('"', "").replace("\\", "/")) or None
