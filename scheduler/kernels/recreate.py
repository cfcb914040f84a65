"""Find the best that a plan can have of what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.breaks import allows_break
from scheduler.kernels.paths import NEVER, spread
from scheduler.kernels.points import points_of
from scheduler.kernels.sets import EXACT, cheapest
from scheduler.kernels.stock import (
    FITS,
    fits,
    give_back,
    has_minutes,
    take,
)

if TYPE_CHECKING:
    from scheduler.candidates import IntArray, Mask
    from scheduler.graph_tables import GraphTables
    from scheduler.kernels.holders import Holders
    from scheduler.kernels.paths import Scratch
    from scheduler.kernels.points import Visits
    from scheduler.kernels.stock import Needs, Stock
    from scheduler.matrix import FloatArray

NO_VISIT = -3
"""Stands for a row where it is the authorised visits that are used up."""

_TRIES = 12
"""How often a plan's cheapest schedule is asked for again after it did not fit as a whole."""


class Pairs(NamedTuple):
    """The companions that may follow each slot: numbers among those of the slot's plan.

    Those of slot *s* lie between ``edge[s]`` and ``edge[s + 1]``. ``column`` lists the companion
    columns of each plan, from ``plan_edge`` on.
    """

    edge: IntArray
    companion: IntArray
    plan_edge: IntArray
    column: IntArray


_PairsReference = by_reference(Pairs)


@compiled
def refer_to_pairs(values: Pairs) -> Pairs:
    """The same, to be handed to compiled code."""
    return _PairsReference(*values)


class Room(NamedTuple):
    """Room to work in: a plan's slots that can be ``had`` and the ``price`` of each, then its path.

    Costs of slots and of companions are by number within the plan.
    """

    had: IntArray
    price: FloatArray
    slot_cost: FloatArray
    companion_cost: FloatArray
    order: IntArray
    slots: IntArray
    companions: IntArray
    points: FloatArray


_RoomReference = by_reference(Room)


@compiled
def refer_to_room(values: Room) -> Room:
    """The same, to be handed to compiled code."""
    return _RoomReference(*values)


class Book(NamedTuple):
    """Who has what: the first ``size[plan]`` of each plan's slots and companions (or -1).

    ``points`` are those of each plan; ``total`` (one entry) those of all together.
    """

    size: IntArray
    slots: IntArray
    companions: IntArray
    points: FloatArray
    total: FloatArray


_BookReference = by_reference(Book)


@compiled
def refer_to_book(values: Book) -> Book:
    """The same, to be handed to compiled code."""
    return _BookReference(*values)


class Bench(NamedTuple):
    """All that a schedule is made with.

    ``barred`` are slots that are not to be had for now; ``heat`` is that of each pattern of column.
    """

    tables: GraphTables
    scratch: Scratch
    needs: Needs
    stock: Stock
    visits: Visits
    pairs: Pairs
    kept: Mask
    barred: Mask
    heat: FloatArray
    change_points: float
    room: Room
    book: Book
    holders: Holders


_BenchReference = by_reference(Bench)


@compiled
def refer_to_bench(values: Bench) -> Bench:
    """The same, to be handed to compiled code."""
    return _BenchReference(*values)


@compiled
def find(bench: Bench, plan: int, warmth: float) -> int:
    """Find the best that can be had for a plan with what is left; how many slots it has, or -1.

    It lies in ``room.slots`` and ``room.companions`` then, with its points in ``room.points``.
    ``warmth`` is the price of heat, which is paid on top of the points.
    """
    count, room = take_best(bench, plan, warmth), bench.room
    if count >= 0:
        let_go(bench, room.slots[:count], room.companions[:count])
    return count


@compiled
def take_best(bench: Bench, plan: int, warmth: float) -> int:
    """Find it as ``find`` does, and take it; the plan has it once it is entered (``booking``)."""
    tables, scratch, visits, room = bench.tables, bench.scratch, bench.visits, bench.room
    first, last = tables.plan_slot[plan, 0], tables.plan_slot[plan, 1]
    if first == last:
        return -1
    had = room.had[: _ask_costs(bench, plan, warmth)]
    for _ in range(_TRIES):
        _pair_up(bench.pairs, visits.alone, room, had, first)
        spread(tables, scratch, plan, had, room.price)
        cheapest(tables, scratch, plan, EXACT)
        count = scratch.length[0]
        if count == 0:
            return -1
        for at in range(count):
            room.slots[at] = scratch.slots[at]
            room.companions[at] = _companion_of(bench, plan, scratch.slots[at])
        slots, companions = room.slots[:count], room.companions[:count]
        column, row = take_all(bench, plan, slots, companions)
        if row == FITS:
            room.points[0] = points_of(visits, plan, slots, companions)
            return int(count)
        _rule_out(bench, plan, column, row)
    return -1


