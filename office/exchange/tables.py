"""The exchange folder, file by file: the contract's table as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from office.exchange.cells import (
    CONTRAINDICATION,
    DATE,
    DAY,
    EMAIL,
    ID,
    MOMENT,
    NAME,
    NOTE,
    TIME,
    WEEK,
    WEEKDAY,
    YES_NO,
    ZONE,
    Cell,
    ids_of,
    member,
    optional,
    several,
    whole_number,
)
from scheduler import facts

Key = tuple[tuple[Any, ...], ...]
"""The values of a record's key columns, each in a tuple of its own, which is empty for ``None``."""


@dataclass(frozen=True, slots=True)
class PlanPhase:
    """A row of ``care_plan_phases.csv``: one phase, and the plan that it belongs to."""

    plan_id: str
    phase: int
    sessions_per_week: facts.Frequency
    weeks: int


@dataclass(frozen=True, slots=True)
class Span:
    """Two columns of which the first comes before the second; of two days, they may be one."""

    first: str
    last: str
    same_day: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One file: its columns in order, and the columns that no two rows have alike.

    ``name`` is also the field of ``Network`` that holds its records. Where ``either_way``,
    the two columns of the key mean the same in both orders.
    """

    name: str
    record: Callable[..., object]
    key: tuple[str, ...]
    columns: Mapping[str, Cell]
    spans: tuple[Span, ...] = ()
    optional: bool = False
    either_way: bool = False

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    def key_of(self, record: object) -> Key:
        """What tells a record from all others; keys of one table can be sorted."""
        values = (getattr(record, column) for column in self.key)
        key = tuple(() if value is None else (value,) for value in values)
        return tuple(sorted(key)) if self.either_way else key

    def cells_of(self, record: object) -> dict[str, str]:
        """A record as text."""
        return {name: cell.text(getattr(record, name)) for name, cell in self.columns.items()}


LOCATION, SERVICE, THERAPIST = ids_of("locations"), ids_of("services"), ids_of("therapists")
CLIENT, PLAN, ROOM = ids_of("clients"), ids_of("care_plans"), ids_of("rooms")
KEYWORDS = several(frozenset, ID, "a list of words, separated by ';'")
MINUTES = whole_number(1, DAY, "minutes")
MAX_WEEKS = 260
MAX_PHASES = 100
MAX_SESSIONS = 2 * MAX_WEEKS * MAX_PHASES

TABLES: tuple[Table, ...] = (
    Table(
        "locations",
        facts.Location,
        key=("location_id",),
        columns={
            "location_id": ID,
            "name": NAME,
            "address": NOTE,
            "timezone": ZONE,
            "phone": NOTE,
        },
    ),
    Table(
        "opening_hours",
        facts.OpeningHours,
        key=("location_id", "weekday", "opens"),
        columns={"location_id": LOCATION, "weekday": WEEKDAY, "opens": TIME, "closes": TIME},
        spans=(Span("opens", "closes"),),
    ),
    Table(
        "closures",
        facts.Closure,
        key=("location_id", "date"),
        columns={"location_id": optional(LOCATION), "date": DATE, "reason": NOTE},
        optional=True,
    ),
    Table(
        "rooms",
        facts.Room,
        key=("room_id",),
        columns={"room_id": ID, "location_id": LOCATION, "name": NAME, "kind": ID},
    ),
    Table(
        "travel",
        facts.Travel,
        key=("from_location_id", "to_location_id"),
        columns={"from_location_id": LOCATION, "to_location_id": LOCATION, "minutes": MINUTES},
        optional=True,
        either_way=True,
    ),
    Table(
        "services",
        facts.Service,
        key=("service_id",),
        columns={
            "service_id": ID,
            "name": NAME,
            "minutes": MINUTES,
            "changeover_minutes": whole_number(0, DAY, "minutes"),
            "credential": ID,
            "room_kind": ID,
        },
    ),
    Table(
        "therapists",
        facts.Therapist,
        key=("therapist_id",),
        columns={
            "therapist_id": ID,
            "name": NAME,
            "email": EMAIL,
            "credentials": KEYWORDS,
            "techniques": KEYWORDS,
            "max_minutes_per_day": MINUTES,
            "max_minutes_per_week": whole_number(1, WEEK, "minutes"),
        },
    ),
    Table(
        "shifts",
        facts.Shift,
        key=("therapist_id", "location_id", "weekday", "starts", "valid_from"),
        columns={
            "therapist_id": THERAPIST,
            "location_id": LOCATION,
            "weekday": WEEKDAY,
            "starts": TIME,
            "ends": TIME,
            "valid_from": optional(DATE),
            "valid_until": optional(DATE),
        },
        spans=(Span("starts", "ends"), Span("valid_from", "valid_until", same_day=True)),
    ),
    Table(
        "time_off",
        facts.TimeOff,
        key=("therapist_id", "starts_at"),
        columns={
            "therapist_id": THERAPIST,
            "starts_at": MOMENT,
            "ends_at": MOMENT,
            "reason": NOTE,
        },
        spans=(Span("starts_at", "ends_at"),),
        optional=True,
    ),
    Table(
        "clients",
        facts.Client,
        key=("client_id",),
        columns={
            "client_id": ID,
            "name": NAME,
            "email": EMAIL,
            "phone": NOTE,
            "home_location_id": LOCATION,
            "other_location_ids": several(tuple, LOCATION, "a list of ids, separated by ';'"),
            "preferred_therapist_id": optional(THERAPIST),
        },
    ),
    Table(
        "client_hours",
        facts.ClientHours,
        key=("client_id", "weekday", "starts"),
        columns={"client_id": CLIENT, "weekday": WEEKDAY, "starts": TIME, "ends": TIME},
        spans=(Span("starts", "ends"),),
    ),
    Table(
        "client_away",
        facts.ClientAway,
        key=("client_id", "first_day"),
        columns={"client_id": CLIENT, "first_day": DATE, "last_day": DATE},
        spans=(Span("first_day", "last_day", same_day=True),),
        optional=True,
    ),
    Table(
        "care_plans",
        partial(facts.CarePlan, phases=()),  # they come from a file of their own
        key=("plan_id",),
        columns={
            "plan_id": ID,
            "client_id": CLIENT,
            "condition": member(facts.Condition),
            "service_id": SERVICE,
            "intake_service_id": optional(SERVICE),
            "techniques": KEYWORDS,
            "start_date": DATE,
            "priority": member(facts.Priority),
            "status": member(facts.PlanStatus),
            "companion_service_id": optional(SERVICE),
            "authorised_visits": optional(whole_number(0, MAX_SESSIONS)),
            "authorised_until": optional(DATE),
            "contraindications": several(tuple, CONTRAINDICATION),
            "cleared_by": optional(NAME),
            "cleared_on": optional(DATE),
        },
    ),
    Table(
        "care_plan_phases",
        PlanPhase,
        key=("plan_id", "phase"),
        columns={
            "plan_id": PLAN,
            "phase": whole_number(1, MAX_PHASES),
            "sessions_per_week": member(facts.Frequency),
            "weeks": whole_number(1, MAX_WEEKS),
        },
    ),
    Table(
        "appointments",
        facts.Appointment,
        key=("appointment_id",),
        columns={
            "appointment_id": ID,
            "plan_id": PLAN,
            "session_number": whole_number(1, MAX_SESSIONS),
            "service_id": SERVICE,
            "therapist_id": THERAPIST,
            "room_id": ROOM,
            "starts_at": MOMENT,
            "minutes": MINUTES,
            "status": member(facts.AppointmentStatus),
            "pinned": YES_NO,
        },
        optional=True,
    ),
)
"""Every file of the contract, in an order in which each id stands before it is used."""
