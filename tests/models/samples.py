"""One small network, and builders for what the tests put into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from models.network import save_network
from models.schedule import RunRecord, record_run, save_draft
from models.store import Store
from scheduler.facts import (
    Appointment,
    AppointmentStatus,
    CarePlan,
    Client,
    ClientAway,
    ClientHours,
    Closure,
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
    TimeOff,
    Travel,
)
from scheduler.horizon import Horizon
from scheduler.outcome import Measure, SessionKey, Visit
from scheduler.settings import Weights

ROOT = Path(__file__).parents[2]
MONDAY = date(2027, 2, 22)
NOW = datetime(2027, 2, 19, 17, 41, tzinfo=UTC)
LATER = datetime(2027, 2, 23, 9, 13, tzinfo=UTC)
PACIFIC = "America/Los_Angeles"


def at(day: int, clock: str) -> datetime:
    """Wall-clock time ``day`` days after the first Monday."""
    return datetime.combine(MONDAY + timedelta(days=day), time.fromisoformat(clock))


TEN = at(0, "10:00")


def plan(key: str, client: str, companion: str | None = None) -> CarePlan:
    """Six weekly sessions of massage from the first Monday on."""
    return CarePlan(
        plan_id=key,
        client_id=client,
        condition=Condition.ACUTE,
        service_id="massage",
        intake_service_id=None,
        techniques=frozenset({"trigger-point", "myofascial-release"}),
        start_date=MONDAY,
        priority=Priority.ROUTINE,
        status=PlanStatus.ACTIVE,
        companion_service_id=companion,
        authorised_visits=7,
        authorised_until=date(2027, 5, 31),
        contraindications=(),
        cleared_by=None,
        cleared_on=None,
        phases=(Phase(1, Frequency.WEEKLY, 4), Phase(2, Frequency.EVERY_OTHER_WEEK, 4)),
    )


def appointment(  # one promise of the first week
    key: str,
    plan_id: str = "p1",
    starts_at: datetime = TEN,
    therapist: str = "ann",
    room: str = "n1",
    *,
    number: int = 1,
    service: str = "massage",
    status: AppointmentStatus = AppointmentStatus.BOOKED,
) -> Appointment:
    """An hour of massage at ten on Monday with Ann in room n1, unless told otherwise."""
    minutes = 60 if service == "massage" else 15
    return Appointment(
        key, plan_id, number, service, therapist, room, starts_at, minutes, status, pinned=False
    )


def visit(
    plan_id: str,
    starts_at: datetime,
    therapist: str = "ann",
    room: str = "n1",
    *,
    number: int = 1,
    companion: bool = False,
) -> Visit:
    """An hour of massage, or the quarter of an hour of adjustment that goes with it."""
    service, minutes = ("adjustment", 15) if companion else ("massage", 60)
    place = "south" if room.startswith("s") else "north"
    return Visit(
        plan_id, number, service, therapist, place, room, starts_at, minutes, companion, False
    )


def network(*appointments: Appointment) -> Network:
    """Two clinics, each feature once: a complete example."""
    hours = [(client, day) for client in ("c1", "c2", "c3") for day in range(5)]
    return Network(
        locations=(
            Location("north", "North", "1 Example Ave", PACIFIC, "503-555-0100"),
            Location("south", "South", "2 Example Ave", "America/Denver", "503-555-0101"),
        ),
        opening_hours=(OpeningHours("north", 0, time(8), time(12)),),
        closures=(
            Closure(None, date(2027, 7, 5), "Independence Day"),
            Closure("south", date(2027, 3, 12), "Paint"),
        ),
        rooms=(
            Room("n1", "north", "One", "massage"),
            Room("n2", "north", "Two", "massage"),
            Room("s1", "south", "One", "massage"),
        ),
        travel=(Travel("south", "north", 35),),
        services=(
            Service("adjustment", "Adjustment", 15, 5, "DC", "massage"),
            Service("massage", "Massage", 60, 15, "LMT", "massage"),
        ),
        therapists=(
            Therapist(
                "ann", "Ann", "a@x.example", frozenset({"LMT"}), frozenset({"pnf"}), 240, 900
            ),
            Therapist(
                "bob", "Bob", "b@x.example", frozenset({"DC", "LMT"}), frozenset(), 300, 1200
            ),
        ),
        shifts=(
            Shift("ann", "north", 0, time(8), time(16), None, None),
            Shift("ann", "north", 0, time(8), time(17), date(2027, 6, 1), date(2027, 8, 31)),
        ),
        time_off=(TimeOff("bob", at(3, "00:00"), at(5, "12:30"), "vacation"),),
        clients=(
            Client("c1", "Dina Young", "c1@x.example", "1", "north", ("south",), "bob"),
            Client("c2", "Wren Evans", "c2@x.example", "2", "north", (), None),
            Client("c3", "Jo O'Hara", "c3@x.example", "3", "south", ("north",), None),
        ),
        client_hours=tuple(ClientHours(who, day, time(8), time(20)) for who, day in hours),
        client_away=(ClientAway("c2", date(2027, 3, 1), date(2027, 3, 4)),),
        care_plans=(plan("p1", "c1", "adjustment"), plan("p2", "c2"), plan("p3", "c3")),
        appointments=tuple(sorted(appointments, key=lambda it: it.appointment_id)),
    )


def run(**changes: object) -> RunRecord:
    """A run over the first two weeks, planned on the Monday."""
    values: dict[str, object] = {
        "created_at": NOW,
        "horizon": Horizon(MONDAY, 2),
        "as_of": MONDAY,
        "fingerprint": "5e" * 32,
        "grid": 15,
        "freeze_days": 3,
        "weights": Weights(unpaired=151),
        "seed": 7_000_000_000,
        "seconds": 3.25,
        "points": 1234,
        "bound": 1201,
        "stake": 6000,
        "booked": 4,
        "in_scope": 6,
        "most_bookable": 5,
        "parts": {"unbooked": 1000, "cadence": 234},
        "history": (Measure(0.5, 3, 2345, 1100), Measure(3.0, 4, 1234, 1201)),
    }
    return RunRecord(**{**values, **changes})  # type: ignore[arg-type]  # the tests' own words


def save(store: Store, *appointments: Appointment) -> None:
    """The network with these appointments."""
    with store.writing() as session:
        save_network(session, network(*appointments), now=NOW)


def draft(
    store: Store, visits: Sequence[Visit], unbooked: Sequence[SessionKey] = (), **changes: object
) -> None:
    """A draft made from what is published now."""
    with store.writing() as session:
        save_draft(session, record_run(session, run(**changes)), visits, unbooked)
