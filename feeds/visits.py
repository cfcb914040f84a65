"""An appointment in the client's words: when, where, with whom, how long.

The words that templates may use stand here. None of them says why somebody comes: there is no
diagnosis, plan or technique among them, and the service only where the clinic wants it named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from feeds.appointment import FeedAppointment
from feeds.wording import Wording, for_client, one_line

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class House:
    """What a clinic says of itself in every mail; a line that is empty is left out.

    ``bring`` is what to bring, ``contact`` how to change an appointment. ``name_services`` says
    whether clients' mails may name what is done.
    """

    name: str
    bring: str = ""
    contact: str = ""
    name_services: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment as templates know it.

    ``day`` is as in "Monday, 1 March 2027", ``begins`` and ``ends`` as in "9:00 am", by the
    clocks of the location, whose zone is ``zone``, as in "PST". ``starts_at`` is the aware instant
    for templates that write it their own way. ``client`` is empty in mails to clients, ``service``
    unless the clinic names it.
    """

    starts_at: datetime
    day: str
    begins: str
    ends: str
    zone: str
    minutes: int
    therapist: str
    location: str
    address: str
    phone: str
    room: str
    service: str
    client: str

    @property
    def when(self) -> str:
        """As in "Monday, 1 March 2027, 9:00 am to 10:00 am (PST)"."""
        return f"{self.day}, {self.begins} to {self.ends} ({self.zone})"


def visit(appointment: FeedAppointment, *, name_service: bool, client: str = "") -> Visit:
    """The words for one appointment."""
    zone = ZoneInfo(appointment.timezone)
    start = appointment.starts_at.astimezone(UTC).astimezone(zone)
    end = appointment.ends_at.astimezone(UTC).astimezone(zone)
    length = end.astimezone(UTC) - start.astimezone(UTC)
    return Visit(
        starts_at=start,
        day=f"{_DAYS[start.weekday()]}, {start.day} {_MONTHS[start.month - 1]} {start.year}",
        begins=_clock(start),
        ends=_clock(end),
        zone=_zone_name(start, end),
        minutes=int(length.total_seconds()) // _MINUTE,
        therapist=one_line(appointment.therapist_name),
        location=one_line(appointment.location_name),
        address=one_line(appointment.location_address),
        phone=one_line(appointment.location_phone),
        room=one_line(appointment.room_name),
        service=one_line(appointment.service_name) if name_service else "",
        client=client,
    )


def entry_wording(appointment: FeedAppointment, house: House) -> Wording:
    """The calendar entry's text: the feed's, and what is good to know on the way there."""
    plain = for_client(appointment, name_service=house.name_services)
    lines = (
        plain.description,
        house.bring and f"Please bring: {one_line(house.bring)}",
        house.contact and f"To change it: {one_line(house.contact)}",
    )
    return replace(plain, description="\n".join(filter(None, lines)))


def _clock(local: datetime) -> str:
    hour = local.hour % 12 or 12
    return f"{hour}:{local:%M} {'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def _zone_name(start: datetime, end: datetime) -> str:
    """As in "PST", or "PDT to PST" in the night in which clocks change."""
    names = [start.tzname() or "UTC", end.tzname() or "UTC"]
    return names[0] if names[0] == names[1] else " to ".join(names)
