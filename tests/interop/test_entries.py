"""Every program shows all of our entries, with all of their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import pytest

from feeds import ClientNames, FeedAppointment, client_calendar, therapist_calendar
from feeds.wording import Wording, for_client, for_therapist
from tests.feeds.example import appointment, wall, week
from tests.interop.readers import Entry, Reader
from tests.interop.readers.libraries import IcalJs, Libical


def wanted(
    appointments: list[FeedAppointment], wording: Callable[[FeedAppointment], Wording]
) -> list[Entry]:
    """What a program should show of them."""
    return sorted(
        Entry(
            it.starts_at.astimezone(UTC),
            it.ends_at.astimezone(UTC),
            f"{'Cancelled: ' if it.cancelled else ''}{wording(it).summary}",
            wording(it).location,
            wording(it).description,
            it.cancelled,
        )
        for it in appointments
    )


@pytest.mark.behaviour("feeds: an entry for each appointment; a cancelled one is cancelled")
def test_a_week_arrives_with_its_words_and_its_cancellation(reader: Reader) -> None:
    entries = reader.entries(client_calendar("Appointments", week()))
    assert entries == wanted(week(), for_client)
    assert [it.cancelled for it in entries].count(True) == 1


NAMES = (
    "Semi; Colon, Comma",
    "Back\\slash \\n not a newline \\; \\,",
    'The "Quoted" One',
    "Two\nlines\r\nand\ttabs",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Injected",
    "Zoë 🧘🏽‍♀️ Müller-Łukasiewicz",
    "שרה כהן",
    "\u202eنور\u202c Haddad",
    "名前 " + "長" * 60,
    "<b>Bold</b> & Co: 100% #1",
)


@pytest.mark.behaviour(
    "feeds: names with ; , quotes, line breaks, emoji, right-to-left text are whole"
)
def test_names_arrive_whole(reader: Reader) -> None:
    appointments = [
        appointment(
            uid=f"n{count}@clinic.example",
            starts_at=wall(f"2027-03-{count + 1:02}T09:00"),
            client_name=name,
            room_name=name,
            location_name=name,
        )
        for count, name in enumerate(NAMES)
    ]
    calendar = therapist_calendar("Sofia; Rossi, 🙂", appointments, ClientNames.FULL)
    assert reader.entries(calendar) == wanted(
        appointments, lambda it: for_therapist(it, ClientNames.FULL)
    )


def as_publish(calendar: bytes) -> bytes:
    """The feed as a message, with an organizer in each entry."""
    organizer = b"BEGIN:VEVENT\r\nORGANIZER:mailto:appointments@willow.example"
    calendar = calendar.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH")
    return calendar.replace(b"BEGIN:VEVENT", organizer)


@pytest.mark.behaviour("feeds: no fault by RFC 5545 and the PUBLISH table of RFC 5546")
def test_feeds_are_valid(libical: Libical) -> None:
    """Feeds bear no METHOD. The table of PUBLISH is stricter, and we mean to leave out only the
    organizer that it wants in each entry.
    """
    calendar = therapist_calendar("Sofia Rossi", week())
    assert libical.faults(calendar) == []
    assert libical.faults(as_publish(calendar)) == []


def test_the_validator_notices_what_is_missing(libical: Libical) -> None:
    calendar = as_publish(client_calendar("Appointments", [appointment()]))
    (fault,) = libical.faults(calendar.replace(b"DTSTART;", b"X-START;"))
    assert "DTSTART" in fault


@pytest.mark.behaviour("feeds: REFRESH-INTERVAL is taken for a duration")
def test_properties_have_their_types(icaljs: IcalJs) -> None:
    types = icaljs.types(client_calendar("Appointments", week()))
    assert types["refresh-interval"] == "duration"
    assert types["last-modified"] == "date-time"
    assert "unknown" not in {types[name] for name in types if name not in UNTYPED}


UNTYPED = {"name", "x-wr-calname", "x-published-ttl"}
"""Names that ical.js gives no type: it knows no RFC 7986, and nobody's X- properties."""
