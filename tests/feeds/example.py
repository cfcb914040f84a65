"""Small appointments to make feeds of, and the three calendars that the golden files hold.

``python -m tests.feeds.example FOLDER`` writes the three calendars; with the folder of the
golden files it renews them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from feeds import (
    ClientNames,
    FeedAppointment,
    client_calendar,
    location_calendar,
    therapist_calendar,
)
from scheduler.facts import AppointmentStatus

GOLDEN = Path(__file__).parent / "golden"
PACIFIC = "America/Los_Angeles"


def wall(text: str, zone: str = PACIFIC, fold: int = 0) -> datetime:
    """Return the instant at which clocks in the zone show the time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


SIMPLE = FeedAppointment(
    uid="a17@careweave.example",
    sequence=0,
    created_at=datetime(2027, 1, 4, 12, tzinfo=UTC),
    revised_at=datetime(2027, 1, 4, 12, tzinfo=UTC),
    starts_at=wall("2027-03-01T09:00"),
    ends_at=wall("2027-03-01T10:00"),
    timezone=PACIFIC,
    status=AppointmentStatus.BOOKED,
    therapist_name="Sofia Rossi, LMT",
    client_id="c0042",
    client_name="Dina Müller-Okafor",
    location_name="Beaverton",
    location_address="100 Example Ave, Beaverton, OR 97005",
    location_phone="503-555-0100",
    room_name="Massage 1",
    service_name="Neuromuscular massage, 60 min",
    companion=False,
)


def appointment(**changes: Any) -> FeedAppointment:
    """Return an hour on a Monday morning, with the given fields instead."""
    if "starts_at" in changes and "ends_at" not in changes:
        start = changes["starts_at"]
        end = (start.astimezone(UTC) + timedelta(hours=1)).astimezone(start.tzinfo)
        changes["ends_at"] = end
    return replace(SIMPLE, **changes)


def week() -> list[FeedAppointment]:
    """Return one appointment of each kind: plain, companion, moved, cancelled, clock change."""
    later = datetime(2027, 2, 20, 8, 15, 30, 999, tzinfo=UTC)
    return [
        SIMPLE,
        appointment(
            uid="a18@careweave.example",
            starts_at=wall("2027-03-01T10:15"),
            service_name="Chiropractic adjustment",
            companion=True,
        ),
        appointment(
            uid="a19@careweave.example",
            sequence=2,
            revised_at=later,
            starts_at=wall("2027-03-15T16:30"),
        ),
        appointment(
            uid="a20@careweave.example",
            sequence=1,
            revised_at=later,
            starts_at=wall("2027-03-08T09:00"),
            status=AppointmentStatus.CANCELLED,
        ),
        appointment(uid="a21@careweave.example", starts_at=wall("2027-11-07T01:30", fold=1)),
    ]


def calendars() -> dict[str, bytes]:
    """Return the three calendars of the week by file name."""
    return {
        "therapist.ics": therapist_calendar("Sofia Rossi", week(), ClientNames.INITIALS),
        "location.ics": location_calendar("Beaverton", week()),
        "client.ics": client_calendar("Appointments", week()),
    }


if __name__ == "__main__":
    for file, octets in calendars().items():
        Path(sys.argv[1], file).write_bytes(octets)
