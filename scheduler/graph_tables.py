"""Many plan graphs as arrays, plan by plan, for the compiled code that walks through them.

Nodes, tracks, legs and sessions are numbered through all plans; those of one plan lie in one
piece, its nodes in order of layer. An array named ``…_edge`` says where each one's lot begins
in another array, and one entry more where the last one's ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.candidates import IntArray, Mask
    from scheduler.matrix import FloatArray
    from scheduler.model import Plan
    from scheduler.plan_graph import PlanGraph
    from scheduler.starts import Starts

NOBODY = -1


class GraphTables(NamedTuple):
    """The nodes, joins, tracks, exits and rows of starts of some plans.

    ``nothing`` are each plan's points when nothing of it is booked; ``passed`` what the layers
    before the n-th of a track cost when none of them is booked, ``far_points`` what those
    between a node and its far layer do. ``clock`` is the minute of each place in a row.
    ``row_slot`` says where each row's slots begin, and where the last one's end.

    Of the rows of starts ``row_session`` and ``row_who`` are numbered within the plan. Of the
    therapists that it may choose from, ``who_known`` says who is among its ``known`` ones (how many
    there are), and ``therapist_points`` what its first n therapists cost.
    """

    plan_slot: IntArray
    plan_row: IntArray
    plan_node: IntArray
    plan_layer: IntArray
    plan_track: IntArray
    plan_leg: IntArray
    plan_session: IntArray
    plan_who: IntArray
    nothing: FloatArray
    layer_edge: IntArray
    node_track: IntArray
    node_before: IntArray
    node_begin: FloatArray
    node_clock: IntArray
    node_far: IntArray
    far_points: FloatArray
    row_edge: IntArray
    row: IntArray
    row_session: IntArray
    row_who: IntArray
    unbooked: FloatArray
    who_known: Mask
    known: IntArray
    therapist_points: FloatArray
    step_edge: IntArray
    step_from: IntArray
    step_points: FloatArray
    jump_edge: IntArray
    jump_from: IntArray
    jump_points: FloatArray
    track_leg: IntArray
    track_before: IntArray
    passed_edge: IntArray
    passed: FloatArray
    exit_edge: IntArray
    exit_track: IntArray
    exit_node: IntArray
    exit_points: FloatArray
    leg_exits: IntArray
    clock: IntArray
    cell: IntArray
    row_slot: IntArray
    slot: IntArray
    other_time: float


_GraphTablesReference = by_reference(GraphTables)


@compiled
def refer_to_graph_tables(values: GraphTables) -> GraphTables:
    """The same, to be handed to compiled code."""
    return _GraphTablesReference(*values)


def tables_of(plans: Sequence[Plan], starts: Starts) -> GraphTables:
    """The graphs of some plans, which choose from ``starts``."""
    graphs = [plan.graph for plan in plans]
    order = [sorted(range(len(g.nodes)), key=lambda n: g.nodes[n].layer) for g in graphs]
    nodes = [graph.nodes[n] for graph, own in zip(graphs, order, strict=True) for n in own]
    node = _edges(len(graph.nodes) for graph in graphs)
    track = _edges(len(graph.track_leg) for graph in graphs)
    leg = _edges(graph.legs for graph in graphs)
    who = _who(plans, starts)
    session = _edges(len(graph.sessions) for graph in graphs)
    place = [np.argsort(own) + first for own, first in zip(order, node.tolist(), strict=False)]
    layer = _edges(_layers(graph) for graph in graphs)
    unbooked = [points for graph in graphs for points in graph.track_unbooked]
    passed = [np.cumsum([0.0, *points]) for points in unbooked]
    node_track = _numbers([n.track for n in nodes]) + np.repeat(track[:-1], np.diff(node))
    track_before = _shifted([graph.track_before for graph in graphs], track)
    before = track_before[node_track]
    far = _numbers([n.far for n in nodes])
    at = [(passed[t], n.layer, n.far + 1) for t, n in zip(node_track, nodes, strict=True)]
    steps = _joins([graph.steps for graph in graphs], place, len(nodes))
    jumps = _joins([graph.jumps for graph in graphs], place, len(nodes))
    exits = _exits(graphs, place, track)
    return GraphTables(
        plan_slot=_numbers([[plan.first, plan.last] for plan in plans]).reshape(-1, 2),
        plan_row=_rows_of(plans, starts),
        plan_node=node,
        plan_layer=layer,
        plan_track=track,
        plan_leg=leg,
        plan_session=session,
        plan_who=_edges(map(len, who)),
        nothing=np.array([float(sum(graph.unbooked)) for graph in graphs]),
        layer_edge=_layer_edges(graphs, order, layer),
        node_track=node_track,
        node_before=np.where(before < 0, node_track, before),
        node_begin=np.array([n.begin for n in nodes], dtype=np.float64),
        node_clock=_numbers([NOBODY if n.begin_clock is None else n.begin_clock for n in nodes]),
        node_far=far,
        far_points=np.array([p[here] - p[there] for p, here, there in at], dtype=np.float64),
        row_edge=_edges(len(n.rows) for n in nodes),
        row=_numbers([row for n in nodes for row in n.rows]),
        row_session=_row_sessions(plans, starts),
        row_who=_row_who(plans, starts, who),
        unbooked=np.array([p for graph in graphs for p in graph.unbooked], dtype=np.float64),
        who_known=np.array(
            [therapist in g.known for g, lot in zip(graphs, who, strict=True) for therapist in lot],
            dtype=np.bool_,
        ),
        known=_numbers([len(graph.known) for graph in graphs]),
        therapist_points=_therapist_points(graphs),
        step_edge=steps[0],
        step_from=steps[1],
        step_points=steps[2],
        jump_edge=jumps[0],
        jump_from=jumps[1],
        jump_points=jumps[2],
        track_leg=_shifted([graph.track_leg for graph in graphs], leg),
        track_before=track_before,
        passed_edge=_edges(len(points) for points in passed),
        passed=np.concatenate([np.zeros(0), *passed]),
        exit_edge=exits[0],
        exit_track=exits[1],
        exit_node=exits[2],
        exit_points=exits[3],
        leg_exits=np.bincount(
            _shifted([graph.track_leg for graph in graphs], leg)[exits[1]], minlength=int(leg[-1])
        ),
        clock=starts.clock,
        cell=starts.cell,
        row_slot=np.searchsorted(
            starts.cell // max(len(starts.clock), 1), np.arange(len(starts.session) + 1)
        ),
        slot=starts.slot,
        other_time=float(starts.other_time),
    )


def _numbers(values: Sequence[object]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _edges(sizes: Iterable[int]) -> IntArray:
    """Where each lot begins, and where the last one ends."""
    return np.cumsum([0, *sizes])


def _layers(graph: PlanGraph) -> int:
    return max((len(points) for points in graph.track_unbooked), default=0)


def _rows_of(plans: Sequence[Plan], starts: Starts) -> IntArray:
    """Each plan's rows of starts, ``[first, last)``."""
    width = max(len(starts.clock), 1)
    rows = [
        (int(starts.cell[plan.first]) // width, int(starts.cell[plan.last - 1]) // width + 1)
        if plan.last > plan.first
        else (0, 0)
        for plan in plans
    ]
    return _numbers(rows).reshape(-1, 2)


def _who(plans: Sequence[Plan], starts: Starts) -> list[list[int]]:
    """The therapists that each plan may choose from."""
    rows = _rows_of(plans, starts).tolist()
    return [np.unique(starts.therapist[first:last]).tolist() for first, last in rows]


def _row_sessions(plans: Sequence[Plan], starts: Starts) -> IntArray:
    """The session of each row, numbered within its plan."""
    sessions = np.zeros(len(starts.session), dtype=np.int64)
    for plan, (first, last) in zip(plans, _rows_of(plans, starts).tolist(), strict=True):
        sessions[first:last] = starts.session[first:last] - plan.graph.sessions[0]
    return sessions


def _row_who(plans: Sequence[Plan], starts: Starts, who: Sequence[Sequence[int]]) -> IntArray:
    """The therapist of each row, numbered among those of its plan."""
    numbers = np.zeros(len(starts.session), dtype=np.int64)
    rows = _rows_of(plans, starts).tolist()
    for lot, (first, last) in zip(who, rows, strict=True):
        numbers[first:last] = np.searchsorted(lot, starts.therapist[first:last])
    return numbers


def _therapist_points(graphs: Sequence[PlanGraph]) -> FloatArray:
    """What each plan pays for its first n therapists, beyond what it pays anyway."""
    points = np.zeros((len(graphs), max((len(g.therapist_points) for g in graphs), default=1)))
    for plan, graph in enumerate(graphs):
        points[plan, : len(graph.therapist_points)] = graph.therapist_points
    return points


def _shifted(lots: Sequence[Sequence[int]], firsts: IntArray) -> IntArray:
    """Numbers within a graph as numbers through all graphs; -1 stays -1."""
    return _numbers(
        [
            number if number < 0 else first + number
            for lot, first in zip(lots, firsts.tolist(), strict=False)
            for number in lot
        ]
    )


def _layer_edges(
    graphs: Sequence[PlanGraph], order: Sequence[Sequence[int]], first_layer: IntArray
) -> IntArray:
    """Where the nodes of each layer of each plan begin, and where the last ones end."""
    counts = [
        np.bincount(_numbers([graph.nodes[n].layer for n in own]), minlength=_layers(graph))
        for graph, own in zip(graphs, order, strict=True)
    ]
    edges = _edges(np.concatenate([np.zeros(0, dtype=np.int64), *counts]).tolist())
    if len(edges) != first_layer[-1] + 1:
        raise ValueError("a node lies beyond the last layer of its plan")
    return edges


def _joins(
    lots: Sequence[Sequence[tuple[int, int, float]]], place: Sequence[IntArray], nodes: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Joins by the node that they lead to: where its lot begins, from where, for what points."""
    parts = []
    for lot, at in zip(lots, place, strict=True):
        if lot:
            table = np.array(lot, dtype=np.float64)
            ends = at[table[:, :2].astype(np.int64)]
            parts.append((ends[:, 0], ends[:, 1], table[:, 2]))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return np.zeros(nodes + 1, dtype=np.int64), none, np.zeros(0)
    source, target, points = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((source, target))
    edge = np.searchsorted(target[order], np.arange(nodes + 1))
    return edge, source[order], points[order]


def _exits(
    graphs: Sequence[PlanGraph], place: Sequence[IntArray], track: IntArray
) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """The exits of each plan: where they begin, then track, node or -1, and points of each."""
    rows = [
        (first + exit_track, NOBODY if node < 0 else int(at[node]), points)
        for graph, at, first in zip(graphs, place, track.tolist(), strict=False)
        for exit_track, node, points in graph.exits
    ]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 3)
    edge = _edges(len(graph.exits) for graph in graphs)
    return edge, table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2].copy()
