"""A proven bound: prices for what clients share, and every plan's cheapest schedule under them.

Whatever the prices of therapist time, rooms and limits are: what all plans pay at least, less
what all rows are worth, is a lower bound on the points of any schedule (Lagrange). Prices rise
where the plans' cheapest schedules together take more than there is, and fall where something
is left; the best bound seen is kept.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from scheduler.first_prices import first_prices
from scheduler.kernels.charge import charge
from scheduler.matrix import fits
from scheduler.points import unbooked

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.cheapest import Schedules
    from scheduler.matrix import FloatArray
    from scheduler.model import Model

_ENOUGH = 2e-4
"""Share of the way to the aim by which a bound must get better to count as better."""

_PATIENCE = 6
"""Rounds without a better bound before steps get smaller."""

_REACH = 0.02
"""Share of the points at stake by which a bound may become better, as a guess."""

_PACE, _SLOWER = 0.06, 0.9
"""The first steps' share of the way to the aim, and by how much steps get smaller at a time."""

_MEMORY = 0.8
"""Share of the earlier direction in the next one: rounds alone would zigzag."""

_STEADY = 0.9
"""Share of the earlier mean of all prices in the next one."""

_LOOK = 10
"""Rounds after which the mean prices are tried: they often prove more than any one round's."""

_COARSE_ROUNDS = 30
"""Rounds before two new therapists of a plan are told from many, which takes longer."""

_STILL_ROUNDS, _STILL = 100, 3e-5
"""A bound stands still that in so many rounds gets better by this share of the stake at most."""

_ROUNDING, _ROUNDING_SHARE = 1e-4, 1e-13
"""By how much sums of prices may be off, in points and as a share of the bound."""


