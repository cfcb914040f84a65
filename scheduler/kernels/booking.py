"""Give a plan what was found for it, and take it back, as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.compiled import compiled
from scheduler.kernels.holders import hold
from scheduler.kernels.points import points_of
from scheduler.kernels.stock import change_clinics, give_back, take

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.kernels.recreate import Bench


@compiled
def put(bench: Bench, plan: int, slots: IntArray, companions: IntArray, points: float) -> None:
    """Give a plan that has nothing what was found for it."""
    book, count = bench.book, len(slots)
    book.total[0] += points - book.points[plan]
    book.points[plan] = points
    book.size[plan] = count
    book.slots[plan, :count] = slots
    book.companions[plan, :count] = companions
    for at in range(count):
        _put_column(bench, plan, slots[at])
        change_clinics(bench.stock, bench.needs.stretch[slots[at]], 1)
        if companions[at] >= 0:
            _put_column(bench, plan, companions[at])


@compiled
def _put_column(bench: Bench, plan: int, column: int) -> None:
    needs = bench.needs
    take(needs, bench.stock, column)
    for run in range(needs.edge[column], needs.edge[column + 1]):
        for row in range(needs.first[run], needs.last[run]):
            hold(bench.holders, plan, row, needs.weight[run])


@compiled
def clear(bench: Bench, plan: int) -> None:
    """Take everything back that a plan has."""
    book, needs = bench.book, bench.needs
    count = book.size[plan]
    for at in range(count):
        slot, companion = book.slots[plan, at], book.companions[plan, at]
        _clear_column(bench, plan, slot)
        change_clinics(bench.stock, needs.stretch[slot], -1)
        if companion >= 0:
            _clear_column(bench, plan, companion)
    book.size[plan] = 0
    points = points_of(bench.visits, plan, book.slots[plan, :0], book.companions[plan, :0])
    book.total[0] += points - book.points[plan]
    book.points[plan] = points


@compiled
def _clear_column(bench: Bench, plan: int, column: int) -> None:
    needs = bench.needs
    give_back(needs, bench.stock, column)
    for run in range(needs.edge[column], needs.edge[column + 1]):
        for row in range(needs.first[run], needs.last[run]):
            hold(bench.holders, plan, row, -needs.weight[run])
