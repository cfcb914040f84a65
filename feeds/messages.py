"""Mails as bytes, frozen once and for all: the same mail sent twice is the same to the last byte.

An invite has the shape that Outlook, Gmail and Thunderbird take for one (iMIP, RFC 6047): the
calendar stands last in the multipart/alternative, which comes first, and once more as a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from feeds.invites import Mailbox, Method
from feeds.wording import one_line


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom and when. ``key`` is what makes the mail one of its kind.

    Mails with the same key have the same Message-ID; ``date`` is an aware instant.
    """

    sender: Mailbox
    recipient: Mailbox
    date: datetime
    key: str

    @property
    def message_id(self) -> str:
        """The Message-ID with its brackets, at the sender's domain."""
        domain = self.sender.address.rpartition("@")[2]
        return f"<{_digest(self.key, 'message')}@{domain}>"


def invite_message(letter: Letter, calendar: bytes, method: Method, envelope: Envelope) -> bytes:
    """The mail that carries one invite."""
    message = _written(letter, envelope)
    message.add_alternative(
        calendar.decode("utf-8"),
        subtype="calendar",
        params={"method": method.value, "component": "VEVENT"},
        cte="base64",
    )
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
    return _frozen(message, envelope)


def plain_message(letter: Letter, envelope: Envelope) -> bytes:
    """A mail of text and HTML alone."""
    return _frozen(_written(letter, envelope), envelope)


def _written(letter: Letter, envelope: Envelope) -> EmailMessage:
    message = EmailMessage(policy=SMTP)  # with the default policy calendars lose their CRLF
    message["From"] = _address(envelope.sender)
    message["To"] = _address(envelope.recipient)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = envelope.date
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"  # no holiday notes in answer, please
    message.set_content(letter.text, cte="quoted-printable")  # a relay may know seven bits only
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def _address(mailbox: Mailbox) -> Address:
    return Address(one_line(mailbox.name), addr_spec=mailbox.address)


def _frozen(message: EmailMessage, envelope: Envelope) -> bytes:
    """The bytes, with boundaries that follow from the key instead of from chance."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{_digest(envelope.key, f'boundary {number}')}")
    return message.as_bytes()


def _digest(key: str, purpose: str) -> str:
    return sha256(f"{purpose} {key}".encode()).hexdigest()[:32]
