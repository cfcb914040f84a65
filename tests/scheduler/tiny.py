"""A tiny network, from which each test changes what it is about.

Northgate is open 08:00-18:00 on weekdays and has one massage room. Maya (massage, trigger
points) works there on Mondays from 09:00 to 12:00. Dina can come 08:00-18:00 on weekdays and has
a plan of one massage in the week of Monday 1 March 2027. A massage takes 60 minutes and 15 of
changeover, an intake 75 and 15, an adjustment 20 and 10.

Each function makes one row; ``network`` puts tables together, those of the tiny network where
none are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from scheduler.facts import (
    WEEKDAYS,
    Appointment,
    AppointmentStatus,
    CarePlan,
    Client,
    ClientHours,
    Condition,
    Frequency,
    Location,
    Network,
    OpeningHours,
    Phase,
    PlanStatus,
    Priority,
    Room,
    Service,
    Shift,
    Therapist,
    Travel,
)
from scheduler.horizon import Horizon
from scheduler.problem import Problem
from scheduler.settings import Settings, Weights

MONDAY = date(2027, 3, 1)
WORKDAYS = "mon tue wed thu fri"

SERVICES = (
    Service("massage", "Massage", 60, 15, "LMT", "massage"),
    Service("intake", "Intake", 75, 15, "LMT", "massage"),
    Service("adjustment", "Adjustment", 20, 10, "DC", "adjusting"),
)


def at(text: str) -> datetime:
    """A moment of the first horizon week, ``mon 09:00``, or of a later one, ``tue+2 09:00``."""
    day, clock = text.split()
    name, _, weeks = day.partition("+")
    days = WEEKDAYS.index(name) + 7 * int(weeks or 0)
    return datetime.combine(MONDAY + timedelta(days=days), time.fromisoformat(clock))


def on(text: str) -> date:
    """A day of the first horizon week, ``mon``, or of a later one, ``tue+2``."""
    return at(f"{text} 00:00").date()


def _span(hours: str) -> tuple[time, time]:
    starts, ends = (time.fromisoformat(clock) for clock in hours.split("-"))
    return starts, ends


def location(key: str = "north") -> Location:
    return Location(key, f"{key.title()}gate", "", "America/Los_Angeles", "")


def opening(
    key: str = "north", hours: str = "08:00-18:00", days: str = WORKDAYS
) -> list[OpeningHours]:
    return [OpeningHours(key, WEEKDAYS.index(day), *_span(hours)) for day in days.split()]


def room(key: str = "north-1", kind: str = "massage", where: str | None = None) -> Room:
    """The room's id begins with its location's."""
    return Room(key, where or key.split("-", maxsplit=1)[0], key, kind)


def travel(minutes: int, one: str = "north", other: str = "south") -> Travel:
    return Travel(one, other, minutes)


def service(key: str, **fields: Any) -> Service:
    """One of the three services, changed."""
    return replace(next(each for each in SERVICES if each.service_id == key), **fields)


def therapist(key: str = "maya", **fields: Any) -> Therapist:
    usual = Therapist(
        key,
        key.title(),
        "",
        frozenset({"LMT"}),
        frozenset({"trigger-point"}),
        max_minutes_per_day=480,
        max_minutes_per_week=2400,
    )
    return replace(usual, **fields)


def shift(
    who: str = "maya",
    days: str = "mon",
    hours: str = "09:00-12:00",
    where: str = "north",
    valid: tuple[date | None, date | None] = (None, None),
) -> list[Shift]:
    """The same hours on each of the days."""
    return [Shift(who, where, WEEKDAYS.index(day), *_span(hours), *valid) for day in days.split()]


def client(key: str = "dina", **fields: Any) -> Client:
    return replace(Client(key, key.title(), "", "", "north", (), None), **fields)


def comes(key: str = "dina", days: str = WORKDAYS, hours: str = "08:00-18:00") -> list[ClientHours]:
    return [ClientHours(key, WEEKDAYS.index(day), *_span(hours)) for day in days.split()]


def plan(key: str = "dina-plan", phases: str = "1x1", **fields: Any) -> CarePlan:
    """A plan of the client in its id; ``2x3 0.5x4`` is twice a week for 3 weeks, then …"""
    numbered = enumerate((text.split("x") for text in phases.split()), start=1)
    usual = CarePlan(
        plan_id=key,
        client_id=key.split("-", maxsplit=1)[0],
        condition=Condition.CHRONIC,
        service_id="massage",
        intake_service_id=None,
        techniques=frozenset(),
        start_date=MONDAY,
        priority=Priority.ROUTINE,
        status=PlanStatus.ACTIVE,
        companion_service_id=None,
        authorised_visits=None,
        authorised_until=None,
        contraindications=(),
        cleared_by=None,
        cleared_on=None,
        phases=tuple(Phase(n, Frequency(often), int(weeks)) for n, (often, weeks) in numbered),
    )
    return replace(usual, **fields)


def promise(starts: str, number: int = 1, key: str = "dina-plan", **fields: Any) -> Appointment:
    """A booked massage with Maya in the first room; its id is its place in the plan."""
    usual = Appointment(
        f"{key}-{number}",
        key,
        number,
        "massage",
        "maya",
        "north-1",
        at(starts),
        60,
        AppointmentStatus.BOOKED,
        pinned=False,
    )
    return replace(usual, **fields)


def completed(starts: str, number: int = 1, key: str = "dina-plan", **fields: Any) -> Appointment:
    return promise(starts, number, key, status=AppointmentStatus.COMPLETED, **fields)


def no_show(starts: str, number: int = 1, key: str = "dina-plan", **fields: Any) -> Appointment:
    return promise(starts, number, key, status=AppointmentStatus.NO_SHOW, **fields)


def network(**tables: Iterable[Any]) -> Network:
    """The tiny network with these tables instead of its own."""
    usual: dict[str, Iterable[Any]] = {
        "locations": [location()],
        "opening_hours": opening(),
        "rooms": [room()],
        "services": SERVICES,
        "therapists": [therapist()],
        "shifts": shift(),
        "clients": [client()],
        "client_hours": comes(),
        "care_plans": [plan()],
    }
    return Network(**{name: tuple(rows) for name, rows in {**usual, **tables}.items()})


def problem(
    facts: Network | None = None,
    *,
    weeks: int = 1,
    as_of: date = MONDAY,
    weights: Weights | None = None,
    **settings: Any,
) -> Problem:
    """The weeks from 1 March 2027 on, planned on that Monday unless another day is given."""
    return Problem(
        facts or network(),
        Horizon(MONDAY, weeks),
        as_of,
        Settings(weights=weights or Weights(), **settings),
    )


def two_clinics(**tables: Iterable[Any]) -> Network:
    """North and South, 25 minutes apart: Maya is at North 09:00-12:00, at South 13:00-17:00.

    Dina and Ruth live at North and accept South; each has a plan of her own.
    """
    usual: dict[str, Iterable[Any]] = {
        "locations": [location("north"), location("south")],
        "opening_hours": [*opening("north"), *opening("south")],
        "rooms": [room("north-1"), room("south-1")],
        "travel": [travel(25)],
        "shifts": [*shift(), *shift(hours="13:00-17:00", where="south")],
        "clients": [client(key, other_location_ids=("south",)) for key in ("dina", "ruth")],
        "client_hours": [*comes("dina"), *comes("ruth")],
        "care_plans": [plan("dina-plan"), plan("ruth-plan")],
    }
    return network(**{**usual, **tables})


def two_clients(**tables: Iterable[Any]) -> Network:
    """Dina and Ruth both come to Northgate, which has two rooms."""
    usual: dict[str, Iterable[Any]] = {
        "rooms": [room("north-1"), room("north-2")],
        "clients": [client("dina"), client("ruth")],
        "client_hours": [*comes("dina"), *comes("ruth")],
        "care_plans": [plan("dina-plan"), plan("ruth-plan")],
    }
    return network(**{**usual, **tables})
