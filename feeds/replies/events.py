"""The answers in a calendar: one for each UID."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Component

from feeds.replies.calendar_bytes import parse
from feeds.replies.kinds import Answer, Counter, Finding, NotAReply, Reply, Unreadable
from feeds.replies.words import address_of, printable

MOST_EVENTS = 100
"""Nobody answers more invites at once."""

LONGEST_UID = 255
"""Letters of the longest UID that is looked at; ours have 36."""

_WE_READ = frozenset(
    ("UID", "DTSTAMP", "SEQUENCE", "ATTENDEE", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
)
_YEARS = range(1970, 2200)


class AnswerError(ValueError):
    """An answer that can't be read; the message goes to the clinic's staff."""


def answers_in(text: str, method: str, author: str) -> tuple[Finding, ...]:
    """What the calendars in ``text`` say; ``method`` is that of the mail part, if it has one.

    ``author`` is who wrote the mail, which tells who answers where a program copies everybody
    who was invited; empty where nobody is known to have.
    """
    try:
        calendars = parse(text)
        return tuple(it for each in calendars for it in _answers(each, method, author))
    except AnswerError as error:
        return (Unreadable(str(error)),)
    except Exception as error:  # noqa: BLE001 - hostile bytes break a parser anyhow
        return (Unreadable(f"its calendar is malformed ({printable(str(error), 200)})"),)


def _answers(calendar: Component, method: str, author: str) -> list[Finding]:
    said = str(calendar.get("METHOD", method)).strip().upper()
    if said not in {"REPLY", "COUNTER"}:
        kind = printable(said, 40) or "no METHOD"
        return [NotAReply(f"its calendar is no answer to an invite but has {kind}")]
    events = calendar.walk("VEVENT")
    if not events:
        raise AnswerError("its calendar has no appointment")
    if len(events) > MOST_EVENTS:
        raise AnswerError(f"its calendar has {len(events):,} appointments")
    lots: dict[str, list[Component]] = defaultdict(list)
    for event in events:
        lots[_uid(event)].append(event)
    if said == "REPLY":
        return [_one(lot, [_reply(event, author) for event in lot]) for lot in lots.values()]
    found: list[Finding] = []
    for lot in lots.values():
        found.append(_one(lot, [_counter(event, author) for event in lot]))
        if isinstance(found[-1], Counter) and (refusal := _refusal(lot[-1], author)):
            found.append(refusal)
    return found


def _refusal(event: Component, author: str) -> Reply | None:
    """The decline beside a proposal, as of "decline and propose a new time" in Outlook."""
    attendee = _attendee(event, author)
    if str(attendee.params.get("PARTSTAT", "")).strip().lower() != Answer.DECLINED:
        return None
    return Reply(**_identity(event, attendee), answer=Answer.DECLINED)


def _one(events: Sequence[Component], read: Sequence[Reply | Counter]) -> Finding:
    """One answer for several components of a UID.

    Some programs copy all dates of a series. Ours have one date each, so the copies must agree,
    or the one without RECURRENCE-ID decides.
    """
    own = [it for event, it in zip(events, read, strict=True) if "RECURRENCE-ID" not in event]
    several = own or list(read)
    alike = {(it.answer if isinstance(it, Reply) else it.starts_at) for it in several}
    if len(alike) > 1:
        return Unreadable("it answers one appointment in several ways at once")
    return max(several, key=lambda it: (it.sequence or 0, it.stamp))


def _uid(event: Component) -> str:
    for name, reason in event.errors:
        if str(name).upper() in _WE_READ:
            raise AnswerError(f"its {name} can't be read ({printable(str(reason), 120)})")
    uid = str(event.get("UID", "")).strip()
    if not uid or len(uid) > LONGEST_UID or not uid.isprintable():
        raise AnswerError("it does not say which appointment it is about (UID)")
    return uid


def _reply(event: Component, author: str) -> Reply:
    attendee = _attendee(event, author)
    word = str(attendee.params.get("PARTSTAT", "")).strip().upper()
    try:
        answer = Answer(word.lower())
    except ValueError:
        raise AnswerError(
            f"it neither accepts nor declines (PARTSTAT is {printable(word, 40) or 'missing'})"
        ) from None
    about = _instant(event, "DTSTART") if "DTSTART" in event else None
    return Reply(
        **_identity(event, attendee),
        answer=answer,
        comment=_comment(event, attendee),
        about=about,
    )


def _counter(event: Component, author: str) -> Counter:
    attendee = _attendee(event, author)
    starts_at, ends_at = _instant(event, "DTSTART"), _end(event)
    if ends_at is not None and ends_at <= starts_at:
        raise AnswerError("the proposed time ends before it starts")
    return Counter(
        **_identity(event, attendee),
        starts_at=starts_at,
        ends_at=ends_at,
        comment=_comment(event, attendee),
    )


def _identity(event: Component, attendee: Any) -> dict[str, Any]:  # noqa: ANN401 - icalendar's address
    """What reply and counter have in common: which invite, when, and who."""
    address = address_of(str(attendee))
    sent_by = address_of(str(attendee.params.get("SENT-BY", "")))
    return {
        "uid": str(event["UID"]).strip(),
        "sequence": _sequence(event),
        "stamp": _instant(event, "DTSTAMP"),
        "attendee": address,
        "sent_by": "" if sent_by == address else sent_by,
    }


def _attendee(event: Component, author: str) -> Any:  # noqa: ANN401 - icalendar's address
    """Who answers. There must be one (RFC 5546, 3.2.3); of several, the author of the mail."""
    found = event.get("ATTENDEE", [])
    several = found if isinstance(found, list) else [found]
    if len(several) > 1:
        several = [it for it in several if author and address_of(str(it)) == author]
    if len(several) != 1 or not address_of(str(several[0])):
        raise AnswerError("it does not say who answers (ATTENDEE)")
    return several[0]


def _sequence(event: Component) -> int | None:
    found = event.get("SEQUENCE")
    if found is None:
        return None
    sequence = int(found)
    if sequence < 0:
        raise AnswerError(f"its SEQUENCE is {printable(str(sequence), 20)}")
    return sequence


def _instant(event: Component, name: str) -> datetime:
    """A property as an instant in UTC; a whole day or a time in an unknown zone is none."""
    found = event.get(name)
    if found is None or isinstance(found, list):
        raise AnswerError(f"it has {'several' if found else 'no'} {name}")
    moment: datetime | date = found.dt
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise AnswerError(f"its {name} is no time in a zone that we know")
    if moment.year not in _YEARS:
        raise AnswerError(f"its {name} is in the year {moment.year}")
    return moment.astimezone(UTC)


def _end(event: Component) -> datetime | None:
    if "DTEND" in event:
        return _instant(event, "DTEND")
    if "DURATION" in event:
        duration = getattr(event["DURATION"], "dt", None)
        if not isinstance(duration, timedelta) or not timedelta() < duration <= timedelta(days=1):
            raise AnswerError("the proposed time lasts longer than a day, or no time at all")
        return _instant(event, "DTSTART") + duration
    return None


def _comment(event: Component, attendee: Any) -> str:  # noqa: ANN401 - icalendar's address
    """What the client wrote beside the answer; Google puts it into a parameter of its own."""
    found = event.get("COMMENT", [])
    texts = [str(it) for it in (found if isinstance(found, list) else [found])]
    texts.append(str(attendee.params.get("X-RESPONSE-COMMENT", "")))
    return printable("\n".join(dict.fromkeys(text.strip() for text in texts)))
