"""Whatever the bytes are: busy times within the window or one known fault, and no file is read."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.busy_times import BusyTimes, CalendarError
from tests.feeds.foreign import MARCH, calendar, event, hour, read

CANARY = Path(__file__).with_name("foreign.py")
"""A file that exists; its path is put wherever something might open it."""

OPENED: list[str] = []


def listen(name: str, arguments: tuple[Any, ...]) -> None:
    if name == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        OPENED.append(os.fsdecode(arguments[0]))


sys.addaudithook(listen)

SAMPLE = calendar(
    "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE",
    hour("20270302", "RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE;TZID=Europe/Berlin:20270309T090000"),
    event("DTSTART;TZID=Own:20270303T090000", "DURATION:PT1H", "ATTENDEE:mailto:a@x.example"),
    event("DTSTART;VALUE=DATE:20270304", "TRANSP:OPAQUE", "STATUS:CONFIRMED"),
    "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20270305T080000Z/PT1H\nEND:VFREEBUSY",
    head="X-WR-TIMEZONE:America/New_York|X-WR-CALNAME:a@x.example",
)
LINES = SAMPLE.split(b"\r\n")

values = st.one_of(
    st.sampled_from(
        [
            *("20270302T090000", "20270302T090000Z", "20270302", "00010101T000000Z", "19700101"),
            *("99991231T235959Z", "99991231", "P1D", "-P1D", "PT999999999H", "P99999999W", ""),
            *("20270302T080000Z/PT1H", "20270302T080000Z/20270302T070000Z", "FREQ=WEEKLY"),
            *("FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;UNTIL=20270310"),
            *("FREQ=DAILY;UNTIL=nonsense", "FREQ=SECONDLY", "FREQ=", "NaN", "-1", "\x00", "é"),
            *(str(CANARY), f"file://{CANARY}", "../../etc/passwd", "mailto:", "CANCELLED"),
        ]
    ),
    st.text(max_size=20),
)
names = st.sampled_from(
    [
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID"),
        *("SEQUENCE", "TRANSP", "STATUS", "ATTENDEE", "FREEBUSY", "X-WR-TIMEZONE", "TZID"),
        *("BEGIN", "END", "CALSCALE", "EXRULE", "GEO", "ATTACH", "TZOFFSETTO"),
    ]
)
parameters = st.sampled_from(
    [
        *("", ";VALUE=DATE", ";VALUE=PERIOD", ";VALUE=URI", ";TZID=Europe/Berlin", ";TZID=Own"),
        *(";TZID=America", f";TZID={CANARY}", ";TZID=", ";RANGE=THISANDFUTURE", ";FBTYPE=FREE"),
        *(";PARTSTAT=DECLINED", ";VALUE=BINARY;ENCODING=BASE64", ";;", ";A"),
    ]
)
lines = st.builds(lambda *parts: "{}{}:{}".format(*parts).encode(), names, parameters, values)


def holds(data: bytes) -> None:
    """Read it, and judge what comes out."""
    OPENED.clear()
    try:
        found = read(data)
    except CalendarError:
        found = BusyTimes((), ())
    assert str(CANARY) not in OPENED
    assert not [path for path in OPENED if "passwd" in path]
    ends = [MARCH.start, *(moment for interval in found.intervals for moment in interval)]
    assert ends == sorted(ends)
    assert ends[-1] <= MARCH.end
    for start, end in found.intervals:
        assert end - start >= timedelta(minutes=1)
        assert (start.second, start.microsecond, end.second, end.microsecond) == (0, 0, 0, 0)
    assert all(remark.isprintable() for remark in found.remarks)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    holds(data)
    holds(b"BEGIN:VCALENDAR\r\n" + data + b"\r\nEND:VCALENDAR\r\n")


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES)), st.integers(0, 2), lines), max_size=6))
def test_lines_put_in_or_instead_of_others(changes: list[tuple[int, int, bytes]]) -> None:
    mutated = list(LINES)
    for place, gone, line in changes:
        mutated[place : place + gone] = [line]
    holds(b"\r\n".join(mutated))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 60), st.binary(max_size=20))
def test_bytes_put_in_or_instead_of_others(place: int, gone: int, data: bytes) -> None:
    holds(SAMPLE[:place] + data + SAMPLE[place + gone :])
