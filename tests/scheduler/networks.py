"""Random networks, small but with a little of everything, for Hypothesis.

Northgate and Southgate, with a journey between them or none; Maya and Omar massage, Ivo adjusts.
History is of days up to the day of planning; promises may have become impossible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.care_plans import Session, sessions_of
from scheduler.facts import (
    Appointment,
    AppointmentStatus,
    CarePlan,
    Client,
    ClientAway,
    ClientHours,
    Closure,
    PlanStatus,
    Priority,
    Room,
    Shift,
    Therapist,
    TimeOff,
    Travel,
)
from scheduler.problem import Problem
from tests.scheduler.tiny import (
    MONDAY,
    SERVICES,
    client,
    comes,
    location,
    network,
    on,
    opening,
    plan,
    problem,
    room,
    shift,
    therapist,
    travel,
)

CLIENTS = ("dina", "ruth", "tom")
THERAPISTS = ("maya", "omar", "ivo")
PLACES = ("north", "south")

DAYS = ("mon", "mon wed", "tue thu", "mon tue thu", "wed fri")
TINY_DAYS = ("mon", "mon wed", "tue thu", "wed")
LONG_DAYS = ("09:00-15:00", "08:30-15:15")


@dataclass(frozen=True)
class Size:
    """How large the random networks are; ``plans`` at most, the others to choose from."""

    plans: int = 4
    half_days: tuple[str, ...] = ("09:00-11:30", "10:00-12:00", "13:00-15:30")
    afternoons: tuple[str, ...] = ("12:00-14:00", "13:00-15:00", "13:30-17:00")
    phases: tuple[str, ...] = ("1x1", "1x2", "2x1", "2x2", "0.5x2", "1x1 0.5x2", "2x1 1x1")
    long_days: bool = True
    pins: bool = True
    weeks: int = 2
    grids: tuple[int, ...] = (15, 20, 30)


TINY = Size(
    plans=3,
    half_days=("09:00-10:45", "10:00-11:15"),
    afternoons=("12:00-13:30", "12:30-14:15"),
    phases=("1x1", "2x1"),
    long_days=False,
    weeks=1,
    grids=(30,),
)
"""So small that all schedules can be looked at."""


def sometimes(strategy: st.SearchStrategy[Any], otherwise: Any = None) -> st.SearchStrategy[Any]:
    """One time in five: what is rare in a clinic; Hypothesis shrinks to the usual."""
    return st.sampled_from([False] * 4 + [True]).flatmap(
        lambda chosen: strategy if chosen else st.just(otherwise)
    )


@st.composite
def shifts_of(draw: st.DrawFn, who: str, size: Size) -> list[Shift]:
    """Half a day, a long day, or a day split between the clinics."""
    days = draw(st.sampled_from(DAYS if size.long_days else TINY_DAYS))
    kind = draw(st.sampled_from(["half", "split", "long"] if size.long_days else ["half", "split"]))
    here, there = draw(st.permutations(PLACES))
    if kind == "split":
        morning = "09:00-12:00" if size.long_days else "10:00-11:45"
        hours = draw(st.sampled_from(size.afternoons))
        return [*shift(who, days, morning, here), *shift(who, days, hours, there)]
    hours = draw(st.sampled_from(size.half_days if kind == "half" else LONG_DAYS))
    return shift(who, days, hours, here)


@st.composite
def therapists(draw: st.DrawFn) -> list[Therapist]:
    limits = sometimes(st.sampled_from([80, 120, 135]), 480)
    return [
        therapist(
            who,
            credentials=frozenset({"DC" if who == "ivo" else "LMT"}),
            techniques=frozenset(draw(sometimes(st.just(["trigger-point"]), []))),
            max_minutes_per_day=draw(limits),
            max_minutes_per_week=draw(sometimes(st.sampled_from([120, 195, 250]), 2400)),
        )
        for who in THERAPISTS
    ]


@st.composite
def clients(draw: st.DrawFn) -> tuple[list[Client], list[ClientHours]]:
    rows, hours = [], []
    for who in CLIENTS:
        home, other = draw(st.permutations(PLACES))
        rows.append(
            client(
                who,
                home_location_id=home,
                other_location_ids=draw(st.sampled_from([(other,), (other,), ()])),
                preferred_therapist_id=draw(sometimes(st.sampled_from(["maya", "omar"]))),
            )
        )
        hours += comes(who, hours=draw(sometimes(st.just("10:00-14:00"), "08:00-18:00")))
    return rows, hours


@st.composite
def plans(draw: st.DrawFn, size: Size) -> list[CarePlan]:
    count = draw(st.integers(1, size.plans))
    return [
        plan(
            f"{draw(st.sampled_from(CLIENTS))}-{number}",
            draw(st.sampled_from(size.phases)),
            start_date=MONDAY + timedelta(days=draw(st.sampled_from([0, 0, 0, -7, -3, 2]))),
            intake_service_id=draw(sometimes(st.just("intake"))),
            companion_service_id=draw(sometimes(st.just("adjustment"))),
            techniques=frozenset(draw(sometimes(st.just(["trigger-point"]), []))),
            priority=draw(st.sampled_from(list(Priority))),
            status=draw(sometimes(st.just(PlanStatus.PAUSED), PlanStatus.ACTIVE)),
            authorised_visits=draw(sometimes(st.integers(0, 3))),
            authorised_until=draw(sometimes(st.sampled_from([on("wed"), on("tue+1")]))),
            contraindications=draw(sometimes(st.just(("pregnancy",)), ())),
            cleared_on=draw(sometimes(st.just(on("mon")))),
        )
        for number in range(count)
    ]


def _moments(session: Session, first: date, last: date) -> list[datetime]:
    """Some moments of the session's window on workdays of ``[first, last)``."""
    opens, closes = max(session.opens, first), min(session.closes, last)
    days = [opens + timedelta(days=n) for n in range(max((closes - opens).days, 0))]
    clocks = (time(9), time(10), time(10, 30), time(13))
    return [datetime.combine(d, clock) for d in days if d.weekday() < 5 for clock in clocks]


