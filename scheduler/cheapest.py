"""The cheapest schedule of each plan when every slot has its price: exact, by dynamic programming.

One pass over the layers of many plan graphs at once. ``value[node, start]`` is the least that
a path pays that ends there; ``after[track, layer]`` the least that any path pays once that
layer is decided, booked or not. Paths are read back from these two tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import minimum_filter1d

from scheduler.plan_graph import NEVER

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

    ``none`` are each plan's points when nothing of it is booked.
    """

    def __init__(self, graphs: Sequence[PlanGraph], starts: Starts) -> None:
        self.graphs = graphs
        self.starts = starts
        self._place_nodes()
        self._place_joins()
        self._place_tracks()
        self._place_exits()
        self._rank()

    def _place_nodes(self) -> None:
        """Nodes of all graphs in order of layer."""
        nodes = [(node, at) for at, graph in enumerate(self.graphs) for node in graph.nodes]
        layer = np.array([node.layer for node, _ in nodes], dtype=np.int64)
        order = np.argsort(layer, kind="stable")
        self._new = np.empty(len(nodes), dtype=np.int64)
        self._new[order] = np.arange(len(nodes))
        counts = [len(graph.nodes) for graph in self.graphs]
        self._first_node = np.cumsum([0, *counts])
        self._first_track = np.cumsum([0, *(len(graph.track_leg) for graph in self.graphs)])
        self._first_leg = np.cumsum([0, *(len(graph.leg_walk) for graph in self.graphs)])
        self._first_walk = np.cumsum([0, *(len(graph.walk_points) for graph in self.graphs)])
        self.layers = max(
            (len(points) for graph in self.graphs for points in graph.track_unbooked), default=0
        )
        self.node_edges = np.searchsorted(layer[order], np.arange(self.layers + 1))
        ordered = [nodes[i] for i in order]
        self.node_layer = layer[order]
        self.node_track = np.array(
            [self._first_track[at] + node.track for node, at in ordered], dtype=np.int64
        )
        self.node_begin = np.array([node.begin for node, _ in ordered])
        self.node_far = np.array([node.far for node, _ in ordered], dtype=np.int64)
        sizes = np.array([len(node.rows) for node, _ in ordered], dtype=np.int64)
        self.row_first = np.cumsum(sizes) - sizes
        self.rows = np.array([row for node, _ in ordered for row in node.rows], dtype=np.int64)
        begins = [
            (i, node.begin_clock)
            for i, (node, _) in enumerate(ordered)
            if node.begin_clock is not None
        ]
        self.begin_node = np.array([i for i, _ in begins], dtype=np.int64)
        clocks = np.array([clock for _, clock in begins], dtype=np.int64)
        self.begin_points = self.starts.other_time_from(clocks)

    def _place_joins(self) -> None:
        self.step_from, self.step_to, self.step_points = self._joins("steps")
        self.jump_from, self.jump_to, self.jump_points = self._joins("jumps")
        edges = self.node_edges
        self.step_edges = np.searchsorted(self.step_to, edges)
        self.jump_edges = np.searchsorted(self.jump_to, edges)

    def _joins(self, kind: str) -> tuple[IntArray, IntArray, FloatArray]:
        lots = [
            np.array(getattr(graph, kind), dtype=np.float64).reshape(-1, 3)
            + np.array([first, first, 0.0])
            for graph, first in zip(self.graphs, self._first_node, strict=False)
        ]
        table = np.concatenate([np.zeros((0, 3)), *lots])
        source, target = (self._new[table[:, i].astype(np.int64)] for i in (0, 1))
        order = np.lexsort((source, target))
        return source[order], target[order], table[order, 2]

    def _place_tracks(self) -> None:
        graphs = self.graphs
        self.track_leg = _numbered([g.track_leg for g in graphs], self._first_leg)
        self.leg_walk = _numbered([g.leg_walk for g in graphs], self._first_walk)
        self.track_before = _numbered([g.track_before for g in graphs], self._first_track)
        self.track_begin = np.where(self.track_before < 0, 0.0, NEVER)
        lots = [points for graph in graphs for points in graph.track_unbooked]
        self.track_layers = np.array([len(points) for points in lots], dtype=np.int64)
        self.unbooked = np.zeros((len(lots), self.layers))
        for track, points in enumerate(lots):
            self.unbooked[track, : len(points)] = points[: self.layers]
        passed = np.concatenate(
            [np.zeros((len(lots), 1)), np.cumsum(self.unbooked, axis=1)], axis=1
        )
        before = self.track_before[self.node_track]
        self.node_before = np.where(before < 0, self.node_track, before)
        self.far_points = (
            passed[self.node_track, self.node_layer] - passed[self.node_track, self.node_far + 1]
        )
        self.walk_points = np.array([p for g in graphs for p in g.walk_points], dtype=np.float64)
        self.walk_plan = np.repeat(np.arange(len(graphs)), [len(g.walk_points) for g in graphs])
        self.none = np.array([sum(graph.unbooked) for graph in graphs])

    def _place_exits(self) -> None:
        exits = [
            (self._first_track[at] + track, self._new[self._first_node[at] + node], points)
            if node >= 0
            else (self._first_track[at] + track, -1, points)
            for at, graph in enumerate(self.graphs)
            for track, node, points in graph.exits
        ]
        table = np.array(exits, dtype=np.float64).reshape(len(exits), 3)
        self.exit_track = table[:, 0].astype(np.int64)
        self.exit_node = table[:, 1].astype(np.int64)
        self.exit_points = table[:, 2]
        self.has_exit = np.unique(self.track_leg[self.exit_track])

    def solve(self, prices: FloatArray) -> FloatArray:
        """The least that each plan pays when its slots cost this much; one price a slot."""
        self.table = self.starts.spread(prices)
        width = len(self.starts.clock)
        nodes = len(self.node_layer)
        self.value = np.empty((nodes, width))
        self.least = np.empty(nodes)
        self.near = np.empty((nodes, width))
        self.after = np.empty((len(self.track_before), self.layers + 1))
        self.after[:, 0] = self.track_begin
        for layer in range(self.layers):
            begin, end = self.node_edges[layer], self.node_edges[layer + 1]
            after = self.after[:, layer] + self.unbooked[:, layer]
            if end > begin:
                self._solve_layer(layer, begin, end)
                np.minimum.at(after, self.node_track[begin:end], self.least[begin:end])
            self.after[:, layer + 1] = after
        self.final = self._finals()
        legs = np.full(len(self.leg_walk), _NOTHING)
        np.minimum.at(legs, self.track_leg, self.final)
        self.walk_value = self.walk_points + np.bincount(
            self.leg_walk, weights=legs, minlength=len(self.walk_points)
        )
        best = self.none.copy()
        np.minimum.at(best, self.walk_plan, self.walk_value)
        return best

    def _solve_layer(self, layer: int, begin: int, end: int) -> None:
        value = self._jumped(layer, begin, end)[:, None] + np.zeros(self.value.shape[1])
        if layer == 0:
            value[self.begin_node] += self.begin_points
        for target, source, points in self._step_ranks[layer]:
            stepped = self.near[source]
            stepped += points
            value[target] = np.minimum(value[target], stepped)
        (_, firsts), *others = self._row_ranks[layer]
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

    def _rank(self) -> None:
        """Sort what comes into each node by rank: all firsts, then all seconds, and so on.

        A minimum over each node's lot is then a few minima of whole arrays.
        """
        self._step_ranks, self._row_ranks = [], []
        sizes = np.diff(np.append(self.row_first, len(self.rows)))
        for layer in range(self.layers):
            begin, end = self.node_edges[layer], self.node_edges[layer + 1]
            first, last = self.step_edges[layer], self.step_edges[layer + 1]
            target = self.step_to[first:last] - begin
            self._step_ranks.append(
                [
                    (target[at], self.step_from[first + at], self.step_points[first + at, None])
                    for at in _by_rank(target)
                ]
            )
            node = np.repeat(np.arange(end - begin), sizes[begin:end])
            own = self.rows[self.row_first[begin] :] if end > begin else self.rows[:0]
            self._row_ranks.append(
                [(node[at], own[at] - self.starts.first_row) for at in _by_rank(node)]
            )

    def _jumped(self, layer: int, begin: int, end: int) -> FloatArray:
        """The least that is paid before a node when the session before it is not booked."""
        far = self.node_far[begin:end] + 1
        jumped = self.after[self.node_before[begin:end], far] + self.far_points[begin:end]
        jumped += np.where(far == 0, self.node_begin[begin:end], 0.0)
        first, last = self.jump_edges[layer], self.jump_edges[layer + 1]
        points = self.least[self.jump_from[first:last]] + self.jump_points[first:last]
        np.minimum.at(jumped, self.jump_to[first:last] - begin, points)
        return np.asarray(jumped)

    def _finals(self) -> FloatArray:
        """The least that a path pays by track once its leg is over."""
        final = self.after[np.arange(len(self.track_layers)), self.track_layers].copy()
        final[np.isin(self.track_leg, self.has_exit)] = _NOTHING
        np.minimum.at(final, self.exit_track, self._exit_values(slice(None)))
        return final

    def _exit_values(self, exits: slice | IntArray) -> FloatArray:
        node = self.exit_node[exits]
        held = np.where(node < 0, 0.0, self.least[node]) if len(self.least) else 0.0
        return self.exit_points[exits] + held

    def walk(self, plan: int) -> int | None:
        """The walk of a plan's cheapest schedule, as its graph numbers it, or None."""
        first, last = self._first_walk[plan], self._first_walk[plan + 1]
        values = self.walk_value[first:last]
        if not len(values) or self.none[plan] <= values.min() + _CLOSE:
            return None
        return int(values.argmin())

    def path(self, plan: int) -> IntArray:
        """The slots of a plan's cheapest schedule, in order; none where that is cheapest."""
        number = self.walk(plan)
        if number is None:
            return np.zeros(0, dtype=np.int64)
        walk = self._first_walk[plan] + number
        slots: list[int] = []
        for leg in np.flatnonzero(self.leg_walk == walk):
            tracks = np.flatnonzero(self.track_leg == leg)
            track = int(tracks[self.final[tracks].argmin()])
            slots.extend(reversed(list(self._leg(track))))
        return np.array(slots, dtype=np.int64)

    def _leg(self, track: int) -> Iterator[int]:
        """The slots of a track's cheapest path, from its last to its first."""
        at = self._last(track)
        while at is not None:
            node, place = at
            rows = self.rows[self._rows_of(node)] - self.starts.first_row
            row = rows[self.table[rows, place].argmin()]
            yield int(self.starts.slot[row * len(self.starts.clock) + place])
            paid = float(self.value[node, place] - self.table[row, place])
            at = self._before(node, place, paid)

    def _rows_of(self, node: int) -> slice:
        end = self.row_first[node + 1] if node + 1 < len(self.row_first) else len(self.rows)
        return slice(self.row_first[node], end)

    def _last(self, track: int) -> tuple[int, int] | None:
        """The node and place where a track's cheapest path ends."""
        exits = np.flatnonzero(self.exit_track == track)
        if not len(exits):
            return self._decided(track, int(self.track_layers[track]))
        node = int(self.exit_node[exits[self._exit_values(exits).argmin()]])
        return None if node < 0 else (node, int(self.value[node].argmin()))

    def _decided(self, track: int, layer: int) -> tuple[int, int] | None:
        """The last node of the cheapest path through the first ``layer`` layers of a track."""
        goal = self.after[track, layer]
        for earlier in range(layer - 1, -1, -1):
            begin, end = self.node_edges[earlier], self.node_edges[earlier + 1]
            nodes = begin + np.flatnonzero(self.node_track[begin:end] == track)
            if len(nodes) and self.least[nodes].min() <= goal + _CLOSE:
                node = int(nodes[self.least[nodes].argmin()])
                return node, int(self.value[node].argmin())
            goal -= self.unbooked[track, earlier]
        return None

    def _before(self, node: int, place: int, paid: float) -> tuple[int, int] | None:
        """Where the cheapest path was before it came to a node having paid so much."""
        first, last = np.searchsorted(self.step_to, [node, node + 1])
        steps = self.near[self.step_from[first:last], place] + self.step_points[first:last]
        if len(steps) and steps.min() <= paid + _CLOSE:
            source = int(self.step_from[first + steps.argmin()])
            return source, self._place_before(source, place)
        first, last = np.searchsorted(self.jump_to, [node, node + 1])
        jumps = self.least[self.jump_from[first:last]] + self.jump_points[first:last]
        if len(jumps) and jumps.min() <= paid + _CLOSE:
            source = int(self.jump_from[first + jumps.argmin()])
            return source, int(self.value[source].argmin())
        return self._decided(int(self.node_before[node]), int(self.node_far[node]) + 1)

    def _place_before(self, source: int, place: int) -> int:
        """The start of the earlier session: close in the day, or the cheapest for more points."""
        value, reach = self.value[source], self.starts.reach
        first = max(place - reach, 0)
        close = first + int(value[first : place + reach + 1].argmin())
        anywhere = int(value.argmin())
        return close if value[close] <= value[anywhere] + self.starts.other_time else anywhere


def _by_rank(owner: IntArray) -> list[IntArray]:
    """Where each owner's first entry stands, then where its second does, …; owners are sorted."""
    if not len(owner):
        return []
    begins = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    rank = np.arange(len(owner)) - np.repeat(begins, np.diff(np.append(begins, len(owner))))
    order = np.argsort(rank, kind="stable")
    return np.split(order, np.cumsum(np.bincount(rank))[:-1])


def _numbered(lots: Sequence[Sequence[int]], firsts: IntArray) -> IntArray:
    """Numbers within a graph as numbers through all graphs; -1 stays -1."""
    numbers = [
        number if number < 0 else int(first) + number
        for lot, first in zip(lots, firsts, strict=False)
        for number in lot
    ]
    return np.array(numbers, dtype=np.int64)
