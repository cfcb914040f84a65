"""The cheapest schedule of a plan when every slot has its price: exact, by dynamic programming.

One pass over the layers of the plan's graph, with the therapists that are looked at.
``value[node, place]`` is the least that a path pays that ends there; ``after[track, layer]`` the
least that any path pays once the layers before it are decided, booked or not. ``kernels.reading``
reads paths back from these two tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.formulas import is_other_time
from scheduler.points.other_time import TOLERANCE

if TYPE_CHECKING:
    from scheduler.candidates import IntArray, Mask
    from scheduler.graph_tables import GraphTables
    from scheduler.matrix import FloatArray

NEVER = 1e12
"""A value that no path reaches, whatever it loses: what it holds can't be had."""

NOTHING = 10 * NEVER
"""More than any path pays: the least over nothing at all."""

CLOSE = 1e-6
"""Two sums of the same points and prices differ by less than this."""


class Scratch(NamedTuple):
    """Room to work in, enough for the largest plan: ``starts`` has a price for each place.

    ``offered`` says which of its rows have one, and ``cheapest`` the least of each; the others hold
    what they held before, and so does ``value`` where a node has no start that is open (its
    ``least`` is NOTHING then).
    ``open`` says which of a plan's therapists are looked at. ``slots`` takes a path, ``length``
    (one entry) how many slots it has; ``paths`` and ``lengths`` two that are kept meanwhile.
    ``lowest`` is the least that each session costs with each therapist or one that is known;
    ``expected`` what a plan pays at least with each of two therapists, or one, beside those.
    """

    starts: FloatArray
    offered: Mask
    cheapest: FloatArray
    value: FloatArray
    near: FloatArray
    least: FloatArray
    after: FloatArray
    final: FloatArray
    legs: FloatArray
    wide: FloatArray
    open: Mask
    lowest: FloatArray
    expected: FloatArray
    slots: IntArray
    length: IntArray
    paths: IntArray
    lengths: IntArray


_ScratchReference = by_reference(Scratch)


@compiled
def refer_to_scratch(values: Scratch) -> Scratch:
    """The same, to be handed to compiled code."""
    return _ScratchReference(*values)


def scratch_for(tables: GraphTables) -> Scratch:
    """Room for any plan of the tables."""

    def most(edges: IntArray) -> int:
        return int(np.max(np.diff(edges), initial=0))

    width, nodes, layers = len(tables.clock), most(tables.plan_node), most(tables.plan_layer)
    rows = int(np.max(np.diff(tables.plan_row), initial=0))
    tracks, sessions = most(tables.plan_track), most(tables.plan_session)
    return Scratch(
        starts=np.empty((rows, width)),
        offered=np.zeros(rows, dtype=np.bool_),
        cheapest=np.empty(rows),
        value=np.empty((nodes, width)),
        near=np.empty((nodes, width)),
        least=np.empty(nodes),
        after=np.empty((tracks, layers + 1)),
        final=np.empty(tracks),
        legs=np.empty(most(tables.plan_leg)),
        wide=np.empty((2, 3 * width + 2)),
        open=np.ones(most(tables.plan_who), dtype=np.bool_),
        lowest=np.empty((sessions, most(tables.plan_who))),
        expected=np.empty((most(tables.plan_who), most(tables.plan_who))),
        slots=np.empty(sessions, dtype=np.int64),
        length=np.zeros(1, dtype=np.int64),
        paths=np.empty((2, sessions), dtype=np.int64),
        lengths=np.zeros(2, dtype=np.int64),
    )


@compiled
def spread(
    tables: GraphTables, scratch: Scratch, plan: int, slots: IntArray, prices: FloatArray
) -> None:
    """Put the price of each of a plan's slots at its place in the rows of starts.

    ``slots`` that can be had, in ascending order, and as many prices; one of NEVER can't be had.
    """
    width, first_row = len(tables.clock), tables.plan_row[plan, 0]
    cell, row_slot = tables.cell, tables.row_slot
    at = 0
    for row in range(first_row, tables.plan_row[plan, 1]):
        starts, offered = scratch.starts[row - first_row], False
        least = NEVER
        while at < len(slots) and slots[at] < row_slot[row + 1]:
            price = prices[at]
            if price < NEVER:
                if not offered:
                    starts[:] = NEVER
                    offered = True
                starts[cell[slots[at]] - row * width] = price
                least = min(least, price)
            at += 1
        scratch.offered[row - first_row] = offered
        scratch.cheapest[row - first_row] = least


@compiled
def solve(tables: GraphTables, scratch: Scratch, plan: int) -> float:
    """The least that a plan pays for the starts as they are priced, whoever it is with."""
    first_track, first_layer = tables.plan_track[plan], tables.plan_layer[plan]
    last_track = tables.plan_track[plan + 1]
    for track in range(first_track, last_track):
        begins = tables.track_before[track] < 0
        scratch.after[track - first_track, 0] = 0.0 if begins else NEVER
    for layer in range(tables.plan_layer[plan + 1] - first_layer):
        for track in range(first_track, last_track):
            at = tables.passed_edge[track] + layer
            more = at + 1 < tables.passed_edge[track + 1]
            unbooked = tables.passed[at + 1] - tables.passed[at] if more else 0.0
            own = track - first_track
            scratch.after[own, layer + 1] = scratch.after[own, layer] + unbooked
        _solve_layer(tables, scratch, plan, layer)
    return _finish(tables, scratch, plan)