@compiled
def _ask_costs(bench: Bench, plan: int, warmth: float) -> int:
    """List the slots that fit and are not barred, with what they cost; how many there are.

    And what each companion costs, NEVER where it does not fit.
    """
    needs, stock, room = bench.needs, bench.stock, bench.room
    points, heat, change_points = bench.visits.points, bench.heat, bench.change_points
    patterns, full, barred = needs.pattern, stock.full, bench.barred
    first, count = bench.tables.plan_slot[plan, 0], 0
    group, enough, change = -1, False, 0.0
    for slot in range(first, bench.tables.plan_slot[plan, 1]):
        pattern = patterns[slot]
        if full[pattern] > 0 or barred[slot]:
            continue
        if needs.group[pattern] != group:
            group = needs.group[pattern]
            enough = has_minutes(needs, stock.left, group)
            stretch = needs.stretch[group]
            change = change_points * stock.extra[stretch] if stretch >= 0 else 0.0
        if enough and allows_break(stock.breaks, pattern):
            cost = points[slot] + warmth * heat[pattern] + change
            room.slot_cost[slot - first] = cost
            room.had[count] = slot
            count += 1
    at = bench.pairs.plan_edge[plan]
    for each in range(at, bench.pairs.plan_edge[plan + 1]):
        column = bench.pairs.column[each]
        cost = NEVER
        if fits(needs, stock, column):
            cost = warmth * heat[patterns[column]]
        room.companion_cost[each - at] = cost
    return count


@compiled
def _pair_up(pairs: Pairs, alone: FloatArray, room: Room, had: IntArray, first: int) -> None:
    """What each slot costs that can be had: alone, or with the cheapest companion after it."""
    for each in range(len(had)):
        slot = had[each]
        least = alone[slot]
        for at in range(pairs.edge[slot], pairs.edge[slot + 1]):
            least = min(least, room.companion_cost[pairs.companion[at]])
        room.price[each] = room.slot_cost[slot - first] + least


@compiled
def _companion_of(bench: Bench, plan: int, slot: int) -> int:
    """The cheapest companion of a slot where that is cheaper than coming alone, or -1."""
    pairs, cost = bench.pairs, bench.room.companion_cost
    best, least = -1, bench.visits.alone[slot]
    for at in range(pairs.edge[slot], pairs.edge[slot + 1]):
        if cost[pairs.companion[at]] < least:
            best, least = pairs.companion[at], cost[pairs.companion[at]]
    return -1 if best < 0 else pairs.column[pairs.plan_edge[plan] + best]


@compiled
def take_all(bench: Bench, plan: int, slots: IntArray, companions: IntArray) -> tuple[int, int]:
    """Take all columns of what a plan is to have; the first that does not fit, and what is full.

    That is a row, or ``FITS`` if all fit beside each other; else nothing stays taken. Kept promises
    come first, so that it is the others that give way.
    """
    order, count = bench.room.order, 0
    for kept in (True, False):
        for at in range(len(slots)):
            if bench.kept[slots[at]] == kept:
                order[count] = slots[at]
                count += 1
    left = bench.visits.left[plan]
    if 0 <= left < count:
        return order[count - 1], NO_VISIT
    for at in range(len(companions)):
        if companions[at] >= 0:
            order[count] = companions[at]
            count += 1
    for at in range(count):
        row = take(bench.needs, bench.stock, order[at])
        if row != FITS:
            for each in range(at + 1):
                give_back(bench.needs, bench.stock, order[each])
            return order[at], row
    return -1, FITS


@compiled
def fit(bench: Bench, plan: int, slots: IntArray, companions: IntArray) -> bool:
    """Whether all that a plan is to have can be taken."""
    _, row = take_all(bench, plan, slots, companions)
    if row == FITS:
        let_go(bench, slots, companions)
    return bool(row == FITS)


@compiled
def let_go(bench: Bench, slots: IntArray, companions: IntArray) -> None:
    """Give back all columns that were taken for a plan."""
    for at in range(len(slots)):
        give_back(bench.needs, bench.stock, slots[at])
        if companions[at] >= 0:
            give_back(bench.needs, bench.stock, companions[at])


@compiled
def _rule_out(bench: Bench, plan: int, column: int, row: int) -> None:
    """Never offer a column again, nor those of its session that take the same row."""
    tables, session, room = bench.tables, bench.visits.session, bench.room
    first, last = tables.plan_slot[plan, 0], tables.plan_slot[plan, 1]
    if column < last:
        for slot in range(first, last):
            same = session[slot] == session[column]
            if slot == column or (same and (row == NO_VISIT or _takes(bench.needs, slot, row))):
                room.slot_cost[slot - first] = NEVER
        return
    at = bench.pairs.plan_edge[plan]
    for each in range(at, bench.pairs.plan_edge[plan + 1]):
        other = bench.pairs.column[each]
        same = session[other] == session[column]
        if other == column or (same and _takes(bench.needs, other, row)):
            room.companion_cost[each - at] = NEVER


@compiled
def _takes(needs: Needs, column: int, row: int) -> bool:
    pattern = needs.pattern[column]
    for run in range(needs.edge[pattern], needs.edge[pattern + 1]):
        if needs.first[run] <= row < needs.last[run]:
            return True
    return False
