"""A foreign calendar is read apart: it can neither take long, grow large nor read files."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.busy_times import Window
from office.errors import OfficeError
from office.read_apart import Question, read_apart
from tests.feeds.foreign import calendar, event, hour, utc

MARCH = Window(datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 4, 5, tzinfo=UTC))
QUESTION = Question(MARCH, "Europe/Berlin", [], frozenset())


def test_it_reads_what_is_read_here() -> None:
    found = read_apart(calendar(hour()), QUESTION, "x")
    assert found.intervals == ((utc(3, 2, "08:00"), utc(3, 2, "09:00")),)


def test_what_is_no_calendar_says_so() -> None:
    with pytest.raises(OfficeError, match=r"x can't be used: it is no calendar"):
        read_apart(b"", QUESTION, "x")


def test_rules_that_never_start_take_no_longer_than_allowed() -> None:
    """For each of these, every day until the year 9999 is tried."""
    never = [
        event("DTSTART:20270302T080000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=uid)
        for uid in "abcdefghij"
    ]
    began = time.monotonic()
    with pytest.raises(OfficeError, match="x can't be used: reading it takes too"):
        read_apart(calendar(*never), QUESTION, "x", seconds=1.5)
    assert time.monotonic() - began < 10


def test_it_may_need_no_more_memory_than_allowed() -> None:
    dates = ",".join(["20270302T080000Z"] * 290_000)
    data = calendar(event("DTSTART:20270302T080000Z", f"RDATE:{dates}"))
    with pytest.raises(OfficeError, match="x can't be used: reading it takes too much"):
        read_apart(data, QUESTION, "x", most_memory=60 << 20)


def test_a_path_is_not_opened(tmp_path: Path) -> None:
    """icalendar opens a text of one line that names a file, and quotes what it holds."""
    canary = tmp_path / "canary.ics"
    canary.write_bytes(calendar(hour()))
    with pytest.raises(OfficeError) as fault:
        read_apart(bytes(canary), QUESTION, "x")
    assert "Dentist" not in str(fault.value)
