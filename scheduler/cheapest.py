"""The cheapest schedule of each plan when every slot has its price: exact, by dynamic programming.

One pass over the layers of many plan graphs at once. ``value[node, start]`` is the least that
a path pays that ends there; ``after[track, layer]`` the least that any path pays once that
layer is decided, booked or not. Paths are read back from these two tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import minimum_filter1d

from scheduler.graph_tables import GraphTables
from scheduler.legs import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray
    from scheduler.plan_graph import PlanGraph
    from scheduler.starts import Starts

_NOTHING = 10 * NEVER
"""More than any path pays: the least over nothing at all."""

_CLOSE = 1e-6
"""Two sums of the same points and prices differ by less than this."""


class Cheapest:
    """Cheapest schedules of some plans; ``solve`` first, then ``path`` for each plan.

    ``graphs`` are the plans' graphs as arrays, ``starts`` the starts that they choose from.
    """

    def __init__(self, graphs: Sequence[PlanGraph], starts: Starts) -> None:
        self.starts = starts
        self.graphs = GraphTables(graphs, starts)

    @property
    def node_layer(self) -> IntArray:
        """The layer of each node of all graphs, in ascending order."""
        return self.graphs.node_layer

    def solve(self, prices: FloatArray) -> FloatArray:
        """The least that each plan pays when its slots cost this much; one price a slot."""
        graphs = self.graphs
        self.table = self.starts.spread(prices)
        width = len(self.starts.clock)
        nodes = len(graphs.node_layer)
        self.value = np.empty((nodes, width))
        self.least = np.empty(nodes)
        self.near = np.empty((nodes, width))
        self.after = np.empty((len(graphs.track_before), graphs.layers + 1))
        self.after[:, 0] = graphs.track_begin
        for layer in range(graphs.layers):
            begin, end = graphs.node_edges[layer], graphs.node_edges[layer + 1]
            after = self.after[:, layer] + graphs.unbooked[:, layer]
            if end > begin:
                self._solve_layer(layer, begin, end)
                np.minimum.at(after, graphs.node_track[begin:end], self.least[begin:end])
            self.after[:, layer + 1] = after
        self.final = self._finals()
        legs = np.full(len(graphs.leg_walk), _NOTHING)
        np.minimum.at(legs, graphs.track_leg, self.final)
        self.walk_value = graphs.walk_points + np.bincount(
            graphs.leg_walk, weights=legs, minlength=len(graphs.walk_points)
        )
        best = graphs.none.copy()
        np.minimum.at(best, graphs.walk_plan, self.walk_value)
        return best

    def _solve_layer(self, layer: int, begin: int, end: int) -> None:
        graphs = self.graphs
        value = self._jumped(layer, begin, end)[:, None] + np.zeros(self.value.shape[1])
        if layer == 0:
            value[graphs.begin_node] += graphs.begin_points
        for target, source, points in graphs.step_ranks[layer]:
            stepped = self.near[source]
            stepped += points
            value[target] = np.minimum(value[target], stepped)
        (_, firsts), *others = graphs.row_ranks[layer]
        offered = self.table[firsts]
        for target, row in others:
            offered[target] = np.minimum(offered[target], self.table[row])
        value += offered
        least = value.min(axis=1)
        self.value[begin:end] = value
        self.least[begin:end] = least
        close = minimum_filter1d(
            value, 2 * self.starts.reach + 1, axis=1, mode="constant", cval=_NOTHING
        )
        self.near[begin:end] = np.minimum(close, least[:, None] + self.starts.other_time)

    def _jumped(self, layer: int, begin: int, end: int) -> FloatArray:
        """The least that is paid before a node when the session before it is not booked."""
        graphs = self.graphs
        far = graphs.node_far[begin:end] + 1
        jumped = self.after[graphs.node_before[begin:end], far] + graphs.far_points[begin:end]
        jumped += np.where(far == 0, graphs.node_begin[begin:end], 0.0)
        first, last = graphs.jump_edges[layer], graphs.jump_edges[layer + 1]
        points = self.least[graphs.jump_from[first:last]] + graphs.jump_points[first:last]
        np.minimum.at(jumped, graphs.jump_to[first:last] - begin, points)
        return np.asarray(jumped)

    def _finals(self) -> FloatArray:
        """The least that a path pays by track once its leg is over."""
        graphs = self.graphs
        final = self.after[np.arange(len(graphs.track_layers)), graphs.track_layers].copy()
        final[np.isin(graphs.track_leg, graphs.has_exit)] = _NOTHING
        np.minimum.at(final, graphs.exit_track, self._exit_values(slice(None)))
        return final

    def _exit_values(self, exits: slice | IntArray) -> FloatArray:
        graphs = self.graphs
        node = graphs.exit_node[exits]
        held = np.where(node < 0, 0.0, self.least[node]) if len(self.least) else 0.0
        return graphs.exit_points[exits] + held

    def walk(self, plan: int) -> int | None:
        """The walk of a plan's cheapest schedule, as its graph numbers it, or None."""
        graphs = self.graphs
        first, last = graphs.first_walk[plan], graphs.first_walk[plan + 1]
        values = self.walk_value[first:last]
        if not len(values) or graphs.none[plan] <= values.min() + _CLOSE:
            return None
        return int(values.argmin())

    def path(self, plan: int) -> IntArray:
        """The slots of a plan's cheapest schedule, in order; none where that is cheapest."""
        graphs = self.graphs
        number = self.walk(plan)
        if number is None:
            return np.zeros(0, dtype=np.int64)
        walk = graphs.first_walk[plan] + number
        slots: list[int] = []
        for leg in np.flatnonzero(graphs.leg_walk == walk):
            tracks = np.flatnonzero(graphs.track_leg == leg)
            track = int(tracks[self.final[tracks].argmin()])
            slots.extend(reversed(list(self._leg(track))))
        return np.array(slots, dtype=np.int64)

    def _leg(self, track: int) -> Iterator[int]:
        """The slots of a track's cheapest path, from its last to its first."""
        at = self._last(track)
        while at is not None:
            node, place = at
            rows = self.graphs.rows_of(node) - self.starts.first_row
            row = rows[self.table[rows, place].argmin()]
            yield int(self.starts.slot[row * len(self.starts.clock) + place])
            paid = float(self.value[node, place] - self.table[row, place])
            at = self._before(node, place, paid)

    def _last(self, track: int) -> tuple[int, int] | None:
        """The node and place where a track's cheapest path ends."""
        graphs = self.graphs
        exits = np.flatnonzero(graphs.exit_track == track)
        if not len(exits):
            return self._decided(track, int(graphs.track_layers[track]))
        node = int(graphs.exit_node[exits[self._exit_values(exits).argmin()]])
        return None if node < 0 else (node, int(self.value[node].argmin()))

    def _decided(self, track: int, layer: int) -> tuple[int, int] | None:
        """The last node of the cheapest path through the first ``layer`` layers of a track."""
        graphs = self.graphs
        goal = self.after[track, layer]
        for earlier in range(layer - 1, -1, -1):
            begin, end = graphs.node_edges[earlier], graphs.node_edges[earlier + 1]
            nodes = begin + np.flatnonzero(graphs.node_track[begin:end] == track)
            if len(nodes) and self.least[nodes].min() <= goal + _CLOSE:
                node = int(nodes[self.least[nodes].argmin()])
                return node, int(self.value[node].argmin())
            goal -= graphs.unbooked[track, earlier]
        return None

    def _before(self, node: int, place: int, paid: float) -> tuple[int, int] | None:
        """Where the cheapest path was before it came to a node having paid so much."""
        graphs = self.graphs
        first, last = np.searchsorted(graphs.step_to, [node, node + 1])
        steps = self.near[graphs.step_from[first:last], place] + graphs.step_points[first:last]
        if len(steps) and steps.min() <= paid + _CLOSE:
            source = int(graphs.step_from[first + steps.argmin()])
            return source, self._place_before(source, place)
        first, last = np.searchsorted(graphs.jump_to, [node, node + 1])
        jumps = self.least[graphs.jump_from[first:last]] + graphs.jump_points[first:last]
        if len(jumps) and jumps.min() <= paid + _CLOSE:
            source = int(graphs.jump_from[first + jumps.argmin()])
            return source, int(self.value[source].argmin())
        return self._decided(int(graphs.node_before[node]), int(graphs.node_far[node]) + 1)

    def _place_before(self, source: int, place: int) -> int:
        """The start of the earlier session: close in the day, or the cheapest for more points."""
        value, reach = self.value[source], self.starts.reach
        first = max(place - reach, 0)
        close = first + int(value[first : place + reach + 1].argmin())
        anywhere = int(value.argmin())
        return close if value[close] <= value[anywhere] + self.starts.other_time else anywhere
