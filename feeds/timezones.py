"""VTIMEZONE components that every calendar program reads alike.

One STANDARD and one DAYLIGHT, each with a yearly RRULE. Lists of RDATE, which libraries like
to write, are shown an hour off by Thunderbird, Outlook and others.
"""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from feeds.zone_rules import LAST_WEEK, Observance, observances

EPOCH = 1970
"""The year in which all rules are said to begin."""

_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def timezone_component(tzid: str, first_year: int, last_year: int) -> Timezone | None:
    """Return the zone's VTIMEZONE, right in all of the years, both included.

    None where yearly rules can't say it (Cairo, Santiago), are new or about to change, or
    aren't what the machine's own zone data say: such appointments are to be written in UTC.
    """
    if not _holds(tzid, first_year, last_year):
        return None
    zone = Timezone()
    zone.add("TZID", tzid)
    rules = observances(tzid)
    winter = min(rule.offset for rule in rules)
    for rule in rules:
        component = TimezoneStandard() if rule.offset == winter else TimezoneDaylight()
        _fill(component, rule)
        zone.add_component(component)
    return zone


def _fill(component: TimezoneStandard | TimezoneDaylight, rule: Observance) -> None:
    onset = rule.onset
    component.add("DTSTART", onset.in_year(EPOCH) if onset else datetime(EPOCH, 1, 1))
    component.add("TZOFFSETFROM", rule.offset_from)
    component.add("TZOFFSETTO", rule.offset)
    component.add("TZNAME", rule.name)
    if onset:
        week = -1 if onset.week == LAST_WEEK else onset.week
        day = f"{week}{_WEEKDAYS[onset.weekday]}"
        component.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=onset.month, BYDAY=day))


@cache
def _holds(tzid: str, first_year: int, last_year: int) -> bool:
    """Whether the yearly rules give the zone's offsets, each day and at each change of clocks."""
    rules = observances(tzid)
    if not rules or first_year < EPOCH:
        return False
    years = range(first_year - 1, last_year + 1)  # the year before still rules in January
    changes = sorted((rule.begins(year), rule.offset) for rule in rules for year in years)
    begins = [begin for begin, _ in changes]
    start, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (first_year, last_year + 1))
    probes = [start + day * _DAY for day in range((end - start).days)]
    probes += [edge for begin in begins if begin > start for edge in (begin - _SECOND, begin)]
    zone = ZoneInfo(tzid)
    return all(
        probe.astimezone(zone).utcoffset() == changes[bisect(begins, probe) - 1][1]
        for probe in probes
    )
