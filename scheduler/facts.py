"""What a clinic network is: the facts that the engine plans from.

One class for each table of the exchange folder, with the same column names.
Dates and times are wall-clock values of the location that they belong to and
carry no zone: turning instants into wall-clock time and back is the work of
``models``. All intervals are half-open, ``[start, end)``, unless a name says
``last`` or ``until``: those days belong to the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum, StrEnum

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekday names of the exchange folder, in the order of ``date.weekday()``."""


class Condition(StrEnum):
    """How long the complaint has lasted: under three months is acute."""

    ACUTE = "acute"
    CHRONIC = "chronic"


class Priority(StrEnum):
    """How much an unbooked session of the plan costs."""

    URGENT = "urgent"
    ROUTINE = "routine"


class PlanStatus(StrEnum):
    """Where a care plan stands; only active plans are scheduled."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    DISCONTINUED = "discontinued"


class AppointmentStatus(StrEnum):
    """What became of an appointment; ``booked`` is a promise."""

    BOOKED = "booked"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Frequency(Enum):
    """How often a phase calls for a session; the value is its text in the exchange folder."""

    TWICE_A_WEEK = "2"
    WEEKLY = "1"
    EVERY_OTHER_WEEK = "0.5"


@dataclass(frozen=True, slots=True)
class Location:
    """A clinic."""

    location_id: str
    name: str
    address: str
    timezone: str
    phone: str


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One weekly interval in which a location is open."""

    location_id: str
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which a location is closed; without a location, all of them are."""

    location_id: str | None
    date: date
    reason: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room; rooms of one kind at one location are alike."""

    room_id: str
    location_id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes between two locations, the same in both directions."""

    from_location_id: str
    to_location_id: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Service:
    """What is done: hands-on minutes, then a changeover that blocks therapist and room."""

    service_id: str
    name: str
    minutes: int
    changeover_minutes: int
    credential: str
    room_kind: str


@dataclass(frozen=True, slots=True)
class Therapist:
    """Who does it, with limits on hands-on minutes (changeover not counted)."""

    therapist_id: str
    name: str
    email: str
    credentials: frozenset[str]
    techniques: frozenset[str]
    max_minutes_per_day: int
    max_minutes_per_week: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A weekly shift of a therapist at a location, valid on days from..until, both included."""

    therapist_id: str
    location_id: str
    weekday: int
    starts: time
    ends: time
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class TimeOff:
    """When a therapist is not there, half-open."""

    therapist_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Client:
    """Who comes, and where they would come to."""

    client_id: str
    name: str
    email: str
    phone: str
    home_location_id: str
    other_location_ids: tuple[str, ...]
    preferred_therapist_id: str | None


@dataclass(frozen=True, slots=True)
class ClientHours:
    """One weekly interval in which a client can come."""

    client_id: str
    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class ClientAway:
    """Days on which a client can't come, both included."""

    client_id: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Refusal:
    """A time that a client was offered and declined, half-open. No table of the exchange folder.

    It is about this one time: no other is better or worse for it.
    """

    client_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a care plan with one frequency; phases are numbered from 1."""

    phase: int
    frequency: Frequency
    weeks: int


@dataclass(frozen=True, slots=True)
class CarePlan:
    """A client's care plan with its phases in order.

    A plan with contraindications and no ``cleared_on`` is held: it has not passed screening.
    """

    plan_id: str
    client_id: str
    condition: Condition
    service_id: str
    intake_service_id: str | None
    techniques: frozenset[str]
    start_date: date
    priority: Priority
    status: PlanStatus
    companion_service_id: str | None
    authorised_visits: int | None
    authorised_until: date | None
    contraindications: tuple[str, ...]
    cleared_by: str | None
    cleared_on: date | None
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked session or companion: who, where and when, and what became of it."""

    appointment_id: str
    plan_id: str
    session_number: int
    service_id: str
    therapist_id: str
    room_id: str
    starts_at: datetime
    minutes: int
    status: AppointmentStatus
    pinned: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Everything that is known of a clinic network: the exchange folder as values, and refusals.

    Tuples are sorted by their natural keys, so that equal networks compare equal.
    """

    locations: tuple[Location, ...] = ()
    opening_hours: tuple[OpeningHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    rooms: tuple[Room, ...] = ()
    travel: tuple[Travel, ...] = ()
    services: tuple[Service, ...] = ()
    therapists: tuple[Therapist, ...] = ()
    shifts: tuple[Shift, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    clients: tuple[Client, ...] = ()
    client_hours: tuple[ClientHours, ...] = ()
    client_away: tuple[ClientAway, ...] = ()
    care_plans: tuple[CarePlan, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    refusals: tuple[Refusal, ...] = ()
