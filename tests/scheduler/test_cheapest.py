"""The cheapest schedule of a plan equals the cheapest of all its schedules, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from math import inf, prod
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.care_plans import sessions_of
from scheduler.cheapest import Cheapest
from scheduler.facts import Appointment, AppointmentStatus, Frequency
from scheduler.kernels.paths import NEVER
from scheduler.model import Model, build
from scheduler.points import parts_of
from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.tiny import (
    MONDAY,
    at,
    network,
    on,
    plan,
    problem,
    promise,
    room,
    shift,
    therapist,
)

LEAST_DAYS = {Frequency.TWICE_A_WEEK: 2, Frequency.WEEKLY: 4, Frequency.EVERY_OTHER_WEEK: 8}

MOST_SCHEDULES = 1000
"""Plans with more schedules are not tried."""


# The same, one by one --------------------------------------------------------------------------


def _visits(model: Model, slots: Sequence[int]) -> list[tuple[int, date, Frequency]]:
    """Number, day and frequency of all sessions, standing ones too, in order of number."""
    asked = model.problem
    visits = [
        (
            a.session_number,
            a.starts_at.date(),
            asked.calendar[a.plan_id, a.session_number].frequency,
        )
        for a in asked.standing
        if not asked.is_companion(a)
    ]
    for slot in slots:
        session = asked.sessions[model.activities.session[slot]]
        day = model.activities.axes.date(int(model.activities.day[slot]))
        visits.append((session.number, day, session.frequency))
    return sorted(visits, key=lambda visit: visit[0])


def _is_sound(model: Model, slots: Sequence[int]) -> bool:
    """Whether spacing holds and no more visits are used than are authorised."""
    (care,) = model.problem.network.care_plans
    used = sum(
        a.status is not AppointmentStatus.NO_SHOW
        for a in model.problem.standing
        if not model.problem.is_companion(a)
    )
    if slots and care.authorised_visits is not None and used + len(slots) > care.authorised_visits:
        return False
    standing = {a.session_number for a in model.problem.standing}
    return all(
        (later - earlier).days >= min(LEAST_DAYS[one], LEAST_DAYS[other])
        for (first, earlier, one), (second, later, other) in pairwise(_visits(model, slots))
        if not {first, second} <= standing
    )


def _schedules(model: Model, costs: Any) -> Iterator[tuple[float, tuple[int, ...]]]:
    """What each sound schedule costs: its points, and the prices of its columns."""
    session = model.activities.session[: model.activities.slots]
    choices = [
        [-1, *np.flatnonzero(session == s).tolist()] for s in range(len(model.problem.sessions))
    ]
    assume(prod(map(len, choices)) <= MOST_SCHEDULES)
    for choice in product(*choices):
        slots = [slot for slot in choice if slot >= 0]
        if _is_sound(model, slots):
            parts: dict[str, int] = parts_of(model.ledger(slots, frozenset(slots)))
            points = sum(parts.values())
            yield points + sum(_price(model, slot, costs) for slot in slots), tuple(slots)


def _price(model: Model, slot: int, costs: Any) -> float:
    """The prices of a slot with the companion that costs least, or with 150 points for none."""
    companions = model.companions_of(slot)
    alone = float(model.asks[slot])
    return float(costs[slot]) + min([alone, *(float(costs[c]) for c in companions)])


# Plans -----------------------------------------------------------------------------------------


PHASES = ("1x1", "2x1", "1x2", "2x2", "1x3", "0.5x2", "0.5x4", "2x1 1x1", "1x1 0.5x2", "0.5x2 2x1")
DAYS = ("mon", "mon thu", "tue wed", "mon wed", "fri")
AWAY = ("pia", "rui", "sol")
"""They have treated the client, but have no shifts any more: whoever comes next is one more."""

NEW = ("finn", "maya", "nora", "omar")

HOURS = ("09:00-10:15", "09:00-10:45", "10:30-12:00")


@st.composite
def _standing(draw: st.DrawFn, start: date, phases: str) -> list[Appointment]:
    """Some sessions that happened or were promised before Wednesday; the others are open."""
    rows = []
    for number in range(1, len(sessions_of(plan(phases=phases))) + 1):
        if draw(st.integers(0, 3)) == 0:
            day = start + timedelta(days=draw(st.integers(0, 9)))
            status = draw(st.sampled_from(list(AppointmentStatus)[:3]))
            moment = at("mon 09:00").replace(year=day.year, month=day.month, day=day.day)
            rows.append(
                promise(
                    "mon 09:00",
                    number,
                    starts_at=moment,
                    status=status,
                    therapist_id=draw(st.sampled_from(["maya", "omar", *AWAY])),
                )
            )
    return [row for row in rows if row.starts_at < at("wed 00:00")]


@st.composite
def one_plan(draw: st.DrawFn, *, visits: bool, standing: bool, companion: bool) -> Problem:
    phases = draw(st.sampled_from(PHASES))
    start = MONDAY + timedelta(days=draw(st.sampled_from([0, -7, -4, 2])))
    rows = draw(_standing(start, phases)) if standing else []
    shifts = [
        row
        for who in ("maya", "omar")
        for row in shift(who, draw(st.sampled_from(DAYS)), draw(st.sampled_from(HOURS)))
    ]
    facts = network(
        rooms=[room("north-1"), room("north-2", "adjusting")],
        therapists=[
            therapist("ivo", credentials=frozenset({"DC"})),
            therapist("maya"),
            therapist("omar"),
            *map(therapist, AWAY),
        ],
        shifts=[*shifts, *(shift("ivo", "mon wed thu", "10:00-12:00") if companion else [])],
        care_plans=[
            plan(
                phases=phases,
                start_date=start,
                companion_service_id="adjustment" if companion else None,
                authorised_visits=draw(st.integers(0, 4)) if visits else None,
            )
        ],
        appointments=rows,
    )
    # What a standing session pays for its time of day is left to the ledger.
    weights = Weights(unbooked=draw(st.sampled_from([1000, 60])), other_time=0 if rows else 25)
    asked = problem(
        facts, weeks=2, as_of=at("wed 00:00").date() if rows else MONDAY, weights=weights, grid=30
    )
    assume(asked.sessions)
    return asked


def check(asked: Problem, seed: int) -> None:
    """Value and path of the dynamic program, against all schedules, under random prices."""
    model = build(asked)
    random = np.random.default_rng(seed)
    costs = random.integers(0, 120, model.matrix.columns).astype(float)
    costs[random.random(len(costs)) < 0.2] = NEVER
    cheapest = Cheapest(model.plans, model.starts)
    own = costs.copy()
    own[: model.activities.slots] += model.slot_points
    found = cheapest.solve(model.with_companions(own, 0, model.activities.slots))
    (value,) = found.paid
    schedules = {slots: cost for cost, slots in _schedules(model, costs)}
    best = min(schedules.values(), default=inf)
    assert value + model.settled_points == pytest.approx(best)
    assert schedules[tuple(found.slots.tolist())] == pytest.approx(best)


SEEDS = st.integers(0, 1000)


@given(one_plan(visits=False, standing=False, companion=False), SEEDS)
def test_a_plan_by_itself(asked: Problem, seed: int) -> None:
    check(asked, seed)


@given(one_plan(visits=True, standing=False, companion=False), SEEDS)
def test_a_plan_with_few_visits(asked: Problem, seed: int) -> None:
    check(asked, seed)


@given(one_plan(visits=False, standing=True, companion=False), SEEDS)
def test_a_plan_with_sessions_that_stand(asked: Problem, seed: int) -> None:
    check(asked, seed)


@given(one_plan(visits=False, standing=False, companion=True), SEEDS)
def test_a_plan_with_companions(asked: Problem, seed: int) -> None:
    check(asked, seed)


@given(one_plan(visits=True, standing=True, companion=True), SEEDS)
def test_with_everything_the_value_is_never_too_high(asked: Problem, seed: int) -> None:
    # Between standing sessions visits are not counted, so that the value may be too low.
    model = build(asked)
    costs = np.random.default_rng(seed).integers(0, 120, model.matrix.columns).astype(float)
    own = costs.copy()
    own[: model.activities.slots] += model.slot_points
    cheapest = Cheapest(model.plans, model.starts)
    found = cheapest.solve(model.with_companions(own, 0, model.activities.slots))
    (value,) = found.paid
    best = min(cost for cost, _ in _schedules(model, costs))
    assert value + model.settled_points <= best + 1e-6


@st.composite
def many_therapists(draw: st.DrawFn) -> Problem:
    """A weekly plan that some therapists know; four others have a start a week, each on a day."""
    known = draw(st.integers(0, 2))
    weeks = draw(st.integers(1, 4))
    shifts = zip(NEW, draw(st.permutations(["mon", "tue", "wed", "thu"])), strict=True)
    facts = network(
        therapists=[*map(therapist, NEW), *map(therapist, AWAY)],
        shifts=[row for who, day in shifts for row in shift(who, day, "09:00-10:15")],
        care_plans=[
            plan(phases=f"1x{known + weeks}", start_date=MONDAY - timedelta(days=7 * known))
        ],
        appointments=before(known),
    )
    return problem(facts, weeks=weeks, grid=30)


def before(known: int) -> list[Appointment]:
    """A session in each of so many weeks before Monday, each with somebody else."""
    return [
        promise(
            "mon 09:00",
            number + 1,
            starts_at=at("mon 09:00") - timedelta(days=7 * (known - number)),
            status=AppointmentStatus.COMPLETED,
            therapist_id=who,
        )
        for number, who in enumerate(AWAY[:known])
    ]


def new_therapists(model: Model, slots: Sequence[int]) -> int:
    return len({int(model.activities.therapist[slot]) for slot in slots})


@given(many_therapists(), SEEDS)
def test_with_many_new_therapists_the_value_may_be_low_but_never_too_high(
    asked: Problem, seed: int
) -> None:
    model = build(asked)
    costs = np.random.default_rng(seed).integers(0, 200, model.matrix.columns).astype(float)
    own = costs.copy()
    own[: model.activities.slots] += model.slot_points
    prices = model.with_companions(own, 0, model.activities.slots)
    coarse = model.everyone.solve(prices, fine=False).paid.sum() + model.settled_points
    fine = model.everyone.solve(prices).paid.sum() + model.settled_points
    schedules = list(_schedules(model, costs))
    best = min(cost for cost, _ in schedules)
    fewest = min(new_therapists(model, slots) for cost, slots in schedules if cost < best + 1e-6)
    assert coarse <= fine + 1e-6
    assert fine == pytest.approx(best) if fewest <= 2 else fine <= best + 1e-6
    assert coarse == pytest.approx(best) if fewest <= 1 else coarse <= best + 1e-6


@pytest.mark.parametrize("known", range(4))
def test_whoever_is_new_costs_points_however_many_are_known(known: int) -> None:
    start = MONDAY - timedelta(days=7 * known)
    facts = network(
        therapists=[therapist("maya"), therapist("omar"), *map(therapist, AWAY)],
        shifts=[
            *shift("maya", valid=(None, on("sun"))),
            *shift("omar", valid=(on("mon+1"), None)),
        ],
        care_plans=[plan(phases=f"1x{known + 2}", start_date=start)],
        appointments=before(known),
    )
    model = build(problem(facts, weeks=2, grid=30))
    found = model.everyone.solve(model.with_companions(model.slot_points, 0, len(model.asks)))
    parts = parts_of(model.ledger(found.slots.tolist(), frozenset()))
    assert parts["extra-therapist"] == 60 * (known + 1)
    assert found.paid.sum() + model.settled_points == sum(parts.values())


def test_several_plans_are_solved_as_each_by_itself() -> None:
    model = build(_two_plans())
    prices = np.random.default_rng(3).integers(0, 90, model.activities.slots).astype(float)
    together = Cheapest(model.plans, model.starts).solve(prices)
    alone = [Cheapest([each], model.starts).solve(prices) for each in model.plans]
    assert together.paid.tolist() == [value for one in alone for value in one.paid.tolist()]
    assert together.slots.tolist() == [slot for one in alone for slot in one.slots.tolist()]


def _two_plans() -> Problem:
    facts = network(
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", "mon wed thu"), *shift("omar", "tue fri")],
        care_plans=[plan("dina-neck", "2x2 1x1"), plan("dina-plan", "0.5x2 1x2")],
    )
    return replace(problem(facts, weeks=2), as_of=MONDAY)
