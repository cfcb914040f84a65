"""Calendars as other programs write them, and what was read from them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from feeds.busy_times import BusyTimes, Window, busy_times

BERLIN = ZoneInfo("Europe/Berlin")
MARCH = Window(datetime(2027, 3, 1, tzinfo=BERLIN), datetime(2027, 4, 5, tzinfo=BERLIN))
"""Five weeks; the clocks in Berlin go forward on Sunday 28 March at 02:00."""


def calendar(*parts: str, head: str = "") -> bytes:
    """A calendar of components, each without its UID or with one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Other//EN", *head.split("|"), *parts]
    text = "\n".join([*lines, "END:VCALENDAR", ""])
    return "\r\n".join(line for line in text.splitlines() if line).encode()


def event(*lines: str, uid: str = "") -> str:
    """An event; its UID is as good as its first line unless given."""
    head = ("BEGIN:VEVENT", f"UID:{uid or lines[0].encode().hex()}", "DTSTAMP:20270101T000000Z")
    return "\n".join([*head, "SUMMARY:Dentist", *lines, "END:VEVENT"])


def hour(day: str = "20270302", *lines: str, uid: str = "") -> str:
    """09:00 to 10:00 in Berlin."""
    zone = "TZID=Europe/Berlin"
    times = f"DTSTART;{zone}:{day}T090000", f"DTEND;{zone}:{day}T100000"
    return event(*times, *lines, uid=uid)


def read(
    data: bytes,
    window: Window = MARCH,
    *,
    owners: Collection[str] = (),
    own_uids: Collection[str] = (),
) -> BusyTimes:
    """What is read by default in Berlin."""
    return busy_times(data, window, BERLIN, owners=owners, own_uids=own_uids)


def shown(
    data: bytes,
    zone: ZoneInfo = BERLIN,
    *,
    owners: Collection[str] = (),
    own_uids: Collection[str] = (),
) -> list[str]:
    """Busy times on a clock in ``zone``, as in ``03-02 09:00 - 03-02 10:00``."""
    return [
        " - ".join(f"{moment.astimezone(zone):%m-%d %H:%M}" for moment in interval)
        for interval in read(data, owners=owners, own_uids=own_uids).intervals
    ]


def utc(month: int, day: int, clock: str) -> datetime:
    """An instant of 2027."""
    hours, minutes = clock.split(":")
    return datetime(2027, month, day, int(hours), int(minutes), tzinfo=UTC)
