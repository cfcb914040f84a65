"""Ruin and recreate: take some plans out that want the same, put each back as well as can be.

Every plan goes back with the exact best of what is left (``kernels.recreate``), so the
search only has to find out which plans should give way to which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.bookings import Booked, Bookings
from scheduler.heat import WARMTH
from scheduler.kernels.ruin import MOST_RUINED, Lot, Wishes, refer_to_lot, refer_to_wishes
from scheduler.kernels.steps import CLOSE, Before, refer_to_before, steps
from scheduler.places import Places
from scheduler.plan_rules import keeps_rules
from scheduler.remake import decide, leave_alone, look_into, make_anew

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor, Future

    from scheduler.candidates import IntArray
    from scheduler.model import Model
    from scheduler.places import Place
    from scheduler.window import Window


@dataclass(frozen=True, slots=True)
class Solution:
    """What each plan has in the best schedule of a search, and its points without settled ones."""

    plans: tuple[Booked, ...]
    points: float


class _Begun(NamedTuple):
    """A place that others decide about: what could be booked there, and what is to be."""

    place: Place
    window: Window
    chosen: Future[IntArray]


class Search:
    """A search that goes on from the best schedule of a model that it knows."""

    def __init__(self, model: Model, seed: int) -> None:
        self.model = model
        self.bookings = Bookings(model)
        self.random = np.random.default_rng(seed)
        self._wishes = _wishes(self.bookings)
        self._lot, self._had, self._best = _rooms_to_work(self.bookings)
        self._handed = (
            refer_to_wishes(self._wishes),
            refer_to_lot(self._lot),
            refer_to_before(self._had),
            refer_to_before(self._best),
        )
        self._places = Places(self.bookings, self.random)
        self._begun: _Begun | None = None
        self.best = self._solution()

    def _solution(self) -> Solution:
        return Solution(self.bookings.plans, self.bookings.total)

    def begin(self, *starts: Sequence[Booked]) -> None:
        """Begin with the best of some starts; a start says what each plan is to have.

        Of each is booked what still fits, and then what is missing, greedily.
        """
        found = [self._begun_with(wanted) for wanted in starts]
        self.best = min(found, key=lambda solution: solution.points)
        self._go_back_to_best()

    def _begun_with(self, wanted: Sequence[Booked]) -> Solution:
        for plan in range(len(wanted)):
            self.bookings.cancel(plan)
        for plan, booked in enumerate(wanted):
            points = self.bookings.points_of(plan, booked.slots, booked.companions)
            if booked.slots and points < self.model.hold and self._may_begin_with(plan, booked):
                self.bookings.book(plan, Booked(booked.slots, booked.companions, points))
        self.greedy()
        return self.best

    def _go_back_to_best(self) -> None:
        for plan in range(len(self.model.plans)):
            self.bookings.cancel(plan)
        for plan, booked in enumerate(self.best.plans):
            self.bookings.book(plan, booked)

    def _may_begin_with(self, plan: int, booked: Booked) -> bool:
        """Whether it keeps the plan's own rules, and fits."""
        rules = keeps_rules(self.model, plan, booked.slots)
        return rules and self.bookings.fits(plan, booked)

    def greedy(self) -> None:
        """Every plan that lacks sessions gets the best of what is left, the hardest ones first."""
        size = self.bookings.bench.book.size
        lacking = [
            index
            for index, plan in enumerate(self.model.plans)
            if size[index] < len(plan.graph.sessions)
        ]
        for plan in sorted(lacking, key=self._ease):
            self._complete(plan)
        self.best = self._solution()

    def _complete(self, plan: int) -> None:
        """Give a plan the best of what is left, or leave it what it has if that is better."""
        before, had = self.bookings.total, self.bookings.cancel(plan)
        found = self.bookings.cheapest(plan, WARMTH)
        if found is not None:
            self.bookings.book(plan, found)
        if had.slots and self.bookings.total >= before:
            self.bookings.cancel(plan)
            self.bookings.book(plan, had)

    def _ease(self, plan: int) -> tuple[float, int]:
        """Urgent plans and those with few slots come first."""
        own = self.model.plans[plan]
        return -own.graph.unbooked[0], own.last - own.first

    def step(self, progress: float, count: int = 1) -> bool:
        """Some ruins and recreations; whether the best got better. ``progress`` is 0 to 1."""
        points = steps(
            self.bookings.handed,
            *self._handed,
            self.best.points,
            progress,
            self.random,
            count,
        )
        if points >= self.best.points:
            return False
        self.best = Solution(_plans_in(self._best), points)
        return True

    def begin_remake(self, others: Executor) -> None:
        """Have others decide how to make some days at some locations anew.

        Until ``end_remake`` steps bring nothing new there.

        Raises:
            RuntimeError: if something is begun already.
        """
        if self._begun is not None:
            raise RuntimeError("a place is being made anew already")
        place = self._places.pick()
        if place is not None:
            window = look_into(self.bookings, place)
            leave_alone(self.bookings, place)
            seed = int(self.random.integers(2**31))
            chosen = others.submit(decide, self.model, window, seed)
            self._begun = _Begun(place, window, chosen)

    @property
    def is_remaking(self) -> bool:
        """Whether something is begun and not ended."""
        return self._begun is not None

    @property
    def is_decided(self) -> bool:
        """Whether what is begun can be ended without waiting."""
        return self._begun is not None and self._begun.chosen.done()

    def end_remake(self) -> bool:
        """Book what was decided, as far as it still fits; whether the best got better."""
        if self._begun is None:
            return False
        place, window, chosen = self._begun
        self._begun = None
        leave_alone(self.bookings, None)
        make_anew(self.bookings, place, window, chosen.result())
        if self.bookings.total >= self.best.points - CLOSE:
            return False
        self.best = self._solution()
        return True

    def settle_companions(self) -> None:
        """Go back to the best schedule and let companions keep their promised place where they can.

        It costs no points to move a companion, but nobody likes to be moved for nothing.
        """
        self._go_back_to_best()
        for plan, booked in enumerate(self.best.plans):
            companions = tuple(
                self._promised(slot, companion)
                for slot, companion in zip(booked.slots, booked.companions, strict=True)
            )
            if companions != booked.companions:
                self.bookings.cancel(plan)
                wished = Booked(booked.slots, companions, booked.points)
                fits = self.bookings.fits(plan, wished)
                self.bookings.book(plan, wished if fits else booked)
        self.best = self._solution()

    def _promised(self, slot: int, companion: int) -> int:
        """The promised companion if it may follow the slot, else the one that is booked."""
        following = self.model.companions_of(slot)
        kept = following[self.model.activities.keeps_promise[following]]
        return int(kept[0]) if companion >= 0 and len(kept) else companion


