"""``change-of-clinic``: 25 for each time a therapist goes to another location within a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest

from scheduler.activities import find_activities
from scheduler.facts import Appointment
from scheduler.points import parts_of
from scheduler.points.change_of_clinic import find_stretches, rows
from scheduler.points.ledger import complete
from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import Engine, book, parts
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import (
    client,
    comes,
    completed,
    on,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clinics,
)

NAMES = ("dina", "ruth", "tom")


def asked(*appointments: Appointment, **options: Any) -> Problem:
    """Maya may be at North in the morning and late, at South in between; all live anywhere."""
    facts = two_clinics(
        shifts=[
            *shift(days="mon tue", hours="08:00-10:30"),
            *shift(days="mon tue", hours="11:00-13:30", where="south"),
            *shift(days="mon tue", hours="14:00-16:30"),
        ],
        clients=[client(name, other_location_ids=("south",)) for name in NAMES],
        client_hours=[row for name in NAMES for row in comes(name)],
        care_plans=[plan(f"{name}-plan") for name in NAMES],
        appointments=appointments,
    )
    weights = Weights(unbooked=0, away_from_home=0)
    return problem(facts, weights=weights, **options)


EARLY = book("mon 09:00")
NOON = book("mon 12:00", plan="ruth-plan", where="south")
LATE = book("mon 15:00", plan="tom-plan")


def test_each_way_from_one_clinic_to_another() -> None:
    assert parts(asked(), EARLY) == {}
    assert parts(asked(), EARLY, LATE) == {}
    assert parts(asked(), EARLY, NOON) == {"change-of-clinic": 25}
    assert parts(asked(), EARLY, NOON, LATE) == {"change-of-clinic": 50}


def test_another_day_is_no_change() -> None:
    assert parts(asked(), EARLY, book("tue 12:00", plan="ruth-plan", where="south")) == {}


def test_what_happened_counts_on_every_day_of_the_horizon() -> None:
    north = completed("mon 09:00", key="ruth-plan")
    south = completed("mon 12:00", key="tom-plan", room_id="south-1")
    assert parts(asked(north, south, as_of=on("tue"))) == {"change-of-clinic": 25}
    assert parts(asked(north), book("mon 12:00", where="south")) == {"change-of-clinic": 25}
    # Back at North in the afternoon of the same day.
    assert parts(asked(north, south), book("mon 15:00")) == {"change-of-clinic": 50}


def test_history_before_the_horizon_does_not_count() -> None:
    rows = (
        completed("mon 09:00", key="ruth-plan", starts_at=datetime(2027, 2, 22, 9)),
        completed(
            "mon 12:00", key="tom-plan", room_id="south-1", starts_at=datetime(2027, 2, 22, 12)
        ),
    )
    assert parts(asked(*rows)) == {}


def test_companions_do_not_count() -> None:
    # Maya adjusts Dina at North at 10:00, after a massage with Omar; at noon she is at South.
    facts = asked().network
    facts = replace(
        facts,
        rooms=(*facts.rooms, room("north-2", "adjusting")),
        therapists=(therapist("maya", credentials=frozenset({"LMT", "DC"})), therapist("omar")),
        shifts=(*facts.shifts, *shift("omar")),
        care_plans=(plan(companion_service_id="adjustment"), plan("ruth-plan")),
    )
    weights = Weights(unbooked=0, away_from_home=0)
    dina = book("mon 09:00", therapist="omar"), book("mon 10:00", companion=True)
    assert parts(problem(facts, weights=weights), *dina, NOON) == {}


# What the engine makes of it ---------------------------------------------------------------------

STANDING: dict[str, list[Appointment]] = {
    "nothing": [],
    "a session at North": [completed("mon 09:00", key="ruth-plan")],
    "a session where nobody has a shift": [
        completed("mon 09:00", key="ruth-plan", room_id="south-1")
    ],
    "sessions at both clinics, with time between them": [
        completed("mon 08:00", key="ruth-plan"),
        completed("mon 15:30", key="tom-plan", room_id="south-1"),
    ],
    "sessions at North, with time between them": [
        completed("mon 08:00", key="ruth-plan"),
        completed("mon 15:30", key="tom-plan"),
    ],
}


@pytest.mark.parametrize("standing", STANDING.values(), ids=STANDING.keys())
def test_the_helpers_cost_what_the_ledger_counts(standing: Sequence[Appointment]) -> None:
    # One session in each stretch of Maya's Monday, or in two, or three, or none.
    facts = asked().network
    names = ("one", "two", "three")
    more = tuple(client(name, other_location_ids=("south",)) for name in names)
    facts = replace(
        facts,
        clients=(*facts.clients, *more),
        client_hours=(*facts.client_hours, *(row for name in names for row in comes(name, "mon"))),
        care_plans=(*facts.care_plans, *(plan(f"{name}-plan", client_id=name) for name in names)),
        appointments=tuple(standing),
    )
    question = problem(facts, weights=Weights(unbooked=0, away_from_home=0))
    activities = find_activities(question)
    stretches = find_stretches(activities)
    session = np.arange(len(question.sessions))
    lots = [
        np.flatnonzero(stretches.stretch == stretch)
        for stretch in stretches.open.tolist()
        if activities.day[np.flatnonzero(stretches.stretch == stretch)[0]] == 0
    ]
    assert lots
    free = [i for i in session if question.sessions[i].plan_id.removesuffix("-plan") in names]
    for count in range(min(len(lots), len(free)) + 1):
        for chosen in combinations(lots, count):
            slots = [
                int(lot[activities.session[lot] == one][-1])
                for lot, one in zip(chosen, free, strict=False)
            ]
            assert _least(question, slots) == _counted(question, slots)


def _least(question: Problem, slots: Sequence[int]) -> int:
    """The least that the helpers cost beside the slots, of all that the rows allow."""
    activities = find_activities(question)
    limit = rows(activities, find_stretches(activities))
    helpers = len(limit.helper_points)
    matrix = np.zeros((len(limit.capacity), len(activities) + helpers), dtype=np.int64)
    runs = limit.runs
    for column, first, last, weight in zip(
        runs.column, runs.first, runs.last, runs.weight, strict=True
    ):
        matrix[first:last, column] += weight
    left = limit.capacity - matrix[:, slots].sum(axis=1)
    of_day = np.flatnonzero(
        np.isin(
            np.arange(helpers),
            find_stretches(activities).helpers_of(find_stretches(activities).stretch[slots]),
        )
    )
    ways = (np.array(way) for way in product((0, 1), repeat=len(of_day)))
    return min(
        int(limit.helper_points[of_day] @ way)
        for way in ways
        if (matrix[:, len(activities) + of_day] @ way <= left).all()
    )


def _counted(question: Problem, slots: Sequence[int]) -> int:
    """By how much the slots make the ledger's points more."""
    judge = Engine(question)
    entries = [judge.entry(judge.booking_of(slot)) for slot in slots]
    booked = {entry.session.key: entry for entry in entries}
    now, before = (parts_of(complete(question, it)) for it in (booked, {}))
    return now["change-of-clinic"] - before["change-of-clinic"]


