"""Read a plan's cheapest path back from what the pass over its graph left (``kernels.paths``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.compiled import compiled
from scheduler.kernels.paths import CLOSE, left_by, reach_of

if TYPE_CHECKING:
    from scheduler.graph_tables import GraphTables
    from scheduler.kernels.paths import Scratch
    from scheduler.matrix import FloatArray


@compiled
def read_path(tables: GraphTables, scratch: Scratch, plan: int) -> None:
    """Write the slots of a plan's cheapest path, in order, to ``scratch.slots``."""
    scratch.length[0] = 0
    for leg in range(tables.plan_leg[plan], tables.plan_leg[plan + 1]):
        _read_leg(tables, scratch, plan, leg)


@compiled
def _read_leg(tables: GraphTables, scratch: Scratch, plan: int, leg: int) -> None:
    first, track = scratch.length[0], -1
    for each in range(tables.plan_track[plan], tables.plan_track[plan + 1]):
        if tables.track_leg[each] == leg and (
            track < 0
            or scratch.final[each - tables.plan_track[plan]]
            < scratch.final[track - tables.plan_track[plan]]
        ):
            track = each
    node, place = _last(tables, scratch, plan, track)
    while node >= 0:
        paid = _read_slot(tables, scratch, plan, node, place)
        node, place = _before(tables, scratch, plan, node, place, paid)
    last = scratch.length[0]
    for at in range((last - first) // 2):
        one, other = first + at, last - 1 - at
        scratch.slots[one], scratch.slots[other] = scratch.slots[other], scratch.slots[one]


@compiled
def _read_slot(tables: GraphTables, scratch: Scratch, plan: int, node: int, place: int) -> float:
    """Add the slot that a path takes at a node; what it had paid before."""
    first, best = tables.plan_row[plan, 0], -1
    for at in range(tables.row_edge[node], tables.row_edge[node + 1]):
        row = tables.row[at]
        if not (scratch.offered[row - first] and scratch.open[tables.row_who[row]]):
            continue
        if best < 0 or scratch.starts[row - first, place] < scratch.starts[best - first, place]:
            best = row
    scratch.slots[scratch.length[0]] = tables.slot[best * len(tables.clock) + place]
    scratch.length[0] += 1
    own = node - tables.plan_node[plan]
    return float(scratch.value[own, place] - scratch.starts[best - first, place])


@compiled
def _last(tables: GraphTables, scratch: Scratch, plan: int, track: int) -> tuple[int, int]:
    """The node and place where a track's cheapest path ends; -1 where it books nothing."""
    best = -1
    for at in range(tables.exit_edge[plan], tables.exit_edge[plan + 1]):
        if tables.exit_track[at] == track and (
            best < 0 or left_by(tables, scratch, plan, at) < left_by(tables, scratch, plan, best)
        ):
            best = at
    if best < 0:
        layers = tables.passed_edge[track + 1] - tables.passed_edge[track] - 1
        return _decided(tables, scratch, plan, track, layers)
    return _cheapest_place(tables, scratch, plan, tables.exit_node[best])


@compiled
def _cheapest_place(tables: GraphTables, scratch: Scratch, plan: int, node: int) -> tuple[int, int]:
    if node < 0:
        return -1, 0
    return node, int(np.argmin(scratch.value[node - tables.plan_node[plan]]))


@compiled
def _decided(
    tables: GraphTables, scratch: Scratch, plan: int, track: int, layer: int
) -> tuple[int, int]:
    """The last node of the cheapest path through the first ``layer`` layers of a track."""
    own, first_layer = track - tables.plan_track[plan], tables.plan_layer[plan]
    goal = scratch.after[own, layer]
    for earlier in range(layer - 1, -1, -1):
        best = -1
        begin, end = (
            tables.layer_edge[first_layer + earlier],
            tables.layer_edge[first_layer + earlier + 1],
        )
        for node in range(begin, end):
            if tables.node_track[node] == track and (
                best < 0
                or scratch.least[node - tables.plan_node[plan]]
                < scratch.least[best - tables.plan_node[plan]]
            ):
                best = node
        if best >= 0 and scratch.least[best - tables.plan_node[plan]] <= goal + CLOSE:
            return _cheapest_place(tables, scratch, plan, best)
        at = tables.passed_edge[track] + earlier
        goal -= tables.passed[at + 1] - tables.passed[at]
    return -1, 0


@compiled
def _before(
    tables: GraphTables, scratch: Scratch, plan: int, node: int, place: int, paid: float
) -> tuple[int, int]:
    """Where the cheapest path was before it came to a node having paid so much."""
    first = tables.plan_node[plan]
    for step in range(tables.step_edge[node], tables.step_edge[node + 1]):
        source = tables.step_from[step]
        if scratch.near[source - first, place] + tables.step_points[step] <= paid + CLOSE:
            return source, _place_before(tables, scratch.value[source - first], place)
    for jump in range(tables.jump_edge[node], tables.jump_edge[node + 1]):
        source = tables.jump_from[jump]
        if scratch.least[source - first] + tables.jump_points[jump] <= paid + CLOSE:
            return _cheapest_place(tables, scratch, plan, source)
    track, far = tables.node_before[node], tables.node_far[node] + 1
    return _decided(tables, scratch, plan, track, far)


@compiled
def _place_before(tables: GraphTables, value: FloatArray, place: int) -> int:
    """The start of the earlier session: close in the day, or the cheapest for more points."""
    reach = reach_of(tables.clock)
    first, last = max(place - reach, 0), min(place + reach + 1, len(value))
    close = first + int(np.argmin(value[first:last]))
    anywhere = int(np.argmin(value))
    return close if value[close] <= value[anywhere] + tables.other_time else anywhere
