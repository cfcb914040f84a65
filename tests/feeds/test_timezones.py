"""Zones are written so that another reader of VTIMEZONE finds the same instants as zoneinfo.

The other reader is dateutil, which knows nothing of zones but what stands in the component.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from feeds import client_calendar
from feeds.timezones import timezone_component
from feeds.zone_rules import observances
from tests.feeds.example import PACIFIC, appointment, wall

ZONES = files("tzdata").joinpath("zones").read_text("ascii").split()
FIRST, LAST = 2026, 2040  # summer and winter, two and more years on


@cache
def dateutils(text: str) -> tzinfo:
    """Let dateutil read a component."""
    zone = tzical(StringIO(text)).get()
    assert isinstance(zone, tzinfo)
    return zone


@cache
def seasons(year: int) -> tuple[datetime, ...]:
    return tuple(datetime(year, month, 15, 12, tzinfo=UTC) for month in (1, 4, 7, 10))


def probes(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield local times of each season, and on both sides of each change of clocks."""
    for year in (FIRST, FIRST + 2, LAST):
        yield from (instant.astimezone(zone) for instant in seasons(year))
    for rule in observances(zone.key):
        for year in (FIRST, LAST):
            for minutes in (-61, -1, 61):  # the hour after may happen twice
                instant = rule.begins(year) + timedelta(minutes=minutes)
                yield instant.astimezone(zone)


def test_all_zones_are_read_as_zoneinfo_has_them() -> None:
    read = 0
    for name in ZONES:
        component = timezone_component(name, FIRST, LAST)
        if component is None:
            continue
        read += 1
        component["TZID"] = "Clinic/Invented"  # which no reader can know from elsewhere
        zone, other = ZoneInfo(name), dateutils(component.to_ical().decode())
        for local in probes(zone):
            if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
                assert other.utcoffset(local.replace(tzinfo=None)) == local.utcoffset(), local
    assert read > 0.9 * len(ZONES)


@pytest.mark.parametrize("zone", [PACIFIC, "Europe/Berlin", "Australia/Sydney", "Asia/Tokyo"])
def test_zones_with_plain_rules_have_a_component(zone: str) -> None:
    assert timezone_component(zone, FIRST, LAST) is not None


@pytest.mark.parametrize(
    "zone",
    [
        "Africa/Cairo",  # changes at 24:00 of a Thursday, no weekday of a month as RRULE has it
        "Asia/Gaza",  # changes at 50:00
        "Africa/Casablanca",  # changes with Ramadan
    ],
)
def test_zones_beyond_yearly_rules_are_written_in_utc(zone: str) -> None:
    assert timezone_component(zone, FIRST, LAST) is None
    each = appointment(timezone=zone, starts_at=wall("2027-03-01T09:00", "Africa/Cairo"))
    octets = client_calendar("Dina", [each])
    assert b"DTSTART:20270301T070000Z\r\n" in octets  # Cairo is two hours ahead in winter
    assert b"VTIMEZONE" not in octets


def test_years_with_other_rules_are_written_in_utc() -> None:
    # California changed clocks in April and October until 2006
    assert timezone_component(PACIFIC, 2006, 2006) is None
    assert timezone_component(PACIFIC, 2006, 2007) is None
    assert timezone_component(PACIFIC, 2007, 2007) is not None


def test_the_component_of_a_zone_with_summer_time() -> None:
    component = timezone_component(PACIFIC, 2027, 2027)
    assert component is not None
    assert component.to_ical().decode().splitlines()[2:8] == [
        "BEGIN:DAYLIGHT",
        "DTSTART:19700308T020000",  # the second Sunday, in the time before the change
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "TZNAME:PDT",
        "TZOFFSETFROM:-0800",
        "TZOFFSETTO:-0700",
    ]


def test_the_last_weekday_of_a_month_counts_from_its_end() -> None:
    component = timezone_component("Europe/Berlin", 2027, 2027)
    assert component is not None
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in component.to_ical()


def test_a_zone_without_summer_time_has_standard_time_alone() -> None:
    component = timezone_component("Asia/Tokyo", 2027, 2027)
    assert component is not None
    assert [part.name for part in component.subcomponents] == ["STANDARD"]


@pytest.mark.parametrize(
    ("starts_at", "written"),
    [
        (wall("2027-03-14T01:45"), ";TZID=America/Los_Angeles:20270314T014500"),
        (wall("2027-03-14T03:00"), ";TZID=America/Los_Angeles:20270314T030000"),
        (wall("2027-11-07T00:30"), ":20271107T073000Z"),  # ends at 01:30, which happens twice
        (wall("2027-11-07T01:30"), ":20271107T083000Z"),
        (wall("2027-11-07T01:30", fold=1), ":20271107T093000Z"),
        (wall("2027-11-07T02:00"), ";TZID=America/Los_Angeles:20271107T020000"),
    ],
)
def test_days_on_which_clocks_change(starts_at: datetime, written: str) -> None:
    octets = client_calendar("Dina", [appointment(starts_at=starts_at)])
    assert f"\r\nDTSTART{written}\r\n".encode() in octets


def test_instants_may_come_in_any_zone() -> None:
    start = wall("2027-07-05T09:00")
    in_utc = appointment(starts_at=start.astimezone(UTC))
    assert client_calendar("D", [in_utc]) == client_calendar("D", [appointment(starts_at=start)])
