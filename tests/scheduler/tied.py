"""Two clinics whose clients keep to their own, tied by therapists who work at both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scheduler.board import Board, Region
from scheduler.engine import Limits, schedule, stream
from scheduler.facts import Appointment, Client, Shift
from scheduler.local_crews import local_crew
from scheduler.outcome import Scheduled, Visit
from scheduler.parts import TiedRegion, as_appointment
from scheduler.problem import Problem
from scheduler.repair import Repair
from scheduler.settings import Weights
from scheduler.ties import find_parts
from tests.scheduler.networks import PLACES, Size, problems
from tests.scheduler.tiny import (
    client,
    comes,
    plan,
    problem,
    room,
    shift,
    therapist,
    travel,
    two_clinics,
)


def apart(asked: Problem) -> Problem:
    """The problem with clients who come to their home clinic only, where they always came."""
    network = asked.network
    homes = {client.client_id: client.home_location_id for client in network.clients}
    plans = {plan.plan_id: homes[plan.client_id] for plan in network.care_plans}

    def stay(client: Client) -> Client:
        return replace(client, other_location_ids=())

    def at_home(row: Appointment) -> Appointment:
        number = row.room_id.split("-")[1]
        return replace(row, room_id=f"{plans[row.plan_id]}-{number}")

    return replace(
        asked,
        network=replace(
            network,
            rooms=(*network.rooms, room("south-2"), room("south-9", "adjusting")),
            clients=tuple(map(stay, network.clients)),
            appointments=tuple(map(at_home, network.appointments)),
        ),
    )


USUAL = Size()
HOMES = {"dina": "north", "ruth": "south", "tom": "south"}


@st.composite
def tied_problems(draw: st.DrawFn, size: Size = USUAL) -> Problem:
    """Clients at both clinics, and therapists with days at both; promises of an earlier run."""
    asked = draw(problems(replace(size, plans=1)))
    network = asked.network
    cares = [plan(f"{who}-1", draw(st.sampled_from(size.phases))) for who in HOMES]
    clients = tuple(replace(c, home_location_id=HOMES[c.client_id]) for c in network.clients)
    staff = draw(st.sampled_from([("maya", "ivo"), ("maya", "omar", "ivo")]))
    shifts = [row for who in staff for row in draw(split_shifts(who, size))]
    asked = apart(
        replace(
            asked,
            network=replace(
                network,
                clients=clients,
                shifts=tuple(shifts),
                travel=draw(st.sampled_from([(travel(20),), (travel(45),), ()])),
                care_plans=tuple(cares),
                appointments=(),
            ),
        )
    )
    return draw(with_promises(asked, pins=size.pins)) if draw(st.booleans()) else asked


@st.composite
def split_shifts(draw: st.DrawFn, who: str, size: Size) -> list[Shift]:
    """Days at both clinics, and perhaps one at one of them."""
    here, there = draw(st.permutations(PLACES))
    days = draw(st.sampled_from(["mon", "mon tue", "tue thu"]))
    morning, later = (
        ("08:00-11:30", "12:00-15:30") if size.long_days else ("09:00-10:15", "11:00-12:15")
    )
    alone = shift(who, "fri", morning, there) if draw(st.booleans()) else []
    return [*shift(who, days, morning, here), *shift(who, days, later, there), *alone]


@st.composite
def with_promises(draw: st.DrawFn, asked: Problem, *, pins: bool) -> Problem:
    """Some of what one schedule of the problem books, as promises; days at both are free there."""
    weights = Weights(cadence=0, change_of_clinic=0, extra_therapist=0, other_time=0)
    found = solved(replace(asked, settings=replace(asked.settings, weights=weights)), 1)
    visits = [v for v in found.visits if draw(st.integers(0, 3))] if found else []
    rows = tuple(
        replace(as_appointment(visit), pinned=pins and draw(st.booleans())) for visit in visits
    )
    return replace(asked, network=replace(asked.network, appointments=rows))


def in_parts(asked: Problem) -> TiedRegion:
    """The problem cut wherever it can be, however small its parts are."""
    return TiedRegion(asked, find_parts(asked, thin=1.0, worth=0))


def solved(asked: Problem, rounds: int, start: tuple[Visit, ...] = ()) -> Scheduled | None:
    """What the engine makes of a part; None where there is nothing to do."""
    outcome = schedule(asked, Limits(seconds=None, rounds=rounds), workers=1, start=start)
    return outcome if isinstance(outcome, Scheduled) else None


def first(region: TiedRegion, rounds: int = 2) -> Repair:
    """The schedules that parts make of their shares."""
    found = (
        solved(region.shared(part), rounds, region.start) for part in range(len(region.places))
    )
    return Repair(region, [() if part is None else part.visits for part in found])


def repaired(repair: Repair, rounds: int = 2) -> Repair:
    """Every part once more, beside the others."""
    for turn in repair.region.turns:
        for part in turn:
            found = solved(repair.problem(part), rounds, repair.found[part])
            if found is not None:
                repair.take(part, found.visits)
    return repair


def both_clinics() -> Problem:
    """Dina at North, Ruth and Tom at South: Maya splits Mondays between them, Omar is at South."""
    south = [client(who, home_location_id="south") for who in ("ruth", "tom")]
    facts = two_clinics(
        rooms=[room("north-1"), room("south-1"), room("south-2")],
        therapists=[therapist("maya", max_minutes_per_week=300), therapist("omar")],
        shifts=[
            *shift("maya", "mon tue", "09:00-12:00"),
            *shift("maya", "mon tue", "13:00-17:00", "south"),
            *shift("omar", "thu", "09:00-11:30", "south"),
        ],
        clients=[client("dina"), *south],
        client_hours=[row for who in HOMES for row in comes(who)],
        care_plans=[plan("dina-1", "2x2"), plan("ruth-1", "2x1 1x1"), plan("tom-1", "2x2")],
    )
    return problem(facts, weeks=2)


def streamed(region: TiedRegion, workers: int, **options: Any) -> Scheduled:
    """What a crew makes of a region in parts, with limits that count unless told otherwise."""
    asked = Region(0, region.problem, places=region.places)
    limits = options.pop("limits", Limits(seconds=None, rounds=3))
    with local_crew(workers) as crew:
        ((_, outcome),) = stream([asked], Board(1), crew, limits, **options)
    return outcome


def bound(region: TiedRegion, rounds: int = 2) -> int:
    """What the parts prove together, each with all of its therapists' time."""
    proven = (solved(region.whole(part), rounds) for part in range(len(region.places)))
    return sum(0 if part is None else part.bound for part in proven)
