"""Ruin and recreate: take some plans out that want the same, put each back as well as can be.

Every plan goes back with the exact best of what is left (``Bookings.cheapest``), so the
search only has to find out which plans should give way to which.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.bookings import Booked, Bookings
from scheduler.plan_points import own_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.model import Model

MOST_RUINED = 8
"""Plans that are taken out at once, at most."""

WARM, COLD = 40.0, 0.5
"""Points by which a step may be worse and still be taken, typically, at the start and the end."""

_CURIOSITY = 5.0
"""Weight of a plan that has all it could wish for, in points of regret."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What each plan has in the best schedule of a search, and its points without settled ones."""

    plans: tuple[Booked, ...]
    points: float


class Search:
    """A search that goes on from the best schedule of a model that it knows.

    ``ideals`` are what each plan would book if it were alone.
    """

    def __init__(self, model: Model, seed: int) -> None:
        self.model = model
        self.bookings = Bookings(model)
        self.random = np.random.default_rng(seed)
        activities = model.activities
        self._day = activities.therapist * activities.axes.days + activities.day
        self._holders: dict[int, set[int]] = defaultdict(set)
        self.ideals = [self.bookings.cheapest(plan) for plan in range(len(model.plans))]
        self._ideal_points = np.array(
            [
                self.bookings.plans[plan].points if ideal is None else ideal.points
                for plan, ideal in enumerate(self.ideals)
            ]
        )
        self.best = self._solution()

    def _solution(self) -> Solution:
        return Solution(tuple(self.bookings.plans), self.bookings.total)

    def begin(self, wanted: Sequence[Booked]) -> None:
        """Book what each plan had, where it still fits, then the rest greedily."""
        for plan, booked in enumerate(wanted):
            if booked.slots and self.bookings.fits(plan, booked):
                points = own_points(self.model, plan, booked.slots, booked.companions)
                self._book(plan, Booked(booked.slots, booked.companions, points))
        self.greedy()

    def greedy(self) -> None:
        """Every plan that has nothing gets the best of what is left, the hardest ones first."""
        plans = self.model.plans
        for plan in sorted(
            (i for i in range(len(plans)) if not self.bookings.plans[i].slots),
            key=lambda i: (-plans[i].graph.unbooked[0], plans[i].last - plans[i].first),
        ):
            booked = self.bookings.cheapest(plan)
            if booked is not None:
                self._book(plan, booked)
        self.best = self._solution()

    def _book(self, plan: int, booked: Booked) -> None:
        self.bookings.book(plan, booked)
        for column in booked.columns:
            self._holders[int(self._day[column])].add(plan)

    def _cancel(self, plan: int) -> Booked:
        booked = self.bookings.cancel(plan)
        for column in booked.columns:
            self._holders[int(self._day[column])].discard(plan)
        return booked

    def step(self, progress: float) -> bool:
        """One ruin and one recreation; whether the best got better. ``progress`` is 0 to 1."""
        before = self.bookings.total
        plans = self._pick()
        had = [(plan, self._cancel(plan)) for plan in plans]
        order = plans if self.random.random() < 0.5 else self.random.permutation(plans).tolist()
        for plan in order:
            booked = self.bookings.cheapest(plan)
            if booked is not None:
                self._book(plan, booked)
        warmth = COLD + WARM * (1.0 - progress) ** 2
        if self.bookings.total > before - warmth * math.log(1.0 - self.random.random()):
            for plan in plans:
                self._cancel(plan)
            for plan, booked in had:
                self._book(plan, booked)
            return False
        if self.bookings.total >= self.best.points - 1e-9:
            return False
        self.best = self._solution()
        return True

    def _pick(self) -> list[int]:
        """A plan with reason for regret, and some of those that hold what it wants."""
        points = np.array([plan.points for plan in self.bookings.plans])
        regret = np.maximum(points - self._ideal_points, 0.0) + _CURIOSITY
        first = int(self.random.choice(len(points), p=regret / regret.sum()))
        rivals = {
            rival for column in self._wants(first) for rival in self._holders[int(self._day[column])]
        } - {first}
        many = int(self.random.integers(1, MOST_RUINED))
        return [first, *self.random.permutation(sorted(rivals))[:many].tolist()]

    def _wants(self, plan: int) -> Sequence[int]:
        """Columns that a plan would like: its ideal ones, or some others of its own."""
        ideal = self.ideals[plan]
        if ideal is None:
            return ()
        if self.random.random() < 0.5:
            return ideal.columns
        own = self.model.plans[plan]
        return self.random.integers(own.first, own.last, size=3).tolist()