class Proof:
    """A bound on the points of a model's schedules, better round by round.

    Steps aim at a bound that is better by some reach; the aim moves on as the bound nears it.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        matrix, activities = model.relaxed, model.activities
        self._points = np.zeros(matrix.columns)
        self._points[: activities.slots] = model.slot_points
        self._points[matrix.activities :] = matrix.helper_points
        self._helpers = np.arange(matrix.activities, matrix.columns)
        self._meals = self._possible_meals()
        self._meal_first = np.flatnonzero(np.diff(activities.meal[self._meals], prepend=-1))
        self._unit, self._priced = self._scale()
        self._cheapest = model.everyone
        self.prices = np.zeros(matrix.rows)
        self.best = 0.0
        weights, stake = model.problem.settings.weights, unbooked.stake(model.problem)
        self._reach = max(_REACH * stake, weights.unbooked, 1.0)
        self._little, self._lately = _STILL * stake, -math.inf
        self.stands_still = False
        """Whether more rounds would hardly make the bound better."""
        self._aim, self._pace, self._stalled, self.rounds = self._reach, _PACE, 0, 0
        self._direction = np.zeros(matrix.rows)
        self._mean = np.zeros(matrix.rows)

    def _possible_meals(self) -> IntArray:
        """The meals that what stands leaves possible: no price may rise for the others."""
        meals = np.flatnonzero(self.model.activities.meal >= 0)
        runs, capacity = self.model.hard_runs_of(meals), self.model.matrix.capacity
        return np.asarray(meals[fits(runs, len(meals), capacity)])

    def _scale(self) -> tuple[FloatArray, FloatArray]:
        """The unit of each row, and which rows have a price: meals choose among themselves.

        The unit is what a column typically takes, so that a step means the same for each row.
        """
        matrix = self.model.relaxed
        runs = matrix.runs
        ends, many = (runs.first, runs.last), matrix.rows + 1
        weight = np.abs(runs.weight)
        count, over = (np.bincount(at, minlength=many) for at in ends)
        taken, left = (np.bincount(at, weight, minlength=many) for at in ends)
        unit = np.cumsum(taken - left)[:-1] / np.maximum(np.cumsum(count - over)[:-1], 1)
        sizes = [len(limit.capacity) for limit in matrix.limits]
        priced = [0.0 if limit.name == "meal-break" else 1.0 for limit in matrix.limits]
        return np.maximum(unit, 1.0), np.repeat(priced, sizes)

    @property
    def bound(self) -> int:
        """The best bound in whole points; points are whole, so it may be rounded up."""
        careful = self.best - max(_ROUNDING, _ROUNDING_SHARE * abs(self.best))
        return math.ceil(careful) + self.model.settled_points

    def round(self, seconds: float = math.inf) -> bool:
        """Try the prices, then mend them; whether the bound got better.

        ``seconds`` are those that the first round may look for prices to begin with.
        """
        before = self.best
        if self.rounds == 0:
            self._begin(seconds)
        value, costs, schedules = self._value(self.prices)
        self._keep(value)
        self._mend(self._chosen(costs, schedules), value)
        if self.rounds % _LOOK == _LOOK - 1:
            self.best = max(self.best, self._value(self._mean)[0])
        self.rounds += 1
        if self.rounds % _STILL_ROUNDS == 0:
            self.stands_still = self.best - self._lately <= self._little
            self._lately = self.best
        return self.best > before

    def _begin(self, seconds: float) -> None:
        """Begin with prices for minutes where they prove more than none at all."""
        first = first_prices(self.model, seconds)
        if self._value(first)[0] > self._value(self.prices)[0]:
            self.prices, self._mean = first, first.copy()

    def _value(self, prices: FloatArray) -> tuple[float, FloatArray, Schedules]:
        """The bound that some prices prove, what each column costs, and the cheapest schedules."""
        costs = self._points + charge(self.model.relaxed, prices)
        slots = self.model.activities.slots
        schedules = self._cheapest.solve(
            self.model.with_companions(costs, 0, slots), fine=self.rounds >= _COARSE_ROUNDS
        )
        value = (
            float(schedules.paid.sum())
            + float(np.minimum(costs[self._helpers], 0.0).sum())
            + float(self._cheapest_meals(costs).sum())
            - _dot(prices, self.model.relaxed.capacity)
        )
        return value, costs, schedules

    def _keep(self, value: float) -> None:
        enough = value > self.best + _ENOUGH * abs(self._aim - self.best)
        self._stalled = 0 if enough or self.rounds == 0 else self._stalled + 1
        self.best = max(self.best, value)
        if self.rounds == 0 or self.best > self._aim - self._reach / 4:
            self._aim = self.best + self._reach
        if self._stalled >= _PATIENCE:
            self._pace *= _SLOWER
            self._stalled = 0

    def _cheapest_meals(self, costs: FloatArray) -> FloatArray:
        if not len(self._meals):
            return np.zeros(0)
        return np.minimum.reduceat(costs[self._meals], self._meal_first)

    def _chosen(self, costs: FloatArray, schedules: Schedules) -> IntArray:
        """The columns of all cheapest schedules, meals and helpers under the current prices."""
        columns: list[int] = schedules.slots.tolist()
        edge = self.model.pairing_edge
        followed = schedules.slots[edge[schedules.slots + 1] > edge[schedules.slots]]
        for slot in followed.tolist():
            companions = self.model.companions_of(slot)
            best = int(companions[costs[companions].argmin()])
            if costs[best] < self.model.asks[slot]:
                columns.append(best)
        columns.extend(
            int(meals[costs[meals].argmin()])
            for meals in np.split(self._meals, self._meal_first[1:])
            if len(meals)
        )
        columns.extend(self._helpers[costs[self._helpers] < 0.0].tolist())
        return np.array(columns, dtype=np.int64)

    def _mend(self, chosen: IntArray, value: float) -> None:
        """Step along a mean of what was too much lately, as far as the aim allows."""
        matrix = self.model.relaxed
        excess = (matrix.taken(chosen) - matrix.capacity) / self._unit * self._priced
        self._direction = (
            excess if self.rounds == 0 else _MEMORY * self._direction + (1.0 - _MEMORY) * excess
        )
        step = np.where((self.prices <= 0.0) & (self._direction < 0.0), 0.0, self._direction)
        length = _dot(step, step)
        if length > 0.0:
            pace = self._pace * max(self._aim - value, 1.0) / length
            self.prices = np.maximum(self.prices + pace * step / self._unit, 0.0)
        self._mean = _STEADY * self._mean + (1.0 - _STEADY) * self.prices


def _dot(one: FloatArray, other: FloatArray | IntArray) -> float:
    """The sum of products, on this core alone.

    NumPy's ``@`` has threads of its own for long arrays: they took two fifths of the search's core.
    """
    return float((one * other).sum())
