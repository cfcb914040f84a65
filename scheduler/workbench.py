"""Lay a model out for the compiled code: one array for each thing that a search asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import minute_of
from scheduler.graph_tables import refer_to_graph_tables
from scheduler.heat import find_heat
from scheduler.kernels.breaks import refer_to_breaks
from scheduler.kernels.holders import Holders, refer_to_holders
from scheduler.kernels.housing import refer_to_housing
from scheduler.kernels.paths import refer_to_scratch, scratch_for
from scheduler.kernels.points import Visits, points_of, refer_to_visits
from scheduler.kernels.recreate import (
    Bench,
    Book,
    Pairs,
    Room,
    refer_to_bench,
    refer_to_book,
    refer_to_pairs,
    refer_to_room,
)
from scheduler.kernels.stock import (
    Needs,
    Stock,
    count_extra,
    count_full,
    refer_to_needs,
    refer_to_stock,
)
from scheduler.meals import Meals
from scheduler.needs import needs_of, patterns_of
from scheduler.points.cadence import INTERVALS
from scheduler.rooms import TightRooms
from scheduler.rules.authorisation import visits_left

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.care_plans import Session
    from scheduler.kernels.breaks import Breaks
    from scheduler.kernels.housing import Housing
    from scheduler.model import Model


def lay_out(model: Model) -> Bench:
    """All that a schedule of the model is made with, and nothing booked yet."""
    tables, visits, pairs = model.everyone.tables, _visits(model), _pairs(model)
    breaks = Meals(model.activities, model.kept).breaks
    housing = TightRooms(model.activities, model.kept).housing
    patterns = patterns_of(model, breaks, housing)
    needs = needs_of(model, patterns)
    kept = np.zeros(model.matrix.columns, dtype=np.bool_)
    kept[model.kept] = True
    return Bench(
        tables=tables,
        scratch=scratch_for(tables),
        needs=needs,
        stock=_stock(model, needs, patterns.breaks(breaks), patterns.housing(housing)),
        visits=visits,
        pairs=pairs,
        kept=kept,
        barred=np.zeros(model.activities.slots, dtype=np.bool_),
        heat=find_heat(model)[patterns.example],
        change_points=float(model.change_points),
        room=_room(model, visits, pairs),
        book=_book(visits),
        holders=_holders(model, needs),
    )


def hand_over(bench: Bench) -> Bench:
    """The same, by reference: what compiled code is handed."""
    return refer_to_bench(
        bench._replace(
            tables=refer_to_graph_tables(bench.tables),
            scratch=refer_to_scratch(bench.scratch),
            needs=refer_to_needs(bench.needs),
            stock=_stock_by_reference(bench.stock),
            visits=refer_to_visits(bench.visits),
            pairs=refer_to_pairs(bench.pairs),
            room=refer_to_room(bench.room),
            book=refer_to_book(bench.book),
            holders=refer_to_holders(bench.holders),
        )
    )


def _stock(model: Model, needs: Needs, breaks: Breaks, housing: Housing) -> Stock:
    stretches = model.stretches
    sizes = [len(day) for day in stretches.days]
    stock = Stock(
        left=model.matrix.capacity[: model.hard_rows].astype(np.int32),
        full=np.zeros(len(needs.group), dtype=np.int32),
        breaks=breaks,
        housing=housing,
        used=stretches.stands.astype(np.int64),
        extra=np.zeros(len(stretches.location), dtype=np.int64),
        changes=np.zeros(1, dtype=np.int64),
        stretch_location=stretches.location,
        stretch_first=np.repeat(_numbers([day[0] for day in stretches.days]), sizes),
        stretch_last=np.repeat(_numbers([day[-1] + 1 for day in stretches.days]), sizes),
    )
    handed = _stock_by_reference(stock)
    count_extra(handed)
    count_full(refer_to_needs(needs), handed)
    return stock


def _stock_by_reference(stock: Stock) -> Stock:
    return refer_to_stock(
        stock._replace(
            breaks=refer_to_breaks(stock.breaks), housing=refer_to_housing(stock.housing)
        )
    )


def _numbers(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _visits(model: Model) -> Visits:
    problem, activities = model.problem, model.activities
    sessions, plans = problem.sessions, [plan.graph for plan in model.plans]
    columns = slice(0, activities.appointments)
    standing = [problem.standing_sessions.get(graph.plan_id, ()) for graph in plans]
    known = [sorted({activities.axes.therapist[a.therapist_id] for a in lot}) for lot in standing]
    left = [visits_left(problem, problem.plans[graph.plan_id]) for graph in plans]
    weights = problem.settings.weights
    stood = [a for lot in standing for a in lot]
    calls = [problem.calendar[a.plan_id, a.session_number] for a in stood]
    return Visits(
        session=activities.session[columns],
        day=activities.day[columns],
        clock=activities.clock[columns],
        therapist=activities.therapist[columns],
        points=model.slot_points,
        alone=model.asks,
        number=_numbers([session.number for session in sessions]),
        least=_intervals(sessions)[:, 0].copy(),
        most=_intervals(sessions)[:, 1].copy(),
        unbooked=np.array([p for graph in plans for p in graph.unbooked], dtype=np.float64),
        plan_session=np.cumsum([0, *(len(graph.sessions) for graph in plans)]),
        left=_numbers([-1 if visits is None else visits for visits in left]),
        therapists=model.everyone.tables.therapist_points,
        known_edge=np.cumsum([0, *map(len, known)]),
        known=_numbers([therapist for lot in known for therapist in lot]),
        stand_edge=np.cumsum([0, *map(len, standing)]),
        stand_number=_numbers([session.number for session in calls]),
        stand_day=_numbers([activities.axes.day(a.starts_at.date()) for a in stood]),
        stand_clock=_numbers([minute_of(a.starts_at.time()) for a in stood]),
        stand_least=_intervals(calls)[:, 0].copy(),
        stand_most=_intervals(calls)[:, 1].copy(),
        stand_counts=np.array([s.key in problem.settled for s in calls], dtype=np.bool_),
        cadence=float(weights.cadence),
        other_time=float(weights.other_time),
    )


def _intervals(sessions: list[Session] | tuple[Session, ...]) -> IntArray:
    """The fewest and the most days that are right before each session."""
    rows = [INTERVALS[session.frequency] for session in sessions]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _pairs(model: Model) -> Pairs:
    pairings = model.pairings
    edge = model.pairing_edge
    number = np.zeros(len(pairings.companion), dtype=np.int64)
    columns: list[IntArray] = []
    for plan in model.plans:
        own = slice(int(edge[plan.first]), int(edge[plan.last]))
        lot, number[own] = np.unique(pairings.companion[own], return_inverse=True)
        columns.append(lot)
    return Pairs(
        edge,
        number,
        np.cumsum([0, *map(len, columns)]),
        np.concatenate([np.zeros(0, dtype=np.int64), *columns]),
    )


def _room(model: Model, visits: Visits, pairs: Pairs) -> Room:
    most = int(np.max(np.diff(visits.plan_session), initial=0))
    slots = max((plan.last - plan.first for plan in model.plans), default=0)
    return Room(
        had=np.empty(slots, dtype=np.int64),
        price=np.empty(slots),
        slot_cost=np.empty(slots),
        companion_cost=np.empty(int(np.max(np.diff(pairs.plan_edge), initial=0))),
        order=np.empty(2 * most, dtype=np.int64),
        slots=np.empty(most, dtype=np.int64),
        companions=np.empty(most, dtype=np.int64),
        points=np.zeros(1),
    )


def _book(visits: Visits) -> Book:
    plans = len(visits.plan_session) - 1
    most = int(np.max(np.diff(visits.plan_session), initial=0))
    nothing = np.zeros(0, dtype=np.int64)
    handed = refer_to_visits(visits)
    points = np.array([points_of(handed, plan, nothing, nothing) for plan in range(plans)])
    return Book(
        size=np.zeros(plans, dtype=np.int64),
        slots=np.zeros((plans, most), dtype=np.int64),
        companions=np.zeros((plans, most), dtype=np.int64),
        points=points,
        total=np.array([points.sum()]),
    )


def _holders(model: Model, needs: Needs) -> Holders:
    """Room for as many holders of each row as there is of it, each taking the least that one can.

    A plan may take several lots of one row, so there are never more holders than lots.
    """
    rows = model.hard_rows
    least = np.full(rows, np.iinfo(np.int64).max)
    several = np.flatnonzero(needs.weight > 1)  # minutes: of one row each
    np.minimum.at(least, needs.first[several], needs.weight[several].astype(np.int64))
    ones = np.flatnonzero(needs.weight == 1)
    steps = np.zeros(rows + 1, dtype=np.int64)
    np.add.at(steps, needs.first[ones], 1)
    np.add.at(steps, needs.last[ones], -1)
    least[np.cumsum(steps[:-1]) > 0] = 1
    most = np.maximum(model.matrix.capacity[:rows], 0) // least
    edge = np.concatenate([[0], np.cumsum(most)])
    total = int(edge[-1])
    return Holders(
        edge,
        np.zeros(rows, dtype=np.int32),
        np.zeros(total, dtype=np.int32),
        np.zeros(total, dtype=np.int32),
    )
