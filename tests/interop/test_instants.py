"""Every program shows our appointments at the instants that zoneinfo has for them.

Zones bear invented names, so that no program can fall back on what it knows of the world.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feeds import FeedAppointment, client_calendar
from feeds.zone_rules import observances
from tests.feeds.example import PACIFIC, appointment, wall
from tests.interop.conftest import Differs
from tests.interop.readers import Reader
from tests.interop.readers.khal import Khal

ZONES = (PACIFIC, "Europe/Berlin", "Australia/Sydney")
YEAR = 2027
LATER = (2, 13)
"""Years after which the same rules must still hold."""


def probes(zone: str) -> list[datetime]:
    """Nine mornings: around both changes of clocks, in summer and winter, and years on."""
    changes = [rule.begins(YEAR).astimezone(ZoneInfo(zone)) for rule in observances(zone)]
    days = [change.date() + timedelta(days=it) for change in changes for it in (-1, 1)]
    texts = [
        *(f"{day}T09:00" for day in days),
        f"{YEAR}-07-05T09:00",
        *(f"{YEAR + years}-{month}-16T09:00" for years in LATER for month in ("01", "07")),
    ]
    return [wall(text, zone) for text in texts]


def incognito(calendar: bytes) -> bytes:
    """The calendar with zones of names that no program can know."""
    for number, zone in enumerate(ZONES):
        calendar = calendar.replace(zone.encode(), f"Clinic/Z{number}".encode())
    return calendar


def instants(appointments: list[FeedAppointment]) -> list[tuple[datetime, datetime]]:
    """Starts and ends in UTC, in order."""
    return sorted((it.starts_at.astimezone(UTC), it.ends_at.astimezone(UTC)) for it in appointments)


def seen(reader: Reader, calendar: bytes) -> list[tuple[datetime, datetime]]:
    """What the program shows of them."""
    return [(it.starts_at, it.ends_at) for it in reader.entries(calendar)]


def mornings(until: int) -> list[FeedAppointment]:
    """An appointment at each probe of each zone, up to a year."""
    return [
        appointment(uid=f"{zone}-{count}@clinic.example", timezone=zone, starts_at=probe)
        for zone in ZONES
        for count, probe in enumerate(probes(zone))
        if probe.year <= until
    ]


@pytest.mark.behaviour("feeds: right instants around clock changes, 2 and 13 years on, in 3 zones")
def test_instants_around_clock_changes_and_years_on(reader: Reader, differs: Differs) -> None:
    until = YEAR + max(LATER)
    if isinstance(reader, Khal):
        until = 2037
        differs("right until 2037, where pytz, its library, ends the rules of every zone")
    appointments = mornings(until)
    calendar = incognito(client_calendar("Appointments", appointments))
    assert seen(reader, calendar) == instants(appointments)


EDGES = (
    ("2027-03-14T00:00", "2027-03-14T01:00"),  # the spring day begins
    ("2027-03-14T01:30", "2027-03-14T03:30"),  # an hour across the change
    ("2027-03-14T03:00", "2027-03-14T04:00"),  # the first hour of summer
    ("2027-03-14T23:00", "2027-03-15T00:00"),  # up to midnight
    ("2027-11-07T00:00", "2027-11-07T01:00"),  # the autumn day begins
    ("2027-11-07T00:30", "2027-11-07T02:30"),  # three hours across the change
    ("2027-11-07T02:00", "2027-11-07T03:00"),  # the first hour of winter that happens once
    ("2027-12-31T23:30", "2028-01-01T00:30"),  # across midnight and the year
)


@pytest.mark.behaviour("feeds: right instants on days with a clock change, across it, at midnight")
def test_instants_on_days_with_a_clock_change_and_at_midnight(reader: Reader) -> None:
    """Here zones bear their names, as they do in what we send."""
    appointments = [
        appointment(uid=f"e{count}@clinic.example", starts_at=wall(start), ends_at=wall(end))
        for count, (start, end) in enumerate(EDGES)
    ]
    appointments += [  # half past one happens twice that night
        appointment(
            uid=f"twice{fold}@clinic.example", starts_at=wall("2027-11-07T01:30", fold=fold)
        )
        for fold in (0, 1)
    ]
    assert seen(reader, client_calendar("Appointments", appointments)) == instants(appointments)
