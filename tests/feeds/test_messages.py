"""A mail has the shape that mail programs take for an invite, and the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.invites import Mailbox, Method, invite
from feeds.letters import Change, Letters
from feeds.messages import Envelope, Letter, invite_message, plain_message
from feeds.visits import House, Visit, visit
from tests.feeds.example import SIMPLE

CLINIC = Mailbox("appointments@willow.example", "Willow Massage")
DINA = Mailbox("dina@mail.example", "Dina Müller-Okafor")
NOW = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
ICS = invite(SIMPLE, Method.REQUEST, CLINIC, DINA, NOW)
LETTER = Letter("Your appointment", "Grüße\n", "<p>Grüße</p>\n")
ENVELOPE = Envelope(CLINIC, DINA, NOW, "publication 1, a17")

PLAIN = visit(SIMPLE, name_service=False)


def parsed(octets: bytes) -> EmailMessage:
    message = message_from_bytes(octets, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def mail(letter: Letter = LETTER, envelope: Envelope = ENVELOPE) -> bytes:
    return invite_message(letter, ICS, Method.REQUEST, envelope)


def test_the_calendar_stands_last_in_the_alternative_and_once_more_as_a_file() -> None:
    message = parsed(mail())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    *_, calendar, file = message.walk()
    content_type = calendar["Content-Type"]
    assert dict(content_type.params) == {
        "charset": "utf-8",
        "method": "REQUEST",
        "component": "VEVENT",
    }
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert calendar.get_filename() is None
    assert file.get_filename() == "invite.ics"
    # From the wire, to the byte: with another policy the lines would end in LF alone.
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ICS


def test_it_comes_from_the_mailbox_that_organises() -> None:
    message = parsed(mail())
    assert message["From"] == "Willow Massage <appointments@willow.example>"
    assert message["To"] == "Dina Müller-Okafor <dina@mail.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"].endswith("@willow.example>")


def test_it_is_seven_bit_with_proper_line_ends() -> None:
    octets = mail()
    assert octets.isascii()
    assert octets.count(b"\n") == octets.count(b"\r\n")
    assert max(map(len, octets.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("was", [PLAIN, None])
def test_the_longest_subjects_of_ours_fit_the_line_of_their_name(was: Visit | None) -> None:
    longest = replace(PLAIN, day="Wednesday, 29 September 2027", begins="10:00 am")
    change = Change(longest, was) if was else Change(None, longest)
    letter = Letters().invite(House("Willow"), "Dina Young", change)
    assert f"\r\nSubject: {letter.subject}\r\n".encode() in mail(letter)


def test_the_same_mail_is_the_same_to_the_byte_and_another_is_not() -> None:
    assert mail() == mail()
    other = replace(ENVELOPE, key="publication 2, a17")
    assert other.message_id != ENVELOPE.message_id
    assert mail(envelope=other) != mail()


def test_a_plain_mail_has_text_and_html() -> None:
    message = parsed(plain_message(LETTER, ENVELOPE))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@given(st.text(), st.text(), st.text(), st.text())
def test_no_name_can_smuggle_a_header_or_a_recipient_in(
    clinic: str, client: str, subject: str, text: str
) -> None:
    envelope = Envelope(Mailbox(CLINIC.address, clinic), Mailbox(DINA.address, client), NOW, "k")
    message = parsed(mail(Letter(subject, "text", "html"), envelope))
    assert sorted(message.keys()) == [
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert [it.addr_spec for it in message["To"].addresses] == [DINA.address]
    assert [it.addr_spec for it in message["From"].addresses] == [CLINIC.address]
    assert [part.get_content_type() for part in message.walk()][-1] == "application/ics"
