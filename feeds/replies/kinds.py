"""What a mail to the clinic's mailbox can turn out to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """What somebody who was invited says, by the words of iCalendar's PARTSTAT."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to an invite (METHOD:REPLY).

    ``sequence`` is that of the invite which is answered, None where the program left it out, and
    ``stamp`` the instant of the answer: together they order the answers to one UID (RFC 5546,
    2.1.5). ``attendee`` is a mail address in lower case; ``sent_by`` another one who answered in
    their place, or empty. ``about`` is the start of the appointment as the program knows it, if
    it says so. ``comment`` is one paragraph of printable text, often empty.
    """

    uid: str
    sequence: int | None
    stamp: datetime
    attendee: str
    answer: Answer
    comment: str = ""
    sent_by: str = ""
    about: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """Another time is proposed (METHOD:COUNTER), from ``starts_at`` to ``ends_at`` if that is said.

    The rest is as in ``Reply``. A program that writes "accepted" beside the new time means that
    time. One that writes "declined" refuses the old one: that is a ``Reply`` of its own.
    """

    uid: str
    sequence: int | None
    stamp: datetime
    attendee: str
    starts_at: datetime
    ends_at: datetime | None
    comment: str = ""
    sent_by: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours could not be delivered: its Message-ID without brackets, and the reason.

    The Message-ID is empty where the report does not say which mail it is about.
    """

    message_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that looks like an answer and can't be read, in a sentence for people."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotAReply:
    """A mail of another kind. ``by_robot``: no human wrote it, so nobody needs to read it."""

    reason: str
    by_robot: bool = False


Finding = Reply | Counter | Bounce | Unreadable | NotAReply


@dataclass(frozen=True, slots=True)
class Mail:
    """What was found in one mail, and what tells who sent it.

    ``author`` is the address of From in lower case, empty where that has none or several; None for
    a bare calendar file, which nobody signs. ``is_sent_for``: Sender names somebody else, who
    sent it in the author's place. ``is_forged``: the receiving server found that the author's
    domain did not send it (``dmarc=fail`` in Authentication-Results).
    """

    findings: tuple[Finding, ...]
    message_id: str = ""
    author: str | None = None
    is_sent_for: bool = False
    is_forged: bool = False