def test_a_standing_session_keeps_others_from_another_clinic() -> None:
    # Ruth was at North this morning. At South Maya would change the clinic for Dina, who lives
    # there: 25 points. At North, after lunch, Dina is away from home: 20.
    north = completed("mon 09:00", key="ruth-plan")
    facts = replace(asked(north).network, shifts=(), care_plans=(plan(), plan("ruth-plan")))
    facts = replace(
        facts,
        shifts=(
            *shift(days="mon", hours="11:00-12:15", where="south"),
            *shift(days="mon", hours="14:00-16:30"),
        ),
        clients=(
            client("dina", home_location_id="south", other_location_ids=("north",)),
            *facts.clients[1:],
        ),
    )
    question = problem(facts, weights=Weights(cadence=0, other_time=0))
    outcome = scheduled(question, rounds=300)
    agree(question, outcome)
    assert outcome.parts["change-of-clinic"] == 0
    assert outcome.points == outcome.bound == 20


def test_between_two_clinics_where_somebody_was_nothing_is_paid_twice() -> None:
    # Maya goes from North to South today anyway; Dina at noon, at either, changes nothing more.
    was = (
        completed("mon 08:00", key="ruth-plan"),
        completed("mon 15:30", key="tom-plan", room_id="south-1"),
    )
    question = asked(*was)
    question = replace(
        question, settings=replace(question.settings, weights=Weights(away_from_home=0))
    )
    outcome = scheduled(question, rounds=300)
    agree(question, outcome)
    assert outcome.parts["change-of-clinic"] == 25
    assert outcome.points == outcome.bound == 25
