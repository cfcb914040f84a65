"""A schedule in the making: what each plan has, what is left of every row, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.cheapest import Cheapest
from scheduler.kernels.paths import NEVER
from scheduler.matrix import fits
from scheduler.meals import Meals
from scheduler.plan_points import own_points
from scheduler.points.change_of_clinic import Changes
from scheduler.rooms import TightRooms
from scheduler.rules.authorisation import visits_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray, Mask
    from scheduler.matrix import FloatArray, Runs
    from scheduler.model import Model

_NO_VISIT = -2
"""Stands for a row where it is the authorised visits that are used up."""

_TRIES = 12
"""How often a plan's cheapest schedule is asked for again after it did not fit as a whole."""


@dataclass(frozen=True, slots=True)
class Booked:
    """What a plan has: slots of sessions in order, the companion of each or -1, its points."""

    slots: tuple[int, ...] = ()
    companions: tuple[int, ...] = ()
    points: float = 0.0

    @property
    def columns(self) -> tuple[int, ...]:
        """Every column that it takes."""
        return self.slots + tuple(c for c in self.companions if c >= 0)


class Bookings:
    """What each plan of a model has booked. Plans are put in and taken out as a whole."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.left = model.matrix.capacity[: model.hard_rows].copy()
        self.meals = Meals(model.activities, model.kept)
        self.rooms = TightRooms(model.activities)
        self.changes = Changes(model.stretches)
        self._cheapest = [
            Cheapest([plan.graph], model.starts.part(plan.first, plan.last)) for plan in model.plans
        ]
        self._views = [_View(model, index) for index in range(len(model.plans))]
        self.plans = [Booked(points=own_points(model, i, (), ())) for i in range(len(model.plans))]
        self.points = sum(plan.points for plan in self.plans)

    @property
    def total(self) -> float:
        """Points of the schedule, without those of settled sessions."""
        return self.points + self.changes.points * self.model.change_points

    @property
    def missing(self) -> Mask:
        """The sessions that have no slot."""
        missing = np.ones(len(self.model.problem.sessions), dtype=np.bool_)
        booked = [slot for plan in self.plans for slot in plan.slots]
        missing[self.model.activities.session[booked]] = False
        return missing

    def cheapest(self, plan: int, prices: FloatArray | None = None) -> Booked | None:
        """The best that can be had for a plan with what is left; None if nothing fits.

        ``prices``, one a column, are paid on top of the points.
        """
        view = self._views[plan]
        if not len(view.columns):
            return None
        costs = view.points.copy()
        costs[: view.slots] += self.model.change_points * self.changes.extra[view.stretch]
        if prices is not None:
            costs += prices[view.columns]
        costs[~self._fit(view.columns, view.runs)] = NEVER
        for _ in range(_TRIES):
            slots = self._path(plan, costs, view)
            if not slots:
                return None
            companions = [view.companion_of(slot, costs) for slot in slots]
            clash = self._clash(plan, slots, companions)
            if clash is None:
                points = own_points(self.model, plan, slots, companions)
                return Booked(tuple(slots), tuple(companions), points)
            costs[view.like(*clash)] = NEVER
        return None

    def _path(self, plan: int, costs: FloatArray, view: _View) -> list[int]:
        cheapest = self._cheapest[plan]
        cheapest.solve(view.with_companions(costs))
        return [int(slot) for slot in cheapest.path(0)]

    def fit(self, columns: IntArray) -> Mask:
        """Which of some columns fit by themselves."""
        return self._fit(columns, self.model.hard_runs_of(columns))

    def has_room_in_time(self, meals: IntArray) -> Mask:
        """Which meals are possible beside what is booked."""
        return fits(self.model.hard_runs_of(meals), len(meals), self.left)

    def _fit(self, columns: IntArray, runs: Runs) -> Mask:
        return np.asarray(fits(runs, len(columns), self.left) & self.meals.allow(columns))

    def _clash(
        self, plan: int, slots: Sequence[int], companions: Sequence[int]
    ) -> tuple[int, int] | None:
        """The first column that does not fit beside those before it, and the row that is full.

        Row -1 stands for meals and rooms, -2 for visits. None if all fit. Kept promises
        come first, so that it is the others that give way.
        """
        problem, kept = self.model.problem, self.model.kept_set
        own = sorted(slots, key=lambda slot: slot not in kept)
        left = visits_left(problem, problem.plans[self.model.plans[plan].graph.plan_id])
        if left is not None and len(slots) > left:
            return own[-1], _NO_VISIT
        taken: list[int] = []
        clash = None
        for column in (*own, *(c for c in companions if c >= 0)):
            taken.append(column)
            full = self._take(column)
            if full is not None:
                clash = column, full
                break
        for column in taken:
            self._give_back(column)
        return clash

    def fits(self, plan: int, booked: Booked) -> bool:
        """Whether all that a plan had before can be booked for it now."""
        return self._clash(plan, booked.slots, booked.companions) is None

    def _take(self, column: int) -> int | None:
        """Take what a column needs; the row that this overdraws, or -1 for meals and rooms."""
        full = None
        for first, last, weight in self.model.hard_runs(column):
            self.left[first:last] -= weight
            lowest = first + int(self.left[first:last].argmin())
            if self.left[lowest] < 0:
                full = lowest
        fed = self.meals.take(column)
        housed = self.rooms.take(column)
        return full if full is not None or (fed and housed) else -1

    def _give_back(self, column: int) -> None:
        for first, last, weight in self.model.hard_runs(column):
            self.left[first:last] += weight
        self.meals.give_back(column)
        self.rooms.give_back(column)

    def book(self, plan: int, booked: Booked) -> None:
        """Give a plan that has nothing what was found for it."""
        self.points += booked.points - self.plans[plan].points
        self.plans[plan] = booked
        for column in booked.columns:
            self._take(column)
        self.changes.add(booked.slots, 1)

    def cancel(self, plan: int) -> Booked:
        """Take everything back that a plan has, and return it."""
        booked = self.plans[plan]
        for column in booked.columns:
            self._give_back(column)
        self.changes.add(booked.slots, -1)
        nothing = Booked(points=own_points(self.model, plan, (), ()))
        self.points += nothing.points - booked.points
        self.plans[plan] = nothing
        return booked


class _View:
    """A plan's columns: its slots, then its companions' slots, with all that depends on them."""

    def __init__(self, model: Model, index: int) -> None:
        plan, pairings = model.plans[index], model.pairings
        begin, end = np.searchsorted(pairings.slot, [plan.first, plan.last])
        own = np.arange(plan.first, plan.last)
        companions = np.unique(pairings.companion[begin:end])
        self.first = plan.first
        activities = model.activities
        self.slots = len(own)
        self.columns = np.concatenate([own, companions])
        self.pair_slot = pairings.slot[begin:end] - plan.first
        self.pair_companion = self.slots + np.searchsorted(
            companions, pairings.companion[begin:end]
        )
        self._session = activities.session[self.columns] * 2 + activities.companion[self.columns]
        self.points = np.zeros(len(self.columns))
        self.points[: self.slots] = model.slot_points[own]
        self.alone = model.asks[own]
        self.stretch = model.stretches.stretch[own]
        self.runs: Runs = model.hard_runs_of(self.columns)

    def like(self, column: int, row: int) -> IntArray:
        """Where the column stands, and those of its session that take the row too."""
        session = self._session[self.columns == column][0]
        if row == _NO_VISIT:
            return np.flatnonzero(self._session == session)
        takes = self.runs.column[(self.runs.first <= row) & (row < self.runs.last)]
        same = takes[self._session[takes] == session]
        return np.append(same, np.flatnonzero(self.columns == column))

    def with_companions(self, costs: FloatArray) -> FloatArray:
        """What each slot costs alone, or with the cheapest companion that may follow."""
        total = costs[: self.slots] + self.alone
        paired = costs[self.pair_slot] + costs[self.pair_companion]
        np.minimum.at(total, self.pair_slot, paired)
        return total

    def companion_of(self, slot: int, costs: FloatArray) -> int:
        """The cheapest companion of a slot where that is cheaper than coming alone, or -1."""
        begin, end = np.searchsorted(self.pair_slot, [slot - self.first, slot - self.first + 1])
        if end == begin:
            return -1
        best = self.pair_companion[begin + costs[self.pair_companion[begin:end]].argmin()]
        cheaper = costs[best] < self.alone[slot - self.first]
        return int(self.columns[best]) if cheaper else -1
