"""Appointments as calendars need them: with their identity, and the names that may be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from feeds import FeedAppointment
from office.entries import Directory
from scheduler.facts import Appointment

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Revision time of appointments of which the record does not know it."""


def feed_appointment(
    row: Mapping[str, Any], appointment: Appointment, directory: Directory
) -> FeedAppointment:
    """An appointment from its row and its facts."""
    entry = directory.entry(appointment)
    location = directory.locations[entry.location_id]
    created = row["created_at"] or LONG_AGO
    revised = max(row["revised_at"] or created, created)  # a computer's clock may be set back
    return FeedAppointment(
        uid=row["uid"],
        sequence=row["sequence"],
        created_at=created,
        revised_at=revised,
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        timezone=location.timezone,
        status=appointment.status,
        therapist_name=entry.therapist,
        client_id=entry.client_id,
        client_name=entry.client,
        location_name=location.name,
        location_address=location.address,
        location_phone=location.phone,
        room_name=entry.room,
        service_name=entry.service,
        companion=entry.companion,
    )
