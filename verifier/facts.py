"""What a clinic network is, as the verifier sees it: rows resolved to each other.

Times of a day are minutes from midnight, intervals half-open. Objects compare by
identity, so that they can be looked up quickly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, eq=False)
class Weekly:
    """The same hours of one weekday in every week."""

    weekday: int
    start: int
    end: int

    def holds(self, day: date, start: int, end: int) -> bool:
        """Whether ``start`` to ``end`` on that day lies within these hours."""
        return day.weekday() == self.weekday and self.start <= start and end <= self.end


@dataclass(frozen=True, eq=False)
class Location:
    """A clinic; ``closed`` names the reason for each day on which it is closed."""

    location_id: str
    name: str
    opening: tuple[Weekly, ...]
    closed: Mapping[date, str]


@dataclass(frozen=True, eq=False)
class Room:
    """A room of a clinic."""

    room_id: str
    name: str
    kind: str
    location: Location


@dataclass(frozen=True, eq=False)
class Service:
    """What is done: hands-on ``minutes``, then ``changeover`` minutes."""

    service_id: str
    name: str
    minutes: int
    changeover: int
    credential: str
    room_kind: str


@dataclass(frozen=True, eq=False)
class Shift:
    """A weekly shift at a location, on days ``first`` to ``last``, both included if given."""

    location: Location
    hours: Weekly
    first: date | None
    last: date | None

    def is_on(self, day: date) -> bool:
        """Whether the shift is worked on that day."""
        return (
            day.weekday() == self.hours.weekday
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )


@dataclass(frozen=True, eq=False)
class TimeOff:
    """When a therapist is not there."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, eq=False)
class Therapist:
    """Who does it; limits are hands-on minutes."""

    therapist_id: str
    name: str
    credentials: frozenset[str]
    techniques: frozenset[str]
    day_limit: int
    week_limit: int
    shifts: tuple[Shift, ...]
    time_off: tuple[TimeOff, ...]

    def shifts_on(self, day: date) -> list[Shift]:
        """The shifts of one day, at all locations, in order of start."""
        shifts = [shift for shift in self.shifts if shift.is_on(day)]
        return sorted(shifts, key=lambda shift: shift.hours.start)


@dataclass(frozen=True, eq=False)
class Away:
    """Days on which a client can't come, both included."""

    first: date
    last: date


@dataclass(frozen=True, eq=False)
class Client:
    """Who comes, when, and to which locations."""

    client_id: str
    name: str
    home: Location
    others: tuple[Location, ...]
    preferred: Therapist | None
    hours: tuple[Weekly, ...]
    away: tuple[Away, ...]
