"""A zone's yearly rules, from the last line of tzdata's file for it (RFC 9636, 3.3).

The line is a POSIX TZ string like ``PST8PDT,M3.2.0,M11.1.0``: names, offsets that count
westwards, and the two days of the year on which clocks change; ``M3.2.0`` is March's second
Sunday, at two o'clock unless a time follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

LAST_WEEK = 5
"""The week of an onset that means the month's last, be it the fourth or the fifth."""

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d+(?::\d+){0,2})"
_RULE = rf"M(\d+)\.(\d)\.(\d)(?:/{_TIME})?"
_FOOTER = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,{_RULE},{_RULE})?")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Onset:
    """When clocks change each year: weekday 0 is Sunday, the time is that of the old offset."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def in_year(self, year: int) -> datetime:
        """Return the local time, before the change, at which clocks change in a year."""
        first = datetime(year, self.month, 1)
        day = first + (self.weekday - first.isoweekday()) % 7 * _DAY + 7 * (self.week - 1) * _DAY
        return (day if day.month == self.month else day - 7 * _DAY) + self.time


@dataclass(frozen=True, slots=True)
class Observance:
    """A stretch of each year with one offset from UTC; without an onset, all of it."""

    name: str
    offset_from: timedelta
    offset: timedelta
    onset: Onset | None

    def begins(self, year: int) -> datetime:
        """Return the instant at which it begins in a year."""
        local = self.onset.in_year(year) if self.onset else datetime(year, 1, 1)
        return (local - self.offset_from).replace(tzinfo=UTC)


@cache
def observances(tzid: str) -> tuple[Observance, ...]:
    """Return what the zone observes each year: one, two, or none that a weekday rule could say.

    Raises ZoneInfoNotFoundError or ValueError for a name that is no zone.
    """
    match = _FOOTER.fullmatch(_footer(tzid))
    if not match:
        return ()
    name, west, summer_name, summer_west, *rules = match.groups()
    winter = -_duration(west)
    if summer_name is None:
        return (Observance(name.strip("<>"), winter, winter, None),)
    summer = -_duration(summer_west) if summer_west else winter + timedelta(hours=1)
    into_summer, into_winter = _onset(*rules[:4]), _onset(*rules[4:])
    if not (into_summer and into_winter):
        return ()
    return (
        Observance(summer_name.strip("<>"), winter, summer, into_summer),
        Observance(name.strip("<>"), summer, winter, into_winter),
    )


def _footer(tzid: str) -> str:
    ZoneInfo(tzid)  # refuses a name that is no zone, or that leads out of the folder
    resource = files("tzdata.zoneinfo").joinpath(*tzid.split("/"))
    if not resource.is_file():
        return ""  # the machine knows a zone that tzdata doesn't
    return resource.read_bytes().rstrip(b"\n").rsplit(b"\n", 1)[1].decode("ascii")


def _onset(month: str, week: str, weekday: str, time: str | None) -> Onset | None:
    """Read an onset; None for a time before or after the day itself, which no RRULE can say."""
    at = _duration(time or "2")
    if not timedelta(0) <= at < _DAY:
        return None
    return Onset(int(month), int(week), int(weekday), at)


def _duration(text: str) -> timedelta:
    """Read ``[+-]h[:m[:s]]``."""
    hours, minutes, seconds, *_ = [*text.lstrip("+-").split(":"), "0", "0"]
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return -length if text.startswith("-") else length
