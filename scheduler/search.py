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
from scheduler.heat import WARMEST, find_heat
from scheduler.model import HOLD
from scheduler.plan_points import own_points
from scheduler.plan_rules import keeps_rules
from scheduler.remake import remake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray
    from scheduler.model import Model

MOST_RUINED = 8
"""Plans that are taken out at once, at most."""

DAYS_REMADE = (3, 7)
"""Days that are made anew at once: few at many locations, or a week at few of them."""

MOST_REMADE = 180
"""Visits that are made anew at once, about; days with more are taken in parts."""

WARM, COLD = 40.0, 0.5
"""Points by which a step may be worse and still be taken, typically, at the start and the end."""

_LOOKS = 4
"""Slots of a missing session that are looked at to find one that few plans are in the way of."""

_STUBBORN = 0.8
"""How often a plan with a missing session asks for just that session."""

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
        self._busy: dict[int, set[int]] = defaultdict(set)
        self._holders: dict[int, dict[int, int]] = defaultdict(dict)
        self.ideals = [self.bookings.cheapest(plan) for plan in range(len(model.plans))]
        self._ideal_points = np.array(
            [
                self.bookings.plans[plan].points if ideal is None else ideal.points
                for plan, ideal in enumerate(self.ideals)
            ]
        )
        self._heat = find_heat(model)
        self._remade = np.zeros(activities.axes.days)
        self._open_days = np.bincount(
            activities.day[: activities.slots], minlength=activities.axes.days
        ).astype(np.bool_)
        self.best = self._solution()

    def _solution(self) -> Solution:
        return Solution(tuple(self.bookings.plans), self.bookings.total)

    def begin(self, wanted: Sequence[Booked]) -> None:
        """Book what each plan had, where it still fits, then the rest greedily."""
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
        """Every plan that has nothing gets the best of what is left, the hardest ones first."""
        plans = self.model.plans
        waiting = [i for i in range(len(plans)) if not self.bookings.plans[i].slots]
        for plan in sorted(waiting, key=self._ease):
            booked = self.bookings.cheapest(plan, WARMEST * self._heat)
            if booked is not None:
                self._book(plan, booked)
        self.best = self._solution()

    def _ease(self, plan: int) -> tuple[float, int]:
        """Urgent plans and those with few slots come first."""
        own = self.model.plans[plan]
        return -own.graph.unbooked[0], own.last - own.first

    def _book(self, plan: int, booked: Booked) -> None:
        self.bookings.book(plan, booked)
        self._hold(plan, booked)

    def _hold(self, plan: int, booked: Booked) -> None:
        for column in booked.columns:
            self._busy[int(self._day[column])].add(plan)
            for first, last, weight in self.model.hard_runs(column):
                for row in range(first, last):
                    holders = self._holders[row]
                    holders[plan] = holders.get(plan, 0) + weight

    def _cancel(self, plan: int) -> Booked:
        booked = self.bookings.cancel(plan)
        self._let_go(plan, booked)
        return booked

    def _let_go(self, plan: int, booked: Booked) -> None:
        for column in booked.columns:
            self._busy[int(self._day[column])].discard(plan)
            for first, last, _ in self.model.hard_runs(column):
                for row in range(first, last):
                    self._holders[row].pop(plan, None)

    def step(self, progress: float) -> bool:
        """One ruin and one recreation; whether the best got better. ``progress`` is 0 to 1."""
        before = self.bookings.total
        plans = self._pick()
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
        remake(self.bookings, days, locations, guide, int(self.random.integers(2**31)))
        for plan, (before, now) in enumerate(zip(had, self.bookings.plans, strict=True)):
            if before is not now:
                self._let_go(plan, before)
                self._hold(plan, now)
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
        here = np.zeros(len(self.model.problem.sessions), dtype=np.bool_)
        here[activities.session[booked]] = True
        slots = activities.slots
        missing = ~here[activities.session[:slots]]
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

    def _pick(self) -> list[int]:
        """A plan with reason for regret, and some of those that hold what it wants."""
        points = np.array([plan.points for plan in self.bookings.plans])
        regret = np.maximum(points - self._ideal_points, 0.0) + _CURIOSITY
        first = int(self.random.choice(len(points), p=regret / regret.sum()))
        missing = self._missing(first)
        if len(missing) and self.random.random() < _STUBBORN:
            slots = self.random.choice(missing, size=_LOOKS)
            ways = [self._in_the_way(first, int(slot)) for slot in slots]
            return [first, *min(ways, key=len)]
        rivals = {
            rival for column in self._wants(first) for rival in self._busy[int(self._day[column])]
        } - {first}
        many = int(self.random.integers(1, MOST_RUINED))
        return [first, *self.random.permutation(sorted(rivals))[:many].tolist()]

    def _missing(self, plan: int) -> IntArray:
        """The slots of the sessions that a plan has not booked."""
        own = self.model.plans[plan]
        session = self.model.activities.session[own.first : own.last]
        booked = self.model.activities.session[list(self.bookings.plans[plan].slots)]
        return own.first + np.flatnonzero(~np.isin(session, booked))

    def _in_the_way(self, plan: int, slot: int) -> list[int]:
        """Other plans, picked at random, that would have to give way for the slot to fit."""
        out: list[int] = []
        for first, last, weight in self.model.hard_runs(slot):
            for row in range(first, last):
                holders = self._holders[row]
                left = self.bookings.left[row] + sum(holders.get(p, 0) for p in (plan, *out))
                others = [p for p in holders if p != plan and p not in out]
                while left < weight and others:
                    other = others.pop(int(self.random.integers(len(others))))
                    left += holders[other]
                    out.append(other)
        if not out and not self.bookings.meals.allow(np.array([slot]))[0]:
            busy = sorted(self._busy[int(self._day[slot])] - {plan})
            out.extend(self.random.permutation(busy)[:1].tolist())
        return out

    def _wants(self, plan: int) -> Sequence[int]:
        """Columns that a plan would like: its ideal ones, or some others of its own."""
        ideal = self.ideals[plan]
        if ideal is None:
            return ()
        if self.random.integers(2):
            return ideal.columns
        own = self.model.plans[plan]
        return [int(column) for column in self.random.integers(own.first, own.last, size=3)]
