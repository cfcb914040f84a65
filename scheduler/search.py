"""Ruin and recreate: take some plans out that want the same, put each back as well as can be.

Every plan goes back with the exact best of what is left (``Bookings.cheapest``), so the
search only has to find out which plans should give way to which.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.bookings import Booked, Bookings
from scheduler.heat import WARMEST, find_heat
from scheduler.model import HOLD
from scheduler.plan_points import own_points
from scheduler.plan_rules import keeps_rules
from scheduler.remake import remake
from scheduler.rivals import Rivals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.model import Model

DAYS_REMADE = (3, 7)
"""Days that are made anew at once: few at many locations, or a week at few of them."""

MOST_REMADE = 180
"""Visits that are made anew at once, about; days with more are taken in parts."""

WARM, COLD = 40.0, 0.5
"""Points by which a step may be worse and still be taken, typically, at the start and the end."""


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
        self.ideals = [self.bookings.cheapest(plan) for plan in range(len(model.plans))]
        self.rivals = Rivals(self.bookings, self.ideals, self.random)
        self._heat = find_heat(model)
        self._remade = np.zeros(activities.axes.days)
        self._open_days = np.bincount(
            activities.day[: activities.slots], minlength=activities.axes.days
        ).astype(np.bool_)
        self.best = self._solution()

    def _solution(self) -> Solution:
        return Solution(tuple(self.bookings.plans), self.bookings.total)

    def begin(self, wanted: Sequence[Booked]) -> None:
        """Book what each plan is to have, where it still fits, then what is missing greedily."""
        for plan, booked in enumerate(wanted):
            points = own_points(self.model, plan, booked.slots, booked.companions)
            if booked.slots and points < HOLD and self._may_begin_with(plan, booked):
                self._book(plan, Booked(booked.slots, booked.companions, points))
        self.greedy()

    def _may_begin_with(self, plan: int, booked: Booked) -> bool:
        """Whether it keeps the plan's own rules, and fits."""
        rules = keeps_rules(self.model, plan, booked.slots)
        return rules and self.bookings.fits(plan, booked)

    def greedy(self) -> None:
        """Every plan that lacks sessions gets the best of what is left, the hardest ones first."""
        lacking = [
            index
            for index, plan in enumerate(self.model.plans)
            if len(self.bookings.plans[index].slots) < len(plan.graph.sessions)
        ]
        for plan in sorted(lacking, key=self._ease):
            self._complete(plan)
        self.best = self._solution()

    def _complete(self, plan: int) -> None:
        """Give a plan the best of what is left, or leave it what it has if that is better."""
        before, had = self.bookings.total, self._cancel(plan)
        found = self.bookings.cheapest(plan, WARMEST * self._heat)
        if found is not None:
            self._book(plan, found)
        if had.slots and self.bookings.total >= before:
            self._cancel(plan)
            self._book(plan, had)

    def _ease(self, plan: int) -> tuple[float, int]:
        """Urgent plans and those with few slots come first."""
        own = self.model.plans[plan]
        return -own.graph.unbooked[0], own.last - own.first

    def _book(self, plan: int, booked: Booked) -> None:
        self.bookings.book(plan, booked)
        self.rivals.hold(plan, booked)

    def _cancel(self, plan: int) -> Booked:
        booked = self.bookings.cancel(plan)
        self.rivals.let_go(plan, booked)
        return booked

    def step(self, progress: float) -> bool:
        """One ruin and one recreation; whether the best got better. ``progress`` is 0 to 1."""
        before = self.bookings.total
        plans = self.rivals.pick()
        had = [(plan, self._cancel(plan)) for plan in plans]
        order = plans if self.random.integers(2) else self.random.permutation(plans).tolist()
        heat = WARMEST * (1.0 - progress) * self.random.random() * self._heat
        for plan in order:
            booked = self.bookings.cheapest(plan, heat)
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

    def remake(self) -> bool:
        """Some days at some locations made anew; whether the best got better."""
        if not self._open_days.any():
            return False
        days, locations = self._crowded_days()
        had = list(self.bookings.plans)
        guide = WARMEST * self.random.random() * self._heat[: self.model.activities.slots]
        guide += self.random.random(len(guide))
        if not remake(self.bookings, days, locations, guide, int(self.random.integers(2**31))):
            return False
        for plan, (before, now) in enumerate(zip(had, self.bookings.plans, strict=True)):
            if before is not now:
                self.rivals.let_go(plan, before)
                self.rivals.hold(plan, now)
        if self.bookings.total >= self.best.points - 1e-9:
            return False
        self.best = self._solution()
        return True

    def settle_companions(self) -> None:
        """Go back to the best schedule and let companions keep their promised place where they can.

        It costs no points to move a companion, but nobody likes to be moved for nothing.
        """
        for plan in range(len(self.bookings.plans)):
            self._cancel(plan)
        for plan, booked in enumerate(self.best.plans):
            self._book(plan, booked)
        for plan, booked in enumerate(self.best.plans):
            companions = tuple(
                self._promised(slot, companion)
                for slot, companion in zip(booked.slots, booked.companions, strict=True)
            )
            if companions != booked.companions:
                self._cancel(plan)
                wished = Booked(booked.slots, companions, booked.points)
                self._book(plan, wished if self.bookings.fits(plan, wished) else booked)
        self.best = self._solution()

    def _promised(self, slot: int, companion: int) -> int:
        """The promised companion if it may follow the slot, else the one that is booked."""
        following = self.model.companions_of.get(slot, np.zeros(0, dtype=np.int64))
        kept = following[self.model.activities.keeps_promise[following]]
        return int(kept[0]) if companion >= 0 and len(kept) else companion

    def _crowded_days(self) -> tuple[range, set[int]]:
        """Days that unbooked sessions want and that were seldom made anew, and some locations."""
        activities = self.model.activities
        booked = [slot for plan in self.bookings.plans for slot in plan.slots]
        slots = activities.slots
        missing = self.bookings.missing[activities.session[:slots]]
        wanted = np.bincount(activities.day[:slots][missing], minlength=activities.axes.days)
        weight = (wanted + 1.0) / (1.0 + self._remade) ** 2 * self._open_days
        first = int(self.random.choice(len(weight), p=weight / weight.sum()))
        long = int(self.random.choice(DAYS_REMADE))
        first = max(first - int(self.random.integers(long)), 0)
        days = range(first, min(first + long, len(weight)))
        self._remade[days.start : days.stop] += 1
        visits = np.bincount(
            activities.location[booked][np.isin(activities.day[booked], days)],
            minlength=len(activities.axes.location),
        )
        order = self.random.permutation(len(visits))
        enough = int(np.searchsorted(np.cumsum(visits[order]), MOST_REMADE)) + 1
        return days, {int(location) for location in order[:enough]}