@compiled
def _solve_layer(tables: GraphTables, scratch: Scratch, plan: int, layer: int) -> None:
    """The least that is paid at each start of each node of a layer, and near each.

    The work of a search and of a proof is done here, so helpers are handed a few arrays, not
    the whole tables: they are called for every join.
    """
    first, first_row = tables.plan_node[plan], tables.plan_row[plan, 0]
    first_track = tables.plan_track[plan]
    at = tables.plan_layer[plan] + layer
    reach = reach_of(tables.clock)
    for node in range(tables.layer_edge[at], tables.layer_edge[at + 1]):
        value, near = scratch.value[node - first], scratch.near[node - first]
        near[:] = NOTHING
        if not _find_starts(tables, scratch, node, first_row, near):
            scratch.least[node - first] = NOTHING
            continue
        far = tables.node_far[node] + 1
        before = scratch.after[tables.node_before[node] - first_track, far]
        before += tables.far_points[node]
        if far == 0:
            before += tables.node_begin[node]
        for jump in range(tables.jump_edge[node], tables.jump_edge[node + 1]):
            paid = scratch.least[tables.jump_from[jump] - first] + tables.jump_points[jump]
            before = min(before, paid)
        value[:] = before
        if tables.node_clock[node] >= 0:
            _pay_other_time(value, tables.clock, tables.node_clock[node], tables.other_time)
        for step in range(tables.step_edge[node], tables.step_edge[node + 1]):
            source = tables.step_from[step] - first
            if scratch.least[source] < NEVER:
                _lower(value, scratch.near[source], tables.step_points[step])
        least = _add(value, near)
        scratch.least[node - first] = least
        _find_near(value, near, scratch.wide, reach, least + tables.other_time)
        track = tables.node_track[node] - first_track
        scratch.after[track, layer + 1] = min(scratch.after[track, layer + 1], least)


@compiled
def _find_starts(
    tables: GraphTables, scratch: Scratch, node: int, first_row: int, least: FloatArray
) -> bool:
    """The least price of each start of a node, of those that are open; whether there is any."""
    found = False
    for at in range(tables.row_edge[node], tables.row_edge[node + 1]):
        row = tables.row[at]
        if scratch.offered[row - first_row] and scratch.open[tables.row_who[row]]:
            _lower(least, scratch.starts[row - first_row], 0.0)
            found = True
    return found


@compiled
def _pay_other_time(value: FloatArray, clocks: IntArray, clock: int, points: float) -> None:
    for place in range(len(value)):
        if is_other_time(clocks[place], clock):
            value[place] += points


@compiled
def _lower(value: FloatArray, other: FloatArray, points: float) -> None:
    """Where the other values and the points are less, take those."""
    for place in range(len(value)):
        paid = other[place] + points
        value[place] = min(value[place], paid)


@compiled
def _add(value: FloatArray, other: FloatArray) -> float:
    """Add the other values; the least sum."""
    least = NOTHING
    for place in range(len(value)):
        paid = value[place] + other[place]
        value[place] = paid
        least = min(least, paid)
    return least


@compiled
def _find_near(
    value: FloatArray, near: FloatArray, wide: FloatArray, reach: int, anywhere: float
) -> None:
    """The least within reach of each place, or anywhere with the points for that.

    Minima over 2, 4, 8, … places in a row; two of the largest together span what is near.
    """
    width, span = len(value), 2 * reach + 1
    padded = width + 2 * reach
    one, other = wide[0], wide[1]
    one[:reach] = NOTHING
    one[reach : reach + width] = value
    one[reach + width : padded] = NOTHING
    size = 1
    while 2 * size <= span:
        _pairs(one[:padded], one[size:padded], other)
        one, other, size = other, one, 2 * size
    _pairs(one[:width], one[span - size : span - size + width], near)
    for place in range(width):
        near[place] = min(anywhere, near[place])


@compiled
def _pairs(one: FloatArray, other: FloatArray, least: FloatArray) -> None:
    """The lesser of each two; where the other ends, the one."""
    for place in range(len(other)):
        least[place] = min(other[place], one[place])
    for place in range(len(other), len(one)):
        least[place] = one[place]


@compiled
def reach_of(clock: IntArray) -> int:
    """How many places a start may lie from another one for free."""
    if len(clock) <= 1:
        return 0
    return min(int(TOLERANCE // (clock[1] - clock[0])), len(clock))


@compiled
def _finish(tables: GraphTables, scratch: Scratch, plan: int) -> float:
    """The least of all legs together."""
    first_track, first_leg = tables.plan_track[plan], tables.plan_leg[plan]
    scratch.legs[:] = NOTHING
    for track in range(first_track, tables.plan_track[plan + 1]):
        own = track - first_track
        layers = tables.passed_edge[track + 1] - tables.passed_edge[track] - 1
        exits = tables.leg_exits[tables.track_leg[track]] > 0
        scratch.final[own] = NOTHING if exits else scratch.after[own, layers]
    for at in range(tables.exit_edge[plan], tables.exit_edge[plan + 1]):
        own = tables.exit_track[at] - first_track
        scratch.final[own] = min(scratch.final[own], left_by(tables, scratch, plan, at))
    for track in range(first_track, tables.plan_track[plan + 1]):
        leg = tables.track_leg[track] - first_leg
        scratch.legs[leg] = min(scratch.legs[leg], scratch.final[track - first_track])
    paid = 0.0
    for leg in range(tables.plan_leg[plan + 1] - first_leg):
        paid += scratch.legs[leg]
    return paid


@compiled
def left_by(tables: GraphTables, scratch: Scratch, plan: int, at: int) -> float:
    """The least that is paid by a path that leaves its leg by this exit."""
    node = tables.exit_node[at]
    held = 0.0 if node < 0 else scratch.least[node - tables.plan_node[plan]]
    return float(tables.exit_points[at] + held)
