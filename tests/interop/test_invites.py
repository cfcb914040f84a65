"""Programs take our invites for what they are, and our mails arrive byte for byte."""

from __future__ import annotations

import re
import smtplib
from email import message_from_bytes

import pytest

from feeds import FeedAppointment
from feeds.wording import for_client
from tests.feeds.example import SIMPLE, appointment
from tests.interop.messages import (
    CLINIC,
    DINA,
    ELSEWHERE,
    MOVED,
    OFF,
    calendar_parts,
    mail,
    message,
)
from tests.interop.readers import Reader
from tests.interop.readers.libraries import Libical
from tests.interop.site import mail_server


@pytest.mark.behaviour("invites: tells new, moved, changed, outdated and cancelled ones apart")
@pytest.mark.parametrize(
    ("new", "known", "taken_for"),
    [
        (message(SIMPLE), None, "REQUEST-NEW"),
        (message(MOVED, 5), message(SIMPLE), "REQUEST-RESCHEDULE"),
        (message(ELSEWHERE, 5), message(SIMPLE), "REQUEST-UPDATE"),
        (message(SIMPLE), message(MOVED, 5), "OBSOLETE"),
        (message(OFF, 9), message(MOVED, 5), "CANCEL-EVENT"),
        (message(OFF, 9), message(SIMPLE), "CANCEL-EVENT"),
    ],
    ids=["new", "moved", "elsewhere", "outdated", "cancelled", "cancelled after a lost mail"],
)
def test_invites_are_told_apart(
    libical: Libical, new: bytes, known: bytes | None, taken_for: str
) -> None:
    assert libical.classify(new, known, DINA.address) == taken_for


@pytest.mark.behaviour("invites: no fault by the REQUEST and CANCEL tables of RFC 5546")
@pytest.mark.parametrize("each", [SIMPLE, MOVED, OFF], ids=["new", "moved", "cancelled"])
def test_invites_are_valid(libical: Libical, each: FeedAppointment) -> None:
    assert libical.faults(message(each)) == []


REQUIRED = {
    SIMPLE: ("ATTENDEE", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"),
    OFF: ("DTSTAMP", "ORGANIZER", "SEQUENCE", "UID"),
}
"""What the tables ask for: libical must miss each, lest "no fault" mean nothing."""


@pytest.mark.parametrize(
    ("each", "name"), [(each, name) for each, names in REQUIRED.items() for name in names]
)
def test_the_validator_misses_each_property_that_a_table_requires(
    libical: Libical, each: FeedAppointment, name: str
) -> None:
    unfolded = message(each).replace(b"\r\n ", b"")
    without = re.sub(
        rf"\r\n{name}[;:][^\r]*(?=\r\n.*END:VEVENT)".encode(), b"", unfolded, flags=re.DOTALL
    )
    assert any(name in fault for fault in libical.faults(without))


@pytest.mark.behaviour("invites: words and names with ; , quotes and emoji are whole")
def test_an_invite_says_what_the_feed_says(library: Reader) -> None:
    odd = appointment(location_name='Back\\slash; "Quoted", 🧘', therapist_name="שרה כהן")
    (entry,) = library.entries(message(odd))
    wording = for_client(odd)
    assert (entry.summary, entry.location) == (wording.summary, wording.location)
    assert (entry.description, entry.starts_at) == (wording.description, odd.starts_at)


def test_the_calendar_arrives_byte_for_byte() -> None:
    calendar = message(SIMPLE)
    with mail_server() as inbox, smtplib.SMTP("127.0.0.1", inbox.port) as client:
        client.sendmail(CLINIC.address, [DINA.address], mail(calendar))
    arrived = message_from_bytes(inbox.mails[0])
    part, attached = calendar_parts(arrived)
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert (part.get_payload(decode=True), attached.get_payload(decode=True)) == (calendar,) * 2
