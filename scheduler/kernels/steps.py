"""The search's step: some plans are taken out, each goes back with the best of what is left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.booking import clear, fill, put
from scheduler.kernels.ruin import pick

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.kernels.recreate import Bench
    from scheduler.kernels.ruin import Lot, Wishes
    from scheduler.matrix import FloatArray

WARMEST = 40.0
"""Points for taking a moment that is wanted once over, at the start of a search."""

WARM, COLD = 0.8, 0.02
"""By how much a step may be worse and still be taken, typically, at the start and at the end.

In mean regrets: where plans pay much beyond what each would pay alone, more has to be dared.
"""

CLOSE = 1e-9
"""Points by which sums of the same numbers may differ."""


class Before(NamedTuple):
    """What the plans of a lot had, to put it back."""

    size: IntArray
    slots: IntArray
    companions: IntArray
    points: FloatArray


_BeforeReference = by_reference(Before)


@compiled
def refer_to_before(values: Before) -> Before:
    """The same, to be handed to compiled code."""
    return _BeforeReference(*values)


@compiled
def total(bench: Bench) -> float:
    """Points of the schedule, without those of settled sessions."""
    return float(bench.book.total[0] + bench.stock.changes[0] * bench.change_points)


@compiled
def step(
    bench: Bench,
    wishes: Wishes,
    lot: Lot,
    had: Before,
    warmest: float,
    temperature: float,
    random: np.random.Generator,
) -> None:
    """One ruin and one recreation.

    Crowded moments cost up to ``warmest`` meanwhile; what comes of it may be worse by about the
    ``temperature``. It ends at once where it would be too much even if the plans that are still to
    go back paid no more than they would alone, which hardly any plan pays less than.
    """
    most = total(bench) - temperature * math.log(1.0 - random.random())
    pick(bench, wishes, lot, random)
    count, rest = lot.size[0], 0.0
    for at in range(count):
        plan = lot.plans[at]
        _remove(bench, had, at, plan)
        rest += _hope(wishes, had, at, plan) - bench.book.points[plan]
    order = lot.other[:count]
    order[:] = np.arange(count)
    if random.random() < 0.5:  # noqa: PLR2004 - as often the one as the other
        _shuffle(order, random)
    warmth = warmest * random.random()
    for at in order:
        if total(bench) + rest > most + CLOSE:
            break
        plan = lot.plans[at]
        rest -= _hope(wishes, had, at, plan) - bench.book.points[plan]
        fill(bench, plan, warmth)
    if total(bench) + rest > most + CLOSE:
        for at in range(count):
            clear(bench, lot.plans[at])
        for at in range(count):
            size = had.size[at]
            slots, companions = had.slots[at, :size], had.companions[at, :size]
            put(bench, lot.plans[at], slots, companions, had.points[at])


@compiled
def _hope(wishes: Wishes, had: Before, at: int, plan: int) -> float:
    """The least that is hoped for a plan of a lot: what it had may be less than it pays alone."""
    return float(min(wishes.points[plan], had.points[at]))


@compiled
def _mean_regret(bench: Bench, wishes: Wishes) -> float:
    """What a plan pays beyond what it would pay alone, on average."""
    points, regret = bench.book.points, 0.0
    for plan in range(len(points)):
        regret += max(points[plan] - wishes.points[plan], 0.0)
    return regret / len(points)


@compiled
def _remove(bench: Bench, had: Before, at: int, plan: int) -> None:
    """Take a plan out, and note what it had."""
    book = bench.book
    size = book.size[plan]
    had.size[at], had.points[at] = size, book.points[plan]
    had.slots[at, :size] = book.slots[plan, :size]
    had.companions[at, :size] = book.companions[plan, :size]
    clear(bench, plan)


@compiled
def _shuffle(order: IntArray, random: np.random.Generator) -> None:
    for at in range(len(order) - 1, 0, -1):
        swap = int((at + 1) * random.random())
        order[at], order[swap] = order[swap], order[at]


@compiled
def steps(
    bench: Bench,
    wishes: Wishes,
    lot: Lot,
    had: Before,
    best: Before,
    best_points: float,
    progress: float,
    random: np.random.Generator,
    count: int,
) -> float:
    """Several steps; the points of the best schedule so far, which is in ``best`` if it is new.

    ``progress`` of the search is 0 to 1.
    """
    warmest = WARMEST * (1.0 - progress)
    temperature = (COLD + (WARM - COLD) * (1.0 - progress)) * _mean_regret(bench, wishes)
    for _ in range(count):
        step(bench, wishes, lot, had, warmest, temperature, random)
        if total(bench) < best_points - CLOSE:
            best_points = total(bench)
            best.size[:] = bench.book.size
            best.slots[:] = bench.book.slots
            best.companions[:] = bench.book.companions
            best.points[:] = bench.book.points
    return best_points