def _wishes(bookings: Bookings) -> Wishes:
    """What every plan would book if it were alone: nothing is booked yet."""
    model = bookings.model
    ideals = [bookings.cheapest(plan) for plan in range(len(model.plans))]
    points = [
        bookings.of(plan).points if ideal is None else ideal.points
        for plan, ideal in enumerate(ideals)
    ]
    columns = [() if ideal is None else ideal.columns for ideal in ideals]
    return Wishes(
        np.array(points),
        np.cumsum([0, *map(len, columns)]),
        np.array([column for lot in columns for column in lot], dtype=np.int64),
        _day_rows(model),
        np.searchsorted(
            model.activities.session[: model.activities.slots],
            np.arange(len(model.problem.sessions) + 1),
        ),
    )


def _day_rows(model: Model) -> IntArray:
    """The row of ``max-day`` that each column takes, -1 where it takes none."""
    days = model.matrix.rows_of("max-day")
    runs, _ = model.hard_runs_in_order
    day = (runs.first >= days.start) & (runs.first < days.stop)
    rows = np.full(model.matrix.columns, -1)
    rows[runs.column[day]] = runs.first[day]
    return rows


def _rooms_to_work(bookings: Bookings) -> tuple[Lot, Before, Before]:
    """Room for the plans of a step, for what they had, and for the best schedule."""
    book = bookings.bench.book
    plans, most = book.slots.shape
    many = plans + MOST_RUINED
    lot = Lot(
        np.zeros(1, dtype=np.int64),
        np.zeros(many, dtype=np.int64),
        np.zeros(many, dtype=np.int64),
    )
    return lot, _room_for(many, most), _room_for(plans, most)


def _room_for(plans: int, most: int) -> Before:
    return Before(
        np.zeros(plans, dtype=np.int64),
        np.zeros((plans, most), dtype=np.int64),
        np.zeros((plans, most), dtype=np.int64),
        np.zeros(plans),
    )


def _plans_in(best: Before) -> tuple[Booked, ...]:
    return tuple(
        Booked(tuple(slots[:count]), tuple(companions[:count]), points)
        for count, slots, companions, points in zip(
            best.size.tolist(),
            best.slots.tolist(),
            best.companions.tolist(),
            best.points.tolist(),
            strict=True,
        )
    )
