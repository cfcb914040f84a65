"""One mail, or one calendar file, to what is in it."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses

from feeds.replies.bounces import bounce_in
from feeds.replies.calendar_bytes import text_of
from feeds.replies.events import answers_in
from feeds.replies.kinds import Bounce, Finding, Mail, NotAReply, Unreadable
from feeds.replies.words import address_of, printable

MOST_BYTES = 1_000_000
"""A mail with more is not parsed: the longest real answers have 40 kB."""

_MOST_PARTS = 200
_FORGED = re.compile(r"(?i)\bdmarc\s*=\s*fail\b")


def read_mail(content: bytes) -> Mail:
    """What one mail or ``.ics`` file says. Any bytes are read; none raise an exception."""
    if len(content) > MOST_BYTES:
        return Mail((Unreadable(f"it has more than {MOST_BYTES:,} bytes"),))
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().upper()
    if start.startswith(b"BEGIN:VCALENDAR"):
        return Mail(_distinct(answers_in(text_of(content, ""), "", "")))
    try:
        return _mail(email.message_from_bytes(content))
    except Exception as error:  # noqa: BLE001 - hostile bytes break a parser anyhow
        return Mail((Unreadable(f"the mail is malformed ({type(error).__name__})"),))


def _mail(message: Message) -> Mail:
    author = _address(message, "From")
    return Mail(
        findings=_distinct(_findings(message, author)),
        message_id=printable(str(message.get("Message-ID", "")), 255).strip("<> "),
        author=author,
        is_sent_for="Sender" in message and _address(message, "Sender") != author,
        is_forged=any(
            _FORGED.search(str(it)) for it in message.get_all("Authentication-Results", [])
        ),
    )


def _address(message: Message, name: str) -> str:
    """The one address in a header; empty where there is none, or several."""
    values = [str(it) for it in message.get_all(name, [])]
    found = [address for _, address in getaddresses(values)]
    return address_of(found[0]) if len(values) == len(found) == 1 else ""


def _findings(message: Message, author: str) -> tuple[Finding, ...]:
    if message.get_content_type() == "multipart/report":
        found = bounce_in(message)
        if isinstance(found, Bounce) or not _calendars(message):
            return (found,)
    calendars = _calendars(message)
    if calendars:
        return tuple(it for part in calendars for it in _answers(part, author))
    robot = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no"
    if robot:
        return (NotAReply("an automatic mail without a calendar", by_robot=True),)
    return (NotAReply("there is no calendar in it: somebody should read it"),)


def _calendars(message: Message) -> list[Message]:
    """The parts with the answer. Attached copies count only where there is nothing else."""
    parts = list(_leaves(message))
    inline = [it for it in parts if it.get_content_type() == "text/calendar"]
    attached = [it for it in parts if it.get_content_type() == "application/ics"]
    named = [it for it in parts if str(it.get_filename() or "").lower().endswith(".ics")]
    return inline or attached or named


def _leaves(message: Message) -> Iterator[Message]:
    """All parts that are not made of parts. A mail inside the mail was forwarded: it stays shut."""
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        payload = part.get_payload()
        if not isinstance(payload, list):
            yield part
        elif part.get_content_maintype() == "multipart":
            waiting.extend(it for it in reversed(payload) if isinstance(it, Message))


def _answers(part: Message, author: str) -> tuple[Finding, ...]:
    octets = part.get_payload(decode=True)
    if not isinstance(octets, bytes) or not octets.strip():
        return (Unreadable("its calendar is empty"),)
    text = text_of(octets, part.get_content_charset() or "")
    return answers_in(text, str(part.get_param("method") or ""), author)


def _distinct(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Each finding once, in the order of the mail: many mails hold the same calendar twice."""
    return tuple(dict.fromkeys(findings))
