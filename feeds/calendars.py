"""The calendars of therapists, of locations and their rooms, and of clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from icalendar import CLASS, STATUS, TRANSP, Calendar, Event, Timezone, vDuration

from feeds.appointment import FeedAppointment
from feeds.note import Note
from feeds.timezones import EPOCH, timezone_component
from feeds.wording import (
    ClientNames,
    Wording,
    for_client,
    for_location,
    for_therapist,
    one_line,
)

PRODUCT = "-//Careweave//Feeds//EN"
REFRESH = timedelta(hours=1)
"""How often we ask programs to look again; most take their own time."""


def therapist_calendar(
    name: str,
    appointments: Sequence[FeedAppointment],
    client_names: ClientNames = ClientNames.INITIALS,
    *,
    note: Note | None = None,
) -> bytes:
    """Return a therapist's calendar, with clients named as the clinic's privacy setting says."""
    return _calendar(name, appointments, lambda each: for_therapist(each, client_names), note)


def location_calendar(
    name: str,
    appointments: Sequence[FeedAppointment],
    *,
    initials: bool = False,
    note: Note | None = None,
) -> bytes:
    """Return a location's or a room's calendar, with no more of clients than their initials."""
    wording = partial(for_location, initials=initials)
    return _calendar(name, appointments, wording, note)


def client_calendar(
    name: str,
    appointments: Sequence[FeedAppointment],
    *,
    name_service: bool = False,
    note: Note | None = None,
) -> bytes:
    """Return a client's calendar: where to be and when; what for only if it may be named."""
    wording = partial(for_client, name_service=name_service)
    return _calendar(name, appointments, wording, note)


def _calendar(
    name: str,
    appointments: Sequence[FeedAppointment],
    wording: Callable[[FeedAppointment], Wording],
    note: Note | None,
) -> bytes:
    """Write the calendar in one canonical order, so that equal appointments give equal bytes."""
    _refuse_doubles(appointments)
    ordered = sorted(appointments, key=lambda each: (each.starts_at.astimezone(UTC), each.uid))
    zones = zones_of(ordered)
    calendar = _head(name, ordered)
    for zone in zones.values():
        calendar.add_component(zone)
    for each in ordered:
        calendar.add_component(_event(each, wording(each), in_zone=each.timezone in zones))
    if note:
        calendar.add_component(note.event())
    octets: bytes = calendar.to_ical()
    return octets


def _refuse_doubles(appointments: Sequence[FeedAppointment]) -> None:
    uids = Counter(each.uid for each in appointments)
    doubles = sorted(uid for uid, count in uids.items() if count > 1)
    if doubles:
        raise ValueError(
            f"several appointments have the UID {', '.join(doubles)}. "
            "Maybe the same one was given twice?"
        )


def _head(name: str, appointments: Sequence[FeedAppointment]) -> Calendar:
    """Build the calendar's own properties.

    No METHOD, which would make the feed an invitation, and no UID, with which vdirsyncer
    takes all entries for one.
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.calendar_name = one_line(name)  # NAME and X-WR-CALNAME
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    if appointments:
        calendar.add("LAST-MODIFIED", max(each.revised_at for each in appointments))
    return calendar


def zones_of(appointments: Sequence[FeedAppointment]) -> dict[str, Timezone]:
    """Return a component for each zone that has one, by name.

    A calendar must have some component (RFC 5545, 3.6): an empty one has a zone.
    """
    names = sorted({each.timezone for each in appointments}) or ["Etc/UTC"]
    ends = [end for each in appointments for end in (each.starts_at, each.ends_at)]
    years = [end.astimezone(UTC).year for end in ends] or [EPOCH]
    components = {name: timezone_component(name, min(years), max(years)) for name in names}
    return {name: zone for name, zone in components.items() if zone}


def _event(appointment: FeedAppointment, wording: Wording, *, in_zone: bool) -> Event:
    """Build one entry.

    Without a METHOD, DTSTAMP is the revision time (RFC 5545, 3.8.7.2). A cancelled appointment
    stays as a tombstone: some programs only then take it away.
    """
    cancelled = appointment.cancelled
    start, end = times_of(appointment, in_zone=in_zone)
    return Event.new(
        uid=appointment.uid,
        sequence=appointment.sequence,
        stamp=appointment.revised_at,
        last_modified=appointment.revised_at,
        created=appointment.created_at,
        start=start,
        end=end,
        summary=f"Cancelled: {wording.summary}" if cancelled else wording.summary,
        location=wording.location,
        description=wording.description or None,
        status=STATUS.CANCELLED if cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if cancelled else TRANSP.OPAQUE,
        classification=CLASS.PRIVATE,
    )


def times_of(appointment: FeedAppointment, *, in_zone: bool) -> tuple[datetime, datetime]:
    """Return start and end in the location's zone, or in UTC where that would be unclear."""
    start, end = appointment.starts_at.astimezone(UTC), appointment.ends_at.astimezone(UTC)
    zone = ZoneInfo(appointment.timezone)
    local = start.astimezone(zone), end.astimezone(zone)
    if in_zone and not any(map(_happens_twice, local)):
        return local
    return start, end


def _happens_twice(local: datetime) -> bool:
    """Whether clocks show this time twice, since they are set back in between."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
