"""A therapist's own calendar as a file, and adding it to the clinics' record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from office.busy import Allowed, Refreshed, add_calendar
from tests.feeds.foreign import calendar, event
from tests.office.clinic import NOW

HERE = Allowed(private=True)


def on(day: str, starts: str, ends: str, *lines: str, uid: str = "") -> str:
    """An event by the clocks of Portland, as in ``on("20270301", "0830", "0930")``."""
    zone = "TZID=America/Los_Angeles"
    times = f"DTSTART;{zone}:{day}T{starts}00", f"DTEND;{zone}:{day}T{ends}00"
    return event(*times, *lines, uid=uid)


DENTIST = on("20270301", "0830", "0930")
"""In the middle of Dina's first appointment with Maya, 08:00 to 09:00 on Monday 1 March."""


def write(path: Path, *events: str) -> str:
    """A calendar file; its path."""
    path.write_bytes(calendar(*events))
    return str(path)


def add(db: str, source: str, therapist: str = "maya", *, now: datetime = NOW) -> Refreshed:
    """Maya's calendar, unless told otherwise."""
    return add_calendar(db, therapist, source, allowed=HERE, now=now, who="mia")
