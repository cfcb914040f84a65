"""An invite tells one person of one appointment, in the way calendar programs expect."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from feeds import client_calendar
from feeds.appointment import FeedAppointment
from feeds.invites import Mailbox, Method, invite
from feeds.wording import Wording
from scheduler.facts import AppointmentStatus
from tests.feeds.example import SIMPLE, appointment, wall

CLINIC = Mailbox("appointments@willow.example", "Willow Massage")
DINA = Mailbox("dina@mail.example", "Dina Müller-Okafor")
STAMP = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
OFF = appointment(sequence=3, status=AppointmentStatus.CANCELLED)


def lines(each: FeedAppointment = SIMPLE, method: Method = Method.REQUEST) -> list[str]:
    octets = invite(each, method, CLINIC, DINA, STAMP)
    return octets.replace(b"\r\n ", b"").decode().split("\r\n")


def event(octets: bytes) -> Any:
    (found,) = Calendar.from_ical(octets).events
    return found


def test_the_method_stands_ahead_of_everything_else() -> None:
    assert lines()[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Careweave//Invites//EN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE",
    ]


def test_a_request_asks_for_an_answer() -> None:
    assert {
        'ORGANIZER;CN="Willow Massage":mailto:appointments@willow.example',
        (
            'ATTENDEE;CN="Dina Müller-Okafor";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;'
            "ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:dina@mail.example"
        ),
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "SEQUENCE:0",
        "DTSTAMP:20270105T093000Z",
        "DTSTART;TZID=America/Los_Angeles:20270301T090000",
    } <= set(lines())


def test_a_cancellation_asks_for_nothing_and_frees_the_time() -> None:
    found = lines(OFF, Method.CANCEL)
    assert {
        "METHOD:CANCEL",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "SEQUENCE:3",
        "SUMMARY:Cancelled: Appointment at Beaverton",
    } <= set(found)
    assert not any("RSVP" in line or "PARTSTAT" in line for line in found)


def test_it_is_the_same_entry_as_in_the_feed() -> None:
    invited = event(invite(SIMPLE, Method.REQUEST, CLINIC, DINA, STAMP))
    (fed,) = Calendar.from_ical(client_calendar("Appointments", [SIMPLE])).events
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION"):
        assert invited[name].to_ical() == fed[name].to_ical(), name


def test_no_alarm_and_no_word_on_what_for() -> None:
    text = "\n".join(lines())
    assert "VALARM" not in text
    assert "Neuromuscular" not in text


@pytest.mark.parametrize(
    "each",
    [
        appointment(starts_at=wall("2027-11-07T01:30", fold=1)),
        appointment(timezone="Africa/Cairo", starts_at=wall("2027-05-03T09:00", "Africa/Cairo")),
    ],
    ids=["an hour that happens twice", "a zone without yearly rules"],
)
def test_times_that_local_clocks_cannot_say_are_in_utc(each: FeedAppointment) -> None:
    start = next(line for line in lines(each) if line.startswith("DTSTART:") and "Z" in line)
    assert start == f"DTSTART:{each.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@pytest.mark.parametrize(
    ("each", "method", "attendee", "fault"),
    [
        (SIMPLE, Method.REQUEST, CLINIC, "would invite itself"),
        (SIMPLE, Method.CANCEL, DINA, "is booked, so no CANCEL"),
        (OFF, Method.REQUEST, DINA, "is cancelled, so no REQUEST"),
    ],
)
def test_an_invite_that_makes_no_sense_is_refused(
    each: FeedAppointment, method: Method, attendee: Mailbox, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        invite(each, method, CLINIC, attendee, STAMP)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dina",
        "@mail.example",
        "dina@",
        "di na@x.example",
        "ü@x.example",
        "a@b.example\r\nX: y",
        '"a,b"@x.example',
    ],
)
def test_an_address_that_would_break_a_calendar_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="the address is"):
        Mailbox(address)


@given(st.lists(st.text(), min_size=6, max_size=6))
@example(["", "", "", "", "\\", ""])
def test_no_name_can_smuggle_a_property_in(texts: list[str]) -> None:
    who, where, address, phone, clinic, client = texts
    each = appointment(
        therapist_name=who, location_name=where, location_address=address, location_phone=phone
    )
    octets = invite(
        each, Method.REQUEST, Mailbox(CLINIC.address, clinic), Mailbox(DINA.address, client), STAMP
    )
    parsed = event(octets)
    assert parsed.errors == []
    known = {
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "ATTENDEE",
        "CLASS",
        "CREATED",
        "DESCRIPTION",
        "LAST-MODIFIED",
        "LOCATION",
        "ORGANIZER",
        "STATUS",
        "TRANSP",
    }
    assert set(parsed) <= known
    assert [str(it) for it in parsed.attendees] == ["mailto:dina@mail.example"]
    assert parsed.organizer == "mailto:appointments@willow.example"
    assert set(parsed.organizer.params) <= {"CN"}


def test_a_clinics_own_wording_is_used() -> None:
    wording = Wording("Massage", "Here", "Bring a towel; and time")
    parsed = event(invite(SIMPLE, Method.REQUEST, CLINIC, DINA, STAMP, wording))
    assert (parsed["SUMMARY"], parsed["DESCRIPTION"]) == ("Massage", "Bring a towel; and time")
