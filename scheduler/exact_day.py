"""One day at some locations, made anew as well as can be: the relaxation, then CP-SAT.

A plan has one session on a day at most, since soreness keeps them apart. So with all other
days left alone, each plan takes one of its choices for the day or none, and the points of
every choice are exact. GLOP solves the relaxation; CP-SAT decides among the choices that its
prices leave in question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model
from scipy import sparse

from scheduler.bookings import Booked
from scheduler.plan_points import own_points
from scheduler.plan_rules import may_add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.bookings import Bookings
    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray

IN_QUESTION = 8.0
"""Points by which a choice may look worse than the best in the relaxation and still be kept."""

EFFORT = 1.0
"""CP-SAT's deterministic time for a day, about seconds on an idle core."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a plan could have with one more session on the day, and what that saves."""

    plan: int
    booked: Booked
    columns: tuple[int, ...]
    saves: float


def remake_day(bookings: Bookings, day: int, locations: set[int], seed: int) -> bool:
    """Make a day at some locations anew; whether the schedule got better. If not, it stays."""
    before, plans = bookings.total, list(bookings.plans)
    had = _clear(bookings, day, locations)
    choices = _choices(bookings, day, locations)
    taken = _solve(bookings, choices, day, had, seed)
    _replace(bookings, {choices[i].plan: choices[i].booked for i in taken})
    if bookings.total < before - 1e-9 and bookings.rooms.enough():
        return True
    _replace(
        bookings,
        {plan: booked for plan, booked in enumerate(plans) if bookings.plans[plan] is not booked},
    )
    return False


def _clear(bookings: Bookings, day: int, locations: set[int]) -> dict[int, Booked]:
    """Take what may be made anew out of the schedule; what the plans had before."""
    activities, kept = bookings.model.activities, bookings.model.kept_set
    had = {}
    for plan, booked in enumerate(bookings.plans):
        stays = [
            i
            for i, slot in enumerate(booked.slots)
            if activities.day[slot] != day
            or int(activities.location[slot]) not in locations
            or slot in kept
        ]
        if len(stays) < len(booked.slots):
            had[plan] = booked
            _replace(bookings, {plan: _part(bookings, plan, booked, stays)})
    return had


def _part(bookings: Bookings, plan: int, booked: Booked, stays: Sequence[int]) -> Booked:
    slots = tuple(booked.slots[i] for i in stays)
    companions = tuple(booked.companions[i] for i in stays)
    return Booked(slots, companions, own_points(bookings.model, plan, slots, companions))


def _replace(bookings: Bookings, plans: dict[int, Booked]) -> None:
    """Give plans something else: all give back first, so that they can change places."""
    for plan in plans:
        bookings.cancel(plan)
    for plan, booked in plans.items():
        bookings.book(plan, booked)


def _choices(bookings: Bookings, day: int, locations: set[int]) -> list[Choice]:
    """Every way in which a plan could have a session more on the day."""
    model = bookings.model
    activities = model.activities
    slots = np.flatnonzero(
        (activities.day[: activities.slots] == day)
        & np.isin(activities.location[: activities.slots], sorted(locations))
    )
    slots = slots[bookings.fit(slots)]
    plan_of = model.plan_of_session[activities.session[slots]]
    choices: list[Choice] = []
    for plan in np.unique(plan_of).tolist():
        own = slots[plan_of == plan]
        for session in np.unique(activities.session[own]).tolist():
            of_session = own[activities.session[own] == session].tolist()
            if may_add(model, plan, bookings.plans[plan].slots, of_session[0]):
                choices.extend(way for slot in of_session for way in _ways(bookings, plan, slot))
    return choices


def _ways(bookings: Bookings, plan: int, slot: int) -> list[Choice]:
    """The slot alone, and with each companion that may follow it."""
    model, now = bookings.model, bookings.plans[plan]
    at = int(np.searchsorted(now.slots, slot)) if now.slots else 0
    change = model.change_points * int(bookings.changes.extra[model.stretches.stretch[slot]])
    ways = []
    companions = model.companions_of.get(slot, np.zeros(0, dtype=np.int64))
    fitting = companions[bookings.fit(companions)] if len(companions) else companions
    for companion in (-1, *fitting.tolist()):
        slots = (*now.slots[:at], slot, *now.slots[at:])
        followers = (*now.companions[:at], companion, *now.companions[at:])
        points = own_points(model, plan, slots, followers)
        columns = (slot,) if companion < 0 else (slot, companion)
        ways.append(
            Choice(plan, Booked(slots, followers, points), columns, now.points - points - change)
        )
    return ways


