"""The three calendars as bytes: what stands in them, and that nothing else changes them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from feeds import client_calendar, location_calendar, therapist_calendar
from scheduler.facts import AppointmentStatus
from tests.feeds.example import GOLDEN, appointment, calendars, wall, week


def lines(octets: bytes) -> list[str]:
    """Return the unfolded content lines."""
    return octets.replace(b"\r\n ", b"").decode().splitlines()


def events(octets: bytes) -> list[list[str]]:
    """Return the unfolded content lines of each entry."""
    text = "\n".join(lines(octets))
    return [
        entry.splitlines()
        for entry in re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", text, re.DOTALL)
    ]


@pytest.mark.parametrize("file", ["therapist.ics", "location.ics", "client.ics"])
def test_calendars_are_the_golden_files(file: str) -> None:
    assert calendars()[file] == (GOLDEN / file).read_bytes()


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_bytes_do_not_depend_on_process_or_hash_seed(seed: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "tests.feeds.example", str(tmp_path)]
    subprocess.run(command, env=environment, cwd=GOLDEN.parents[2], check=True)
    for golden in GOLDEN.glob("*.ics"):
        assert (tmp_path / golden.name).read_bytes() == golden.read_bytes()


def test_bytes_do_not_depend_on_the_order_of_appointments() -> None:
    reverse = week()[::-1]
    assert location_calendar("Beaverton", reverse) == location_calendar("Beaverton", week())


def test_an_entry_carries_the_calendar_identity() -> None:
    (entry,) = events(
        client_calendar(
            "Dina",
            [
                appointment(
                    sequence=3,
                    created_at=datetime(2027, 1, 4, 12, tzinfo=UTC),
                    revised_at=datetime(2027, 2, 1, 9, 30, 15, tzinfo=UTC),
                )
            ],
        )
    )
    assert {
        "UID:a17@careweave.example",
        "SEQUENCE:3",
        "CREATED:20270104T120000Z",
        "DTSTAMP:20270201T093015Z",
        "LAST-MODIFIED:20270201T093015Z",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PRIVATE",
    } <= set(entry)


def test_an_appointment_that_took_place_stays_an_entry() -> None:
    (entry,) = events(location_calendar("B", [appointment(status=AppointmentStatus.COMPLETED)]))
    assert "STATUS:CONFIRMED" in entry


def test_a_cancelled_appointment_is_a_tombstone() -> None:
    (entry,) = events(client_calendar("D", [appointment(status=AppointmentStatus.CANCELLED)]))
    assert {
        "SUMMARY:Cancelled: Appointment at Beaverton",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
    } <= set(entry)


def test_the_calendar_was_modified_when_its_latest_entry_was() -> None:
    first = datetime(2027, 2, 1, tzinfo=UTC)
    both = [
        appointment(uid="a1", revised_at=first + timedelta(days=5)),
        appointment(uid="a2", revised_at=first),
    ]
    head, _, _ = location_calendar("B", both).partition(b"BEGIN:VTIMEZONE")
    assert "LAST-MODIFIED:20270206T000000Z" in lines(head)


def test_the_head_names_the_calendar_for_old_and_new_programs() -> None:
    head, _, _ = therapist_calendar("Sofia Rossi", week()).partition(b"BEGIN:VTIMEZONE")
    assert lines(head)[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert {
        "PRODID:-//Careweave//Feeds//EN",
        "NAME:Sofia Rossi",
        "X-WR-CALNAME:Sofia Rossi",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    } <= set(lines(head))
    assert not any(line.startswith("UID") for line in lines(head))


@pytest.mark.parametrize("octets", calendars().values(), ids=calendars())
def test_nothing_makes_the_feed_an_invitation_or_an_alarm(octets: bytes) -> None:
    unwanted = re.compile(r"METHOD|ATTENDEE|ORGANIZER|BEGIN:VALARM|RDATE|COMMENT")
    assert not [line for line in lines(octets) if unwanted.match(line)]


@pytest.mark.parametrize("octets", calendars().values(), ids=calendars())
def test_no_time_is_floating(octets: bytes) -> None:
    times = [line for entry in events(octets) for line in entry if re.match("DTSTART|DTEND", line)]
    utc_or_zoned = re.compile(r"DT(START|END)(:\d{8}T\d{6}Z|;TZID=America/Los_Angeles:\d{8}T\d{6})")
    assert len(times) == 2 * len(week())
    assert all(utc_or_zoned.fullmatch(time) for time in times)


def test_each_appointment_is_one_entry_at_its_instant() -> None:
    parsed = Calendar.from_ical(calendars()["client.ics"]).events
    # in UTC, for Python calls an instant whose local time happens twice unequal to itself
    assert {(event.uid, event.DTSTART.astimezone(UTC), event.duration) for event in parsed} == {
        (each.uid, each.starts_at.astimezone(UTC), timedelta(hours=1)) for each in week()
    }


def test_one_zone_component_for_each_zone() -> None:
    both = [
        appointment(uid="a1"),
        appointment(uid="a2", timezone="Europe/Berlin", starts_at=wall("2027-03-01T09:00")),
        appointment(uid="a3", timezone="Europe/Berlin", starts_at=wall("2027-03-02T09:00")),
    ]
    octets = location_calendar("B", both)
    zones = [line for line in lines(octets) if line.startswith("TZID:")]
    assert zones == ["TZID:America/Los_Angeles", "TZID:Europe/Berlin"]
    assert "DTSTART;TZID=Europe/Berlin:20270301T180000" in events(octets)[1]


def test_an_empty_calendar_is_a_calendar_still() -> None:
    octets = client_calendar("Dina", [])
    assert Calendar.from_ical(octets).events == []
    assert "BEGIN:VTIMEZONE" in lines(octets)


def test_the_same_uid_twice_is_a_fault() -> None:
    with pytest.raises(ValueError, match="the UID a17@careweave"):
        location_calendar("Beaverton", [appointment(), appointment()])
