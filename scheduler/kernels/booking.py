"""Give a plan what was found for it, and take it back, as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.compiled import compiled
from scheduler.kernels.holders import hold
from scheduler.kernels.points import points_of
from scheduler.kernels.recreate import take_best
from scheduler.kernels.stock import change_clinics, give_back, take

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.kernels.recreate import Bench


@compiled
def fill(bench: Bench, plan: int, warmth: float) -> None:
    """Give a plan that has nothing the best that can be had, if there is anything."""
    room, count = bench.room, take_best(bench, plan, warmth)
    if count >= 0:
        _enter(bench, plan, room.slots[:count], room.companions[:count], room.points[0])


@compiled
def put(bench: Bench, plan: int, slots: IntArray, companions: IntArray, points: float) -> None:
    """Give a plan that has nothing what is asked for, which fits."""
    for at in range(len(slots)):
        take(bench.needs, bench.stock, slots[at])
        if companions[at] >= 0:
            take(bench.needs, bench.stock, companions[at])
    _enter(bench, plan, slots, companions, points)


@compiled
def _enter(bench: Bench, plan: int, slots: IntArray, companions: IntArray, points: float) -> None:
    """Note for a plan what was taken for it."""
    book, needs, count = bench.book, bench.needs, len(slots)
    book.total[0] += points - book.points[plan]
    book.points[plan] = points
    book.size[plan] = count
    book.slots[plan, :count] = slots
    book.companions[plan, :count] = companions
    for at in range(count):
        hold(bench.holders, needs, plan, slots[at], 1)
        change_clinics(needs, bench.stock, slots[at], 1)
        if companions[at] >= 0:
            hold(bench.holders, needs, plan, companions[at], 1)


@compiled
def clear(bench: Bench, plan: int) -> None:
    """Take everything back that a plan has."""
    book, needs = bench.book, bench.needs
    count = book.size[plan]
    for at in range(count):
        slot, companion = book.slots[plan, at], book.companions[plan, at]
        give_back(needs, bench.stock, slot)
        hold(bench.holders, needs, plan, slot, -1)
        change_clinics(needs, bench.stock, slot, -1)
        if companion >= 0:
            give_back(needs, bench.stock, companion)
            hold(bench.holders, needs, plan, companion, -1)
    book.size[plan] = 0
    points = points_of(bench.visits, plan, book.slots[plan, :0], book.companions[plan, :0])
    book.total[0] += points - book.points[plan]
    book.points[plan] = points
