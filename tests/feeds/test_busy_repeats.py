"""Repeated events: over a change of clocks, with exceptions, and without an end."""

from __future__ import annotations

import time

import pytest

from tests.feeds.foreign import calendar, event, hour, read, shown

TUESDAYS = [
    "03-02 09:00 - 03-02 10:00",
    "03-09 09:00 - 03-09 10:00",
    "03-16 09:00 - 03-16 10:00",
    "03-23 09:00 - 03-23 10:00",
    "03-30 09:00 - 03-30 10:00",
]
WEEKLY = "RRULE:FREQ=WEEKLY"


def test_a_weekly_hour_stays_at_its_time_when_the_clocks_change() -> None:
    assert shown(calendar(hour("20270302", WEEKLY))) == TUESDAYS
    starts = [start.hour for start, _ in read(calendar(hour("20270302", WEEKLY))).intervals]
    assert starts == [8, 8, 8, 8, 7]  # in UTC


def test_a_series_that_began_long_ago_is_still_going_on() -> None:
    assert shown(calendar(hour("20200107", WEEKLY))) == TUESDAYS


def test_the_last_one_is_that_at_until() -> None:
    until = f"{WEEKLY};UNTIL=20270316T080000Z"
    assert shown(calendar(hour("20270302", until))) == TUESDAYS[:3]
    just_before = f"{WEEKLY};UNTIL=20270316T075959Z"
    assert shown(calendar(hour("20270302", just_before))) == TUESDAYS[:2]


def test_a_count_is_counted_from_the_first_one() -> None:
    assert shown(calendar(hour("20270223", f"{WEEKLY};COUNT=3"))) == TUESDAYS[:2]


def test_an_exception_is_free() -> None:
    without = "EXDATE;TZID=Europe/Berlin:20270309T090000,20270330T090000"
    assert shown(calendar(hour("20270302", WEEKLY, without))) == [*TUESDAYS[:1], *TUESDAYS[2:4]]


def test_an_additional_date_is_busy() -> None:
    more = "RDATE;TZID=Europe/Berlin:20270304T090000"
    assert "03-04 09:00 - 03-04 10:00" in shown(calendar(hour("20270302", WEEKLY, more)))


def test_a_moved_one_counts_where_it_is_now() -> None:
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20270309T090000",
        "DTSTART;TZID=Europe/Berlin:20270311T140000",
        "DTEND;TZID=Europe/Berlin:20270311T143000",
        uid="series",
    )
    data = calendar(hour("20270302", WEEKLY, uid="series"), moved)
    assert shown(data) == [TUESDAYS[0], "03-11 14:00 - 03-11 14:30", *TUESDAYS[2:]]
    assert shown(calendar(moved, hour("20270302", WEEKLY, uid="series"))) == shown(data)


def test_one_that_was_cancelled_is_free() -> None:
    off = hour(
        "20270309",
        "RECURRENCE-ID;TZID=Europe/Berlin:20270309T090000",
        "STATUS:CANCELLED",
        uid="series",
    )
    data = calendar(hour("20270302", WEEKLY, uid="series"), off)
    assert shown(data) == [TUESDAYS[0], *TUESDAYS[2:]]


def test_whole_days_repeat_too() -> None:
    birthdays = event("DTSTART;VALUE=DATE:16040303", "RRULE:FREQ=YEARLY")
    assert shown(calendar(birthdays)) == ["03-03 00:00 - 03-04 00:00"]


def test_a_night_shift_over_the_change_of_clocks_keeps_its_hours_on_the_wall() -> None:
    nights = event(
        "DTSTART;TZID=Europe/Berlin:20270327T220000",
        "DTEND;TZID=Europe/Berlin:20270328T060000",
        "RRULE:FREQ=DAILY;COUNT=2",
    )
    assert shown(calendar(nights)) == [
        "03-27 22:00 - 03-28 06:00",
        "03-28 22:00 - 03-29 06:00",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-3",
        "FREQ=MINUTELY;BYSECOND=" + ",".join(map(str, range(60))),
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,10,20,30,40,50",
    ],
)
def test_a_rule_with_too_many_starts_is_not_followed(rule: str) -> None:
    endless = event("DTSTART:19200302T080000Z", "DURATION:PT1S", f"RRULE:{rule}")
    began = time.monotonic()
    found = read(calendar(endless, hour()))
    assert time.monotonic() - began < 2
    assert found.intervals == read(calendar(hour())).intervals
    assert found.remarks == ("1 entry repeats too often to be read and does not count.",)


def test_a_rule_that_starts_every_hour_is_followed() -> None:
    hourly = event("DTSTART:20270302T080000Z", "DURATION:PT10M", "RRULE:FREQ=HOURLY;COUNT=3")
    assert len(read(calendar(hourly)).intervals) == 3
