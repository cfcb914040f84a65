"""Who is in whose way: a plan with reason for regret, and some that hold what it wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.breaks import allows_break
from scheduler.kernels.holders import held_by

if TYPE_CHECKING:
    import numpy as np

    from scheduler.candidates import IntArray
    from scheduler.kernels.recreate import Bench
    from scheduler.matrix import FloatArray

MOST_RUINED = 4
"""Plans that are taken out at once, at most; more only where they hold what a session misses."""

_LOOKS = 4
"""Slots of a missing session that are looked at to find one that few plans are in the way of."""

_STUBBORN = 0.8
"""How often a plan with a missing session asks for just that session."""

_CURIOSITY = 5.0
"""Weight of a plan that has all it could wish for, in points of regret."""

_GUESSES = 3
"""Slots of its own that a plan picks at random to see who has the day."""


class Wishes(NamedTuple):
    """What plans would like: ``points`` of each plan if it were alone, and its columns then.

    The columns lie from ``edge`` on. ``day_row`` is the row of each column that all share who
    are with its therapist that day. ``session_slot`` is where each session's slots begin.
    """

    points: FloatArray
    edge: IntArray
    column: IntArray
    day_row: IntArray
    session_slot: IntArray


_WishesReference = by_reference(Wishes)


@compiled
def refer_to_wishes(values: Wishes) -> Wishes:
    """The same, to be handed to compiled code."""
    return _WishesReference(*values)


class Lot(NamedTuple):
    """Plans that are picked: the first ``size[0]`` of ``plans``; ``other`` is to work in."""

    size: IntArray
    plans: IntArray
    other: IntArray


_LotReference = by_reference(Lot)


@compiled
def refer_to_lot(values: Lot) -> Lot:
    """The same, to be handed to compiled code."""
    return _LotReference(*values)


@compiled
def pick(bench: Bench, wishes: Wishes, lot: Lot, random: np.random.Generator) -> None:
    """Fill the lot with a plan with reason for regret, and some that hold what it wants."""
    plan = _regretful(bench, wishes, random)
    lot.plans[0], lot.size[0] = plan, 1
    if _misses(bench, plan) and random.random() < _STUBBORN:
        _pick_least_in_the_way(bench, wishes, lot, plan, random)
    else:
        _pick_rivals(bench, wishes, lot, plan, random)


@compiled
def _regretful(bench: Bench, wishes: Wishes, random: np.random.Generator) -> int:
    """A plan, the more likely the more it pays beyond what it would pay alone."""
    points, plans = bench.book.points, len(bench.book.points)
    total = 0.0
    for plan in range(plans):
        total += max(points[plan] - wishes.points[plan], 0.0) + _CURIOSITY
    goal = total * random.random()
    for plan in range(plans):
        goal -= max(points[plan] - wishes.points[plan], 0.0) + _CURIOSITY
        if goal < 0.0:
            return plan
    return plans - 1


@compiled
def _misses(bench: Bench, plan: int) -> bool:
    sessions = bench.visits.plan_session
    return bool(bench.book.size[plan] < sessions[plan + 1] - sessions[plan])


@compiled
def _is_booked(bench: Bench, plan: int, session: int) -> bool:
    for at in range(bench.book.size[plan]):
        if bench.visits.session[bench.book.slots[plan, at]] == session:
            return True
    return False


@compiled
def _pick_least_in_the_way(
    bench: Bench, wishes: Wishes, lot: Lot, plan: int, random: np.random.Generator
) -> None:
    """Of a few slots of missing sessions, those plans that have to give way for the easiest."""
    fewest = -1
    for _ in range(_LOOKS):
        slot = _missing_slot(bench, wishes, plan, random)
        if slot < 0:
            return
        if bench.barred[slot]:
            continue
        count = _find_in_the_way(bench, wishes, lot, plan, slot, random)
        if fewest < 0 or count < fewest:
            fewest = count
            lot.plans[1 : 1 + count] = lot.other[:count]
            lot.size[0] = 1 + count


@compiled
def _missing_slot(bench: Bench, wishes: Wishes, plan: int, random: np.random.Generator) -> int:
    """A slot, picked at random, of a session that a plan has not booked; -1 if there is none."""
    edge, sessions = wishes.session_slot, bench.visits.plan_session
    total = 0
    for session in range(sessions[plan], sessions[plan + 1]):
        if not _is_booked(bench, plan, session):
            total += edge[session + 1] - edge[session]
    goal = int(total * random.random())
    for session in range(sessions[plan], sessions[plan + 1]):
        if not _is_booked(bench, plan, session):
            size = edge[session + 1] - edge[session]
            if goal < size:
                return int(edge[session] + goal)
            goal -= size
    return -1


@compiled
def _find_in_the_way(
    bench: Bench, wishes: Wishes, lot: Lot, plan: int, slot: int, random: np.random.Generator
) -> int:
    """Other plans, picked at random, that would have to give way for a slot; how many."""
    needs, holders, count = bench.needs, bench.holders, 0
    pattern = needs.pattern[slot]
    for run in range(needs.edge[pattern], needs.edge[pattern + 1]):
        for row in range(needs.first[run], needs.last[run]):
            left = bench.stock.left[row] + held_by(holders, row, plan)
            for at in range(count):
                left += held_by(holders, row, lot.other[at])
            while left < needs.weight[run] and count < len(lot.other):
                other = _another_holder(bench, lot, plan, row, count, random)
                if other < 0:
                    break
                left += held_by(holders, row, other)
                lot.other[count] = other
                count += 1
    if count == 0 and not allows_break(bench.stock.breaks, pattern):
        other = _another_holder(bench, lot, plan, wishes.day_row[slot], 0, random)
        if other >= 0:
            lot.other[0] = other
            count = 1
    return count


@compiled
def _another_holder(
    bench: Bench, lot: Lot, plan: int, row: int, picked: int, random: np.random.Generator
) -> int:
    """A holder of a row, at random, other than a plan and those picked; -1 if there is none."""
    if row < 0:
        return -1
    holders = bench.holders
    first, size = holders.edge[row], holders.size[row]
    skip = int(size * random.random())
    for step in range(size):
        other = holders.plan[first + (skip + step) % size]
        known = other == plan
        for at in range(picked):
            known = known or lot.other[at] == other
        if not known:
            return int(other)
    return -1


@compiled
def _pick_rivals(
    bench: Bench, wishes: Wishes, lot: Lot, plan: int, random: np.random.Generator
) -> None:
    """Some of the plans that are with the same therapists on the days that a plan would like."""
    first, size = wishes.edge[plan], wishes.edge[plan + 1] - wishes.edge[plan]
    if size == 0:
        return
    count = 0
    if random.random() < 0.5:  # noqa: PLR2004 - as often the one as the other
        for at in range(size):
            count = _add_holders(bench, wishes, lot, plan, wishes.column[first + at], count)
    else:
        begin, end = bench.tables.plan_slot[plan, 0], bench.tables.plan_slot[plan, 1]
        for _ in range(_GUESSES):
            slot = begin + int((end - begin) * random.random())
            count = _add_holders(bench, wishes, lot, plan, slot, count)
    many = min(1 + int((MOST_RUINED - 1) * random.random()), count)
    for at in range(many):
        swap = at + int((count - at) * random.random())
        lot.other[at], lot.other[swap] = lot.other[swap], lot.other[at]
        lot.plans[1 + at] = lot.other[at]
    lot.size[0] = 1 + many


@compiled
def _add_holders(bench: Bench, wishes: Wishes, lot: Lot, plan: int, column: int, count: int) -> int:
    """Add who is with a column's therapist that day; how many there are then."""
    row = wishes.day_row[column]
    if row < 0:
        return count
    holders = bench.holders
    for at in range(holders.edge[row], holders.edge[row] + holders.size[row]):
        other = holders.plan[at]
        known = other == plan
        for before in range(count):
            known = known or lot.other[before] == other
        if not known and count < len(lot.other):
            lot.other[count] = other
            count += 1
    return count