def _solve(
    bookings: Bookings, choices: Sequence[Choice], day: int, had: dict[int, Booked], seed: int
) -> list[int]:
    """The choices that save most together."""
    if not choices:
        return []
    activities = bookings.model.activities
    meals = np.flatnonzero((activities.meal >= 0) & (activities.day == day))
    meals = meals[bookings.has_room_in_time(meals)]
    rows, limits = _rows(bookings, choices, meals)
    saves = np.concatenate([[choice.saves for choice in choices], np.zeros(len(meals))])
    now = np.array([had.get(choice.plan) == choice.booked for choice in choices], dtype=np.bool_)
    price = _relax(rows, limits, saves)
    kept = np.flatnonzero(
        (saves - rows.T @ price >= -IN_QUESTION)
        | np.concatenate([now, np.ones(len(meals), dtype=np.bool_)])
    )
    hint = np.concatenate([now, np.zeros(len(meals), dtype=np.bool_)])
    chosen = _decide(rows[:, kept].tocsr(), limits, saves[kept], hint[kept], seed)
    return [int(i) for i in kept[chosen] if i < len(choices)]


def _rows(
    bookings: Bookings, choices: Sequence[Choice], meals: IntArray
) -> tuple[sparse.csc_array, IntArray]:
    """What choices and meals take of each row, and how much there is: the matrix, cut to a day."""
    model = bookings.model
    flat = np.array([c for choice in choices for c in choice.columns], dtype=np.int64)
    owner = np.repeat(np.arange(len(choices)), [len(choice.columns) for choice in choices])
    columns, at = np.unique(np.concatenate([flat, meals]), return_inverse=True)
    owner = np.concatenate([owner, len(choices) + np.arange(len(meals))])
    matrix = model.matrix.sparse(columns)
    hard = matrix[: model.meal_rows.stop]
    bundle = _ones(at, owner, (len(columns), len(choices) + len(meals)))
    left = np.concatenate([bookings.left, model.matrix.capacity[model.meal_rows]])
    taken = (hard @ bundle).tocsr()
    used = np.flatnonzero(np.diff(taken.indptr))
    plans, number = np.unique([choice.plan for choice in choices], return_inverse=True)
    once = _ones(number, np.arange(len(choices)), (len(plans), taken.shape[1]))
    return sparse.vstack([taken[used], once]).tocsc(), np.concatenate(
        [left[used], np.ones(len(plans), int)]
    )


def _ones(rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    """A matrix of ones at some places."""
    return sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()


def _relax(rows: sparse.csc_array, limits: IntArray, saves: FloatArray) -> FloatArray:
    """The prices of the rows in the relaxation, by GLOP."""
    solver = pywraplp.Solver("day", pywraplp.Solver.GLOP_LINEAR_PROGRAMMING)
    columns = [solver.NumVar(0.0, solver.infinity(), "") for _ in saves]
    by_row = rows.tocsr()
    constraints = []
    for row, limit in enumerate(limits.tolist()):
        constraint = solver.Constraint(-solver.infinity(), float(limit))
        for at in range(by_row.indptr[row], by_row.indptr[row + 1]):
            constraint.SetCoefficient(columns[by_row.indices[at]], float(by_row.data[at]))
        constraints.append(constraint)
    goal = solver.Objective()
    for column, save in zip(columns, saves.tolist(), strict=True):
        goal.SetCoefficient(column, save)
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return np.zeros(len(limits))
    return np.array([constraint.dual_value() for constraint in constraints])


def _decide(
    rows: sparse.csr_array, limits: IntArray, saves: FloatArray, hint: FloatArray, seed: int
) -> IntArray:
    """The columns of the best selection that CP-SAT finds; none if it finds none."""
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in saves]
    for row, limit in enumerate(limits.tolist()):
        at = slice(rows.indptr[row], rows.indptr[row + 1])
        taken = [columns[i] for i in rows.indices[at]]
        weights = rows.data[at].astype(int).tolist()
        if limit == 1 and all(weight == 1 for weight in weights):
            model.add_at_most_one(taken)
        elif taken:
            model.add(cp_model.LinearExpr.weighted_sum(taken, weights) <= limit)
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, np.round(saves).astype(int).tolist()))
    for column, is_now in zip(columns, hint.tolist(), strict=True):
        model.add_hint(column, is_now)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = EFFORT
    status = solver.solve(model)
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(f"CP-SAT refuses the model of a day: {model.validate()}")
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero([solver.boolean_value(column) for column in columns])
