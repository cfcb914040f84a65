"""A schedule in the making: what each plan has, what is left of every row, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.compiled import compiled
from scheduler.kernels.booking import clear, put
from scheduler.kernels.housing import are_housed
from scheduler.kernels.points import added_by, points_of
from scheduler.kernels.recreate import find, fit
from scheduler.kernels.steps import total
from scheduler.kernels.stock import fits, has_room
from scheduler.workbench import hand_over, lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray, Mask
    from scheduler.kernels.recreate import Bench
    from scheduler.matrix import FloatArray
    from scheduler.model import Model


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
    """What each plan of a model has booked. Plans are put in and taken out as a whole.

    The work is done by compiled code on the arrays of ``bench``.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.bench: Bench = lay_out(model)
        self.handed = hand_over(self.bench)

    @property
    def total(self) -> float:
        """Points of the schedule, without those of settled sessions."""
        return total(self.handed)

    @property
    def plans(self) -> tuple[Booked, ...]:
        """What every plan has."""
        return tuple(self.of(plan) for plan in range(len(self.model.plans)))

    def of(self, plan: int) -> Booked:
        """What one plan has."""
        book = self.bench.book
        count = int(book.size[plan])
        return Booked(
            tuple(book.slots[plan, :count].tolist()),
            tuple(book.companions[plan, :count].tolist()),
            float(book.points[plan]),
        )

    @property
    def missing(self) -> Mask:
        """The sessions that have no slot."""
        missing = np.ones(len(self.model.problem.sessions), dtype=np.bool_)
        missing[self.model.activities.session[self.slots]] = False
        return missing

    @property
    def slots(self) -> IntArray:
        """Every slot that is booked."""
        book = self.bench.book
        return book.slots[np.arange(book.slots.shape[1]) < book.size[:, None]]

    def cheapest(self, plan: int, warmth: float = 0.0) -> Booked | None:
        """The best that can be had for a plan with what is left; None if nothing fits.

        Crowded moments cost ``warmth`` for each time over that they are wanted.
        """
        count = find(self.handed, plan, warmth)
        if count < 0:
            return None
        room = self.bench.room
        return Booked(
            tuple(room.slots[:count].tolist()),
            tuple(room.companions[:count].tolist()),
            float(room.points[0]),
        )

    def points_of(self, plan: int, slots: Sequence[int], companions: Sequence[int]) -> float:
        """Points of all parts but ``change-of-clinic``, beyond what settled sessions cost anyway.

        ``slots`` in order of session; ``companions`` has the companion of each, or -1.
        """
        return _points(self.handed, plan, _array(slots), _array(companions))

    def added_by(self, slots: IntArray) -> FloatArray:
        """What each slot would add to the points of its plan, beside what that has.

        That is without ``unpaired``.
        """
        plans = self.model.plan_of_session[self.model.activities.session[slots]]
        points = np.empty(len(slots))
        _add(self.handed, plans, slots, points)
        return points

    def fit(self, columns: IntArray) -> Mask:
        """Which of some columns fit by themselves."""
        enough = np.empty(len(columns), dtype=np.bool_)
        _fit(self.handed, columns, enough)
        return enough

    def has_room_in_time(self, meals: IntArray) -> Mask:
        """Which meals are possible beside what is booked."""
        enough = np.empty(len(meals), dtype=np.bool_)
        _have_room(self.handed, meals, enough)
        return enough

    @property
    def are_housed(self) -> bool:
        """Whether all stays of all days find a room."""
        return _are_housed(self.handed)

    def fits(self, plan: int, booked: Booked) -> bool:
        """Whether all that a plan had before can be booked for it now."""
        return fit(self.handed, plan, _array(booked.slots), _array(booked.companions))

    def book(self, plan: int, booked: Booked) -> None:
        """Give a plan that has nothing what was found for it."""
        slots, companions = _array(booked.slots), _array(booked.companions)
        put(self.handed, plan, slots, companions, booked.points)

    def cancel(self, plan: int) -> Booked:
        """Take everything back that a plan has, and return it."""
        booked = self.of(plan)
        clear(self.handed, plan)
        return booked


def _array(numbers: Sequence[int]) -> IntArray:
    return np.array(numbers, dtype=np.int64)


@compiled
def _points(bench: Bench, plan: int, slots: IntArray, companions: IntArray) -> float:
    return points_of(bench.visits, plan, slots, companions)


@compiled
def _add(bench: Bench, plans: IntArray, slots: IntArray, points: FloatArray) -> None:
    for at in range(len(slots)):
        plan, book = plans[at], bench.book
        booked = book.slots[plan, : book.size[plan]]
        points[at] = added_by(bench.visits, plan, booked, slots[at])


@compiled
def _fit(bench: Bench, columns: IntArray, enough: Mask) -> None:
    for at in range(len(columns)):
        enough[at] = fits(bench.needs, bench.stock, columns[at])


@compiled
def _are_housed(bench: Bench) -> bool:
    housing = bench.stock.housing
    housed = True
    for lot in range(len(housing.rooms)):
        housed = housed and are_housed(housing, lot)
    return housed


@compiled
def _have_room(bench: Bench, columns: IntArray, enough: Mask) -> None:
    for at in range(len(columns)):
        enough[at] = has_room(bench.needs, bench.stock, columns[at])
