"""Many plan graphs as arrays: what a pass over all of them at once reads, layer by layer.

Nodes, tracks, legs and walks are numbered through all graphs, nodes in order of layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.legs import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray
    from scheduler.plan_graph import PlanGraph
    from scheduler.starts import Starts


class GraphTables:
    """The nodes, joins, tracks and exits of some graphs, an array for each thing known of them.

    ``none`` are each plan's points when nothing of it is booked.
    """

    def __init__(self, graphs: Sequence[PlanGraph], starts: Starts) -> None:
        self._graphs = graphs
        self._count()
        self._place_nodes(starts)
        self._place_joins()
        self._place_tracks()
        self._place_exits()
        self._rank(starts.first_row)

    def _count(self) -> None:
        """The number of each graph's first node, track, leg and walk; how many layers there are."""
        graphs = self._graphs
        self._first_node = np.cumsum([0, *(len(graph.nodes) for graph in graphs)])
        self._first_track = np.cumsum([0, *(len(graph.track_leg) for graph in graphs)])
        self._first_leg = np.cumsum([0, *(len(graph.leg_walk) for graph in graphs)])
        self.first_walk = np.cumsum([0, *(len(graph.walk_points) for graph in graphs)])
        self.layers = max(
            (len(points) for graph in graphs for points in graph.track_unbooked), default=0
        )

    def _place_nodes(self, starts: Starts) -> None:
        """Nodes of all graphs in order of layer."""
        nodes = [(node, at) for at, graph in enumerate(self._graphs) for node in graph.nodes]
        layer = np.array([node.layer for node, _ in nodes], dtype=np.int64)
        order = np.argsort(layer, kind="stable")
        self._new = np.empty(len(nodes), dtype=np.int64)
        self._new[order] = np.arange(len(nodes))
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
            (i, n.begin_clock) for i, (n, _) in enumerate(ordered) if n.begin_clock is not None
        ]
        self.begin_node = np.array([i for i, _ in begins], dtype=np.int64)
        self.begin_points = starts.other_time_from(
            np.array([clock for _, clock in begins], dtype=np.int64)
        )

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
            for graph, first in zip(self._graphs, self._first_node, strict=False)
        ]
        table = np.concatenate([np.zeros((0, 3)), *lots])
        source, target = (self._new[table[:, i].astype(np.int64)] for i in (0, 1))
        order = np.lexsort((source, target))
        return source[order], target[order], table[order, 2]

    def _place_tracks(self) -> None:
        graphs = self._graphs
        self.track_leg = _numbered([g.track_leg for g in graphs], self._first_leg)
        self.leg_walk = _numbered([g.leg_walk for g in graphs], self.first_walk)
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
            for at, graph in enumerate(self._graphs)
            for track, node, points in graph.exits
        ]
        table = np.array(exits, dtype=np.float64).reshape(len(exits), 3)
        self.exit_track = table[:, 0].astype(np.int64)
        self.exit_node = table[:, 1].astype(np.int64)
        self.exit_points = table[:, 2]
        self.has_exit = np.unique(self.track_leg[self.exit_track])

    def _rank(self, first_row: int) -> None:
        """Sort what comes into each node by rank: all firsts, then all seconds, and so on.

        A minimum over each node's lot is then a few minima of whole arrays.
        """
        self.step_ranks, self.row_ranks = [], []
        sizes = np.diff(np.append(self.row_first, len(self.rows)))
        for layer in range(self.layers):
            begin, end = self.node_edges[layer], self.node_edges[layer + 1]
            first, last = self.step_edges[layer], self.step_edges[layer + 1]
            target = self.step_to[first:last] - begin
            self.step_ranks.append(
                [
                    (target[at], self.step_from[first + at], self.step_points[first + at, None])
                    for at in _by_rank(target)
                ]
            )
            node = np.repeat(np.arange(end - begin), sizes[begin:end])
            own = self.rows[self.row_first[begin] :] if end > begin else self.rows[:0]
            self.row_ranks.append([(node[at], own[at] - first_row) for at in _by_rank(node)])

    def rows_of(self, node: int) -> IntArray:
        """The rows of starts that a node chooses from, numbered through all slots."""
        end = self.row_first[node + 1] if node + 1 < len(self.row_first) else len(self.rows)
        return self.rows[self.row_first[node] : end]


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
