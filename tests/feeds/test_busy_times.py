"""Other calendars give busy times, and nothing else."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest

from feeds.busy_times import BusyTimes, CalendarError, Window
from tests.feeds.foreign import calendar, event, hour, read, shown, utc

HOUR = ["03-02 09:00 - 03-02 10:00"]
PUBLISHED = """\
BEGIN:VFREEBUSY
UID:f
FREEBUSY:20270302T080000Z/20270302T090000Z
FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20270303T080000Z/PT1H,20270304T080000Z/PT30M
FREEBUSY;FBTYPE=FREE:20270305T080000Z/PT1H
END:VFREEBUSY
"""


def test_an_event_is_busy_time_in_utc() -> None:
    assert read(calendar(hour())).intervals == ((utc(3, 2, "08:00"), utc(3, 2, "09:00")),)


def test_nothing_but_times_and_remarks_comes_out() -> None:
    found = read(calendar(hour("20270302", "LOCATION:Secret", "ATTENDEE:mailto:x@y.example")))
    assert [field.name for field in fields(BusyTimes)] == ["intervals", "remarks"]
    assert "Dentist" not in repr(found)
    assert "Secret" not in repr(found)
    assert "x@y" not in repr(found)


@pytest.mark.parametrize(
    "free",
    [
        "TRANSP:TRANSPARENT",
        "TRANSP:transparent",
        "STATUS:CANCELLED",
        "STATUS:Cancelled",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@x.example",
    ],
)
def test_what_leaves_the_owner_free_does_not_count(free: str) -> None:
    assert shown(calendar(hour("20270302", free))) == []


@pytest.mark.parametrize(
    "busy",
    [
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        "STATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ann@x.example",
        "ATTENDEE:mailto:ann@x.example",
        "STATUS:SOMETHING-NEW",
    ],
)
def test_everything_else_counts(busy: str) -> None:
    assert shown(calendar(hour("20270302", busy))) == HOUR


def test_what_the_owner_declined_does_not_count_though_others_come() -> None:
    asked = (
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@x.example",
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Ann@X.example",
    )
    data = calendar(hour("20270302", *asked))
    assert shown(data, owners=["ann@x.example"]) == []
    assert shown(data, owners=["bob@x.example"]) == HOUR
    assert shown(data) == HOUR  # whose it is is not known, and somebody comes


def test_googles_name_of_a_calendar_says_whose_it_is() -> None:
    asked = (
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@x.example",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@x.example",
    )
    data = calendar(hour("20270302", *asked), head="X-WR-CALNAME:ann@x.example")
    assert shown(data) == []


def test_our_own_appointments_come_back_without_counting() -> None:
    data = calendar(hour("20270302", uid="ours"), hour("20270303", uid="theirs"))
    assert shown(data, own_uids={"ours"}) == ["03-03 09:00 - 03-03 10:00"]


def test_a_whole_day_lasts_from_midnight_to_midnight() -> None:
    day = event("DTSTART;VALUE=DATE:20270302", "DTEND;VALUE=DATE:20270303")
    assert shown(calendar(day)) == ["03-02 00:00 - 03-03 00:00"]


def test_a_whole_day_without_an_end_is_one_day() -> None:
    assert shown(calendar(event("DTSTART;VALUE=DATE:20270302"))) == ["03-02 00:00 - 03-03 00:00"]


def test_whole_days_last_23_hours_where_the_clocks_go_forward() -> None:
    days = event("DTSTART;VALUE=DATE:20270327", "DTEND;VALUE=DATE:20270329")
    ((start, end),) = read(calendar(days)).intervals
    assert shown(calendar(days)) == ["03-27 00:00 - 03-29 00:00"]
    assert (end - start).total_seconds() == 47 * 3600


def test_an_event_may_last_several_days() -> None:
    trip = event("DTSTART:20270302T200000Z", "DURATION:P2DT30M")
    assert shown(calendar(trip)) == ["03-02 21:00 - 03-04 21:30"]


def test_a_moment_is_no_busy_time() -> None:
    reminder = event("DTSTART:20270302T200000Z")
    same = event("DTSTART:20270303T200000Z", "DTEND:20270303T200000Z")
    assert shown(calendar(reminder, same)) == []


def test_seconds_are_rounded_outward() -> None:
    odd = event("DTSTART:20270302T080001Z", "DTEND:20270302T085901Z")
    assert shown(calendar(odd)) == HOUR


def test_what_overlaps_or_touches_becomes_one() -> None:
    parts = (
        event("DTSTART:20270302T080000Z", "DTEND:20270302T083000Z"),
        event("DTSTART:20270302T083000Z", "DTEND:20270302T090000Z"),
        event("DTSTART:20270302T081500Z", "DTEND:20270302T084500Z"),
    )
    assert shown(calendar(*parts)) == HOUR


def test_busy_times_end_with_the_window() -> None:
    window = Window(utc(3, 2, "00:00"), utc(3, 3, "00:00"))
    long = event("DTSTART:20270301T000000Z", "DTEND:20280101T000000Z")
    outside = (hour("20270301"), hour("20270303"))
    found = read(calendar(long, *outside), window).intervals
    assert found == ((window.start, window.end),)


def test_a_window_needs_a_zone_and_an_end() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        Window(datetime(2027, 3, 1), datetime(2027, 3, 2))
    with pytest.raises(ValueError, match="not after its start"):
        Window(utc(3, 2, "00:00"), utc(3, 2, "00:00"))


def test_free_busy_components_count_but_for_what_is_free() -> None:
    assert shown(calendar(PUBLISHED)) == [
        *HOUR,
        "03-03 09:00 - 03-03 10:00",
        "03-04 09:00 - 03-04 09:30",
    ]


def test_several_calendars_in_one_file_are_all_read() -> None:
    assert shown(calendar(hour()) + b"\r\n" + calendar(hour("20270303"))) == [
        *HOUR,
        "03-03 09:00 - 03-03 10:00",
    ]


def test_strangers_with_one_uid_are_all_read() -> None:
    moved = ("RECURRENCE-ID;TZID=Europe/Berlin:20270309T090000", "TRANSP:TRANSPARENT")
    parts = (
        hour("20270302", "RRULE:FREQ=WEEKLY;COUNT=2", uid="1"),
        hour("20270309", *moved, uid="1"),
        hour("20270304", uid="1"),
    )
    assert shown(calendar(*parts)) == [*HOUR, "03-04 09:00 - 03-04 10:00"]


def test_of_two_versions_of_an_event_the_newer_counts() -> None:
    older, newer = hour("20270301", uid="1"), hour("20270302", "SEQUENCE:1", uid="1")
    assert shown(calendar(older, newer)) == HOUR
    assert shown(calendar(newer, older)) == HOUR


def test_an_event_that_cannot_be_read_is_told_of_and_the_others_count() -> None:
    bad = (
        event("SUMMARY:no start"),
        event("DTSTART:yesterday", "DTEND:20270302T090000Z"),
        event("DTSTART:20270302T080000Z", "DURATION:PT1H", "RRULE:FREQ=SOMETIMES"),
        event("DTSTART:99991231T235959Z", "RRULE:FREQ=DAILY"),
    )
    found = read(calendar(*bad, hour()))
    assert found.intervals == read(calendar(hour())).intervals
    assert found.remarks == ("3 entries, each of which can't be read and does not count.",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no calendar"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "can't be read|no calendar"),
        (b"\xff\xfe\x00\x01", "can't be read|no calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "can't be read|no calendar"),
        (b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", "no calendar"),
        (b"BEGIN:VCALENDAR\r\n" * 5000, "can't be read|no calendar"),
        (b" " * 5_000_001, "more than 5 MB"),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(CalendarError, match=why):
        read(data)


def test_a_calendar_with_too_many_busy_times_is_refused() -> None:
    many = event("DTSTART:20270301T000000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY;INTERVAL=2")
    with pytest.raises(CalendarError, match=r"25,\d{3} busy times, and 10,000 are the most"):
        read(calendar(many))
