"""A real mail server on loopback, and phones that read what it was given as calendars do."""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar

ACCEPTED = "250 OK"


@dataclass
class PostOffice:
    """Answers as it is told to, and keeps what it accepted in the order in which it came."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    to_recipients: dict[str, str] = field(default_factory=dict)
    to_senders: str = ""
    to_content: str = ACCEPTED
    hangs_up_after_taking: bool = False

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.to_senders or ACCEPTED

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_recipients.get(address, ACCEPTED)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.to_content != ACCEPTED:
            return self.to_content
        (address,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        self.taken.append((address, envelope.content))
        if self.hangs_up_after_taking:
            assert server.transport is not None
            server.transport.close()
        return ACCEPTED

    @property
    def environment(self) -> dict[str, str]:
        """How to reach it."""
        return {"CAREWEAVE_SMTP": f"smtp://127.0.0.1:{self.port}"}

    def subjects(self, address: str) -> list[str]:
        return [parsed(content)["Subject"] for to, content in self.taken if to == address]


@contextmanager
def post_office(**more: Any) -> Iterator[PostOffice]:
    """A server that runs until the block ends."""
    office = PostOffice(port=free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **more)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def calendar_part(content: bytes) -> Any:
    """The iTIP object of a mail; None where it has none."""
    for part in parsed(content).walk():
        if part.get_content_type() == "text/calendar":
            octets = part.get_payload(decode=True)
            assert isinstance(octets, bytes)
            return Calendar.from_ical(octets)
    return None


@dataclass
class Phone:
    """A calendar that believes the highest SEQUENCE of a UID, then the latest DTSTAMP."""

    entries: dict[str, tuple[int, datetime, datetime, bool]] = field(default_factory=dict)
    seen: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def read(self, content: bytes) -> None:
        calendar = calendar_part(content)
        if calendar is None:
            return
        (event,) = calendar.events
        uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
        stamp = event.DTSTAMP.astimezone(UTC)
        self.seen[uid].append(sequence)
        known = self.entries.get(uid)
        if known is None or (sequence, stamp) >= known[:2]:
            off = calendar["METHOD"] == "CANCEL"
            self.entries[uid] = (sequence, stamp, event.start.astimezone(UTC), off)

    def shows(self) -> dict[str, datetime]:
        """Start by UID of what is not off."""
        return {uid: start for uid, (_, _, start, off) in self.entries.items() if not off}


def phones(office: PostOffice) -> dict[str, Phone]:
    """Everybody's calendar, by address."""
    found: defaultdict[str, Phone] = defaultdict(Phone)
    for address, content in office.taken:
        found[address].read(content)
    return found
