"""Time zones as other programs write them, and what to say where nobody knows the zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, vDDDLists, vDDDTypes
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from icalendar.timezone.zoneinfo import ZONEINFO

_TIMED = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_LONGEST = 60
"""Letters of a zone's name that are told of: nobody's zone has more."""


class KnownZones(ZONEINFO):
    """The zones of this machine, for icalendar.

    Its own way of looking them up ends all reading where a calendar names a folder of zones, as
    in ``TZID=America``.
    """

    def timezone(self, name: str) -> tzinfo | None:
        """The zone of that name, if there is one."""
        try:
            return super().timezone(name)
        except OSError:
            return None


def zone_of_calendar(calendar: Calendar, zone: ZoneInfo) -> tuple[ZoneInfo | None, list[str]]:
    """The zone that a calendar names for all that it holds, as Google does; None if there is none.

    A remark comes with it where that zone is unknown: then ``zone`` stands in.
    """
    named = str(calendar.get("X-WR-TIMEZONE", "")).strip()
    if not named:
        return None, []
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(named, named)), []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None, [_unknown("The calendar's zone", named, zone)]


def unknown_zones(calendar: Calendar, zone: ZoneInfo) -> list[str]:
    """One remark for each zone that is neither known nor defined in the calendar."""
    names = {
        str(value.params["TZID"])
        for event in calendar.walk("VEVENT")
        for name in _TIMED
        for value in _values(event.get(name))
        if "TZID" in value.params and any(_is_naive(moment) for moment in value.dts)
    }
    return [_unknown("The zone", name, zone) for name in sorted(names)]


def _values(found: Any) -> Iterator[Any]:  # noqa: ANN401 - icalendar's property, or a list of them
    for value in found if isinstance(found, list) else [found]:
        if isinstance(value, vDDDTypes | vDDDLists):  # what could not be parsed is neither
            yield value


def _is_naive(moment: Any) -> bool:  # noqa: ANN401 - a date, a datetime or a period
    value = getattr(moment, "dt", None)
    return isinstance(value, datetime) and value.tzinfo is None


def _unknown(what: str, name: str, zone: ZoneInfo) -> str:
    printable = "".join(letter for letter in name if letter.isprintable())[:_LONGEST]
    return f"{what} {printable!r} is unknown, so times in it are read as {zone.key}."