@st.composite
def appointments(
    draw: st.DrawFn, cares: list[CarePlan], rooms: list[Room], as_of: date, size: Size
) -> list[Appointment]:
    """History up to the day of planning, and promises from some days before it on."""
    rows, tables = [], [each.room_id for each in rooms if each.room_id != "north-9"]
    for care in cares:
        for session in sessions_of(care):
            past = _moments(session, date.min, as_of + timedelta(days=1))
            coming = _moments(session, MONDAY, MONDAY + timedelta(weeks=size.weeks))
            kinds = ["none"] * 3 + ["past"] * 2 * bool(past) + ["promise"] * 2 * bool(coming)
            kind = draw(st.sampled_from(kinds))
            if kind == "none":
                continue
            row = _appointment(session, draw(st.sampled_from(past if kind == "past" else coming)))
            happened = [AppointmentStatus.COMPLETED, AppointmentStatus.NO_SHOW]
            booked = kind == "promise"
            row = replace(
                row,
                therapist_id=draw(st.sampled_from(["maya", "omar"])),
                room_id=draw(st.sampled_from(tables)),
                pinned=booked and size.pins and draw(sometimes(st.just(True), False)),
                status=AppointmentStatus.BOOKED if booked else draw(st.sampled_from(happened)),
            )
            rows.append(row)
            if booked and care.companion_service_id and draw(st.booleans()):
                rows.append(_companion_of(row, pinned=size.pins and draw(st.booleans())))
    return rows


def _companion_of(row: Appointment, *, pinned: bool) -> Appointment:
    """An adjustment with Ivo as soon as the session ends."""
    return replace(
        row,
        appointment_id=f"{row.appointment_id}-companion",
        service_id="adjustment",
        therapist_id="ivo",
        room_id="north-9",
        starts_at=row.starts_at + timedelta(minutes=row.minutes),
        minutes=20,
        pinned=pinned,
    )


def _appointment(session: Session, starts_at: datetime) -> Appointment:
    minutes = {each.service_id: each.minutes for each in SERVICES}
    return Appointment(
        f"{session.plan_id}-{session.number}",
        session.plan_id,
        session.number,
        session.service_id,
        "maya",
        "north-1",
        starts_at,
        minutes[session.service_id],
        AppointmentStatus.BOOKED,
        pinned=False,
    )


@st.composite
def problems(draw: st.DrawFn, size: Size = Size()) -> Problem:
    """A problem of a few weeks, two at most unless the size says otherwise."""
    as_of = draw(st.sampled_from([MONDAY, MONDAY, on("wed"), MONDAY - timedelta(days=3)]))
    cares = draw(plans(size))
    people, hours = draw(clients())
    rooms: list[Room] = [room("north-1"), room("south-1"), room("north-9", "adjusting")]
    rooms += draw(sometimes(st.just([room("north-2")]), []))
    away: list[ClientAway] = draw(
        sometimes(st.just([ClientAway(CLIENTS[0], on("mon"), on("tue"))]), [])
    )
    closed: list[Closure] = draw(
        sometimes(
            st.sampled_from([[Closure(None, on("thu"), "")], [Closure("south", on("tue"), "")]]), []
        )
    )
    journeys: list[Travel] = draw(st.sampled_from([[travel(25)], [travel(70)], []]))
    off = TimeOff("maya", datetime(2027, 3, 2, 10), datetime(2027, 3, 3, 10, 15), "")
    return problem(
        network(
            locations=[location(place) for place in PLACES],
            opening_hours=[hours for place in PLACES for hours in opening(place)],
            closures=closed,
            rooms=rooms,
            travel=journeys,
            therapists=draw(therapists()),
            shifts=[row for who in THERAPISTS for row in draw(shifts_of(who, size))],
            time_off=draw(sometimes(st.just([off]), [])),
            clients=people,
            client_hours=hours,
            client_away=away,
            care_plans=cares,
            appointments=draw(appointments(cares, rooms, as_of, size)),
        ),
        weeks=draw(st.integers(1, size.weeks)),
        as_of=as_of,
        grid=draw(st.sampled_from(size.grids)),
        freeze_days=draw(sometimes(st.sampled_from([1, 3]), 0)) if size.pins else 0,
    )
