"""Who is in whose way: which plans hold what another one wants, and which to ruin together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.bookings import Booked, Bookings
    from scheduler.candidates import IntArray

MOST_RUINED = 8
"""Plans that are taken out at once, at most."""

_LOOKS = 4
"""Slots of a missing session that are looked at to find one that few plans are in the way of."""

_STUBBORN = 0.8
"""How often a plan with a missing session asks for just that session."""

_CURIOSITY = 5.0
"""Weight of a plan that has all it could wish for, in points of regret."""


class Rivals:
    """The plans of some bookings as rivals for therapists' days and for rows of limits.

    ``ideals`` are what each plan would book if it were alone. Whoever books or cancels says so
    with ``hold`` and ``let_go``.
    """

    def __init__(
        self, bookings: Bookings, ideals: Sequence[Booked | None], random: np.random.Generator
    ) -> None:
        self._bookings, self._model = bookings, bookings.model
        self._ideals, self._random = ideals, random
        activities = self._model.activities
        self._day = activities.therapist * activities.axes.days + activities.day
        self._busy: dict[int, set[int]] = defaultdict(set)
        self._holders: dict[int, dict[int, int]] = defaultdict(dict)
        self._ideal_points = np.array(
            [
                bookings.plans[plan].points if ideal is None else ideal.points
                for plan, ideal in enumerate(ideals)
            ]
        )

    def hold(self, plan: int, booked: Booked) -> None:
        """Note what a plan was given."""
        for column in booked.columns:
            self._busy[int(self._day[column])].add(plan)
            for first, last, weight in self._model.hard_runs(column):
                for row in range(first, last):
                    holders = self._holders[row]
                    holders[plan] = holders.get(plan, 0) + weight

    def let_go(self, plan: int, booked: Booked) -> None:
        """Note that a plan gave back what it had."""
        for column in booked.columns:
            self._busy[int(self._day[column])].discard(plan)
            for first, last, _ in self._model.hard_runs(column):
                for row in range(first, last):
                    self._holders[row].pop(plan, None)

    def pick(self) -> list[int]:
        """A plan with reason for regret, and some of those that hold what it wants."""
        points = np.array([plan.points for plan in self._bookings.plans])
        regret = np.maximum(points - self._ideal_points, 0.0) + _CURIOSITY
        first = int(self._random.choice(len(points), p=regret / regret.sum()))
        missing = self._missing(first)
        if len(missing) and self._random.random() < _STUBBORN:
            slots = self._random.choice(missing, size=_LOOKS)
            ways = [self._in_the_way(first, int(slot)) for slot in slots]
            return [first, *min(ways, key=len)]
        rivals = {
            rival for column in self._wants(first) for rival in self._busy[int(self._day[column])]
        } - {first}
        many = int(self._random.integers(1, MOST_RUINED))
        return [first, *self._random.permutation(sorted(rivals))[:many].tolist()]

    def _missing(self, plan: int) -> IntArray:
        """The slots of the sessions that a plan has not booked."""
        own = self._model.plans[plan]
        session = self._model.activities.session[own.first : own.last]
        booked = self._model.activities.session[list(self._bookings.plans[plan].slots)]
        return own.first + np.flatnonzero(~np.isin(session, booked))

    def _in_the_way(self, plan: int, slot: int) -> list[int]:
        """Other plans, picked at random, that would have to give way for the slot to fit."""
        out: list[int] = []
        for first, last, weight in self._model.hard_runs(slot):
            for row in range(first, last):
                holders = self._holders[row]
                left = self._bookings.left[row] + sum(holders.get(p, 0) for p in (plan, *out))
                others = [p for p in holders if p != plan and p not in out]
                while left < weight and others:
                    other = others.pop(int(self._random.integers(len(others))))
                    left += holders[other]
                    out.append(other)
        if not out and not self._bookings.meals.allow(np.array([slot]))[0]:
            busy = sorted(self._busy[int(self._day[slot])] - {plan})
            out.extend(self._random.permutation(busy)[:1].tolist())
        return out

    def _wants(self, plan: int) -> Sequence[int]:
        """Columns that a plan would like: its ideal ones, or some others of its own."""
        ideal = self._ideals[plan]
        if ideal is None:
            return ()
        if self._random.integers(2):
            return ideal.columns
        own = self._model.plans[plan]
        return [int(column) for column in self._random.integers(own.first, own.last, size=3)]
