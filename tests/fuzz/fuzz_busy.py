"""``make fuzz``: bytes that reach ever more of what reads other calendars.

Anything but a ``CalendarError``, a result that can't be, thirty seconds for one calendar or more
memory than the Makefile allows ends the run and leaves the bytes in a file.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["feeds", "icalendar", "recurring_ical_events"]):
    from feeds.busy_times import CalendarError
    from tests.feeds.foreign import MARCH, read

HEAD, TAIL = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def judge(data: bytes) -> None:
    """Read it as it is, and as what stands in an event."""
    for each in (data, HEAD + data + TAIL):
        try:
            found = read(each)
        except CalendarError:
            continue
        ends = [moment for interval in found.intervals for moment in interval]
        if ends != sorted(set(ends)) or any(not MARCH.start <= it <= MARCH.end for it in ends):
            raise AssertionError(f"impossible busy times: {found.intervals}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, judge)
    atheris.Fuzz()
