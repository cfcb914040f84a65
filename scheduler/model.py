"""Everything that the solvers read, made once from a problem."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from scheduler.activities import find_activities
from scheduler.cheapest import Cheapest
from scheduler.hold import points_to_hold
from scheduler.kept import find_kept, held_contradict
from scheduler.matrix import Runs, stack
from scheduler.plan_graph import PlanGraphs
from scheduler.points import PARTS, change_of_clinic, points_of_slots, promise_lost, unbooked
from scheduler.points.ledger import Entry, complete
from scheduler.points.unpaired import asks_for_companion
from scheduler.rules import SHARED
from scheduler.rules.companion import find_pairings
from scheduler.rules.meal_break import MEAL_BREAK
from scheduler.starts import find_openings, find_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray, Limit, Matrix
    from scheduler.plan_graph import PlanGraph
    from scheduler.points.change_of_clinic import Stretches
    from scheduler.points.ledger import Ledger
    from scheduler.problem import Problem
    from scheduler.rules.companion import Pairings
    from scheduler.starts import Starts

_SOFT = 2
"""Limits at the end of the matrix that helpers and meals loosen: breaks, changes of clinic."""


@dataclass(frozen=True)
class Plan:
    """One plan's place in the model: its graph, and its slots ``[first, last)``."""

    graph: PlanGraph
    first: int
    last: int


@dataclass(frozen=True)
class Pieces:
    """The rows that a relaxation reads, made when first asked for: a first schedule needs none.

    Models of the same slots share them, whatever their points.
    """

    activities: int
    limits: tuple[Limit, ...]
    kept: IntArray

    @cached_property
    def matrix(self) -> Matrix:
        """The limits, those in minutes read in whole appointments, without what is kept."""
        in_pieces = {rule.name: rule.relaxed for rule in SHARED}
        limits = []
        for limit in self.limits:
            relaxed = in_pieces.get(limit.name)
            limits.append(limit if relaxed is None else relaxed(limit))
        rows = sum(len(limit.capacity) for limit in limits[:-_SOFT])
        return stack(self.activities, limits).without(self.kept, rows)


@dataclass(frozen=True)
class Model:
    """A problem in numbers.

    ``slot_points`` are the points that a slot carries by itself. The first ``hard_rows`` of
    the matrix have no helpers: they hold for appointments alone. ``kept`` are the columns
    of held promises, booked in every schedule: what they take is off the capacity already.
    ``settled_points`` are those of sessions that are not the engine's to move, ``hold`` those for
    losing a promise that must be kept.
    """

    problem: Problem
    activities: Activities
    matrix: Matrix
    pieces: Pieces
    starts: Starts
    pairings: Pairings
    slot_points: FloatArray
    plans: tuple[Plan, ...]
    stretches: Stretches
    kept: IntArray
    hard_rows: int
    settled_points: int
    hold: float
    holds: bool = True

    @cached_property
    def relaxed(self) -> Matrix:
        """The matrix for those who may cut appointments into pieces; the same for whole ones."""
        return replace(self.pieces.matrix, helper_points=self.matrix.helper_points)

    @cached_property
    def kept_set(self) -> frozenset[int]:
        """The kept columns, to ask for one of them."""
        return frozenset(self.kept.tolist())

    @property
    def change_points(self) -> int:
        """Points for one change of clinic."""
        return self.problem.settings.weights.change_of_clinic

    @cached_property
    def plan_of_session(self) -> IntArray:
        """The plan of each session to be booked."""
        sizes = [len(plan.graph.sessions) for plan in self.plans]
        return np.repeat(np.arange(len(self.plans)), sizes)

    @cached_property
    def everyone(self) -> Cheapest:
        """The cheapest schedules of all plans together."""
        return Cheapest(self.plans, self.starts)

    @cached_property
    def pairing_edge(self) -> IntArray:
        """Where the pairings of each slot begin, and where the last ones end."""
        return np.searchsorted(self.pairings.slot, np.arange(self.activities.slots + 1))

    def companions_of(self, slot: int) -> IntArray:
        """The companions that may follow a slot."""
        edge = self.pairing_edge
        return self.pairings.companion[edge[slot] : edge[slot + 1]]

    @cached_property
    def hard_runs_in_order(self) -> tuple[Runs, IntArray]:
        """The runs of hard rows in order of column, and where each column's begin."""
        runs = self.matrix.runs
        hard = np.flatnonzero(runs.first < self.hard_rows)
        hard = hard[np.argsort(runs.column[hard], kind="stable")]
        hard = hard[runs.last[hard] > runs.first[hard]]
        sorted_runs = Runs(
            *(part[hard] for part in (runs.column, runs.first, runs.last, runs.weight))
        )
        edges = np.searchsorted(sorted_runs.column, np.arange(self.matrix.columns + 1))
        return sorted_runs, edges

    def hard_runs(self, column: int) -> Iterator[tuple[int, int, int]]:
        """The runs of hard rows that a column takes: first, last, weight."""
        runs, edges = self.hard_runs_in_order
        for at in range(edges[column], edges[column + 1]):
            yield int(runs.first[at]), int(runs.last[at]), int(runs.weight[at])

    def hard_runs_of(self, columns: IntArray) -> Runs:
        """The runs of hard rows of some columns, which are numbered anew from 0."""
        runs, edges = self.hard_runs_in_order
        count = edges[columns + 1] - edges[columns]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        at = np.repeat(edges[columns], count) + offset
        number = np.repeat(np.arange(len(columns)), count)
        return Runs(number, runs.first[at], runs.last[at], runs.weight[at])

    @cached_property
    def asks(self) -> FloatArray:
        """Points of each slot for coming without the companion that its plan asks for."""
        problem = self.problem
        weight = problem.settings.weights.unpaired
        alone = np.array([weight * asks_for_companion(problem, s) for s in problem.sessions], float)
        slots = self.activities.session[: self.activities.slots]
        asked = alone[slots]
        asked[self._may_not_come_alone()] = self.hold
        return np.asarray(asked)

    def _may_not_come_alone(self) -> IntArray:
        """Slots that a held companion follows: who stays there comes with it.

        Not so where session and companion are both held and can't both be kept.
        """
        if not self.holds:
            return np.zeros(0, dtype=np.int64)
        problem, session = self.problem, self.activities.session
        own = np.array([problem.is_companion_held(s) for s in problem.sessions], dtype=np.bool_)
        kept = np.zeros(len(problem.sessions), dtype=np.bool_)
        kept[session[self.kept[self.kept >= self.activities.slots]]] = True
        free = np.array([not problem.is_held(s) for s in problem.sessions], dtype=np.bool_)
        followed = self.pairings.slot[(own & (kept | free))[session[self.pairings.slot]]]
        return np.unique(followed)

    def with_companions(self, prices: FloatArray, first: int, last: int) -> FloatArray:
        """What the slots ``[first, last)`` cost together with their cheapest companion, or alone.

        ``prices`` has one entry a column; those of the slots include their own points.
        """
        total = prices[first:last] + self.asks[first:last]
        begin, end = np.searchsorted(self.pairings.slot, [first, last])
        if end > begin:
            slots = self.pairings.slot[begin:end] - first
            paired = (
                prices[self.pairings.slot[begin:end]] + prices[self.pairings.companion[begin:end]]
            )
            np.minimum.at(total, slots, paired)
        return total

    def entries(self, slots: Sequence[int], paired: frozenset[int] = frozenset()) -> list[Entry]:
        """What the ledger would say of some slots, ``paired`` among them with a companion."""
        activities, network = self.activities, self.problem.network
        return [
            Entry(
                self.problem.sessions[activities.session[slot]],
                network.therapists[activities.therapist[slot]].therapist_id,
                network.locations[activities.location[slot]].location_id,
                activities.axes.moment(int(activities.start[slot])),
                counts=True,
                paired=slot in paired,
            )
            for slot in slots
        ]

    def ledger(self, slots: Sequence[int], paired: frozenset[int]) -> Ledger:
        """The schedule that books these slots, ``paired`` among them with a companion."""
        booked = {entry.session.key: entry for entry in self.entries(slots, paired)}
        return complete(self.problem, booked)


def to_prove_by(model: Model) -> Model:
    """The model whose bounds hold for every schedule, whichever of contradictory pins it keeps."""
    contradict = held_contradict(model.activities, model.kept)
    return build(model.problem, hold=False) if contradict else model


def build(problem: Problem, *, hold: bool = True) -> Model:
    """Find every slot, put every rule into the matrix, and draw every plan's graph.

    Unless it is to ``hold`` them, held promises may be lost at the usual price, but not moved.
    """
    activities = find_activities(problem)
    stretches = change_of_clinic.find_stretches(activities)
    hard = [rule.rows(activities) for rule in SHARED if rule is not MEAL_BREAK]
    soft = [MEAL_BREAK.rows(activities), change_of_clinic.rows(activities, stretches)]
    matrix = stack(len(activities), [*hard, *soft])
    hard_rows = sum(len(limit.capacity) for limit in hard)
    starts, pairings = find_starts(activities), find_pairings(activities)
    slot_points = points_of_slots(activities).astype(np.float64)
    costs = [
        float(unbooked.cost(problem, s) + promise_lost.cost(problem, s)) for s in problem.sessions
    ]
    kept = np.zeros(0, dtype=np.int64)
    if hold:
        kept = find_kept(activities, matrix, hard_rows, pairings)
    held = np.zeros(len(costs))
    losing = points_to_hold(problem)
    held[activities.session[kept]] = losing
    graphs = PlanGraphs(activities.axes, (costs + held).tolist(), find_openings(activities))
    sessions: dict[str, list[int]] = defaultdict(list)
    for index, session in enumerate(problem.sessions):
        sessions[session.plan_id].append(index)
    edges = np.searchsorted(activities.session[: activities.slots], np.arange(len(costs) + 1))
    plans = tuple(
        Plan(graphs.of_plan(plan_id, of), int(edges[of[0]]), int(edges[of[-1] + 1]))
        for plan_id, of in sessions.items()
    )
    nothing = complete(problem, {})
    settled = sum(part.points(nothing) for part in PARTS) - sum(map(int, costs))
    return Model(
        problem,
        activities,
        matrix.without(kept, hard_rows),
        Pieces(len(activities), matrix.limits, kept),
        starts,
        pairings,
        slot_points,
        plans,
        stretches,
        kept,
        hard_rows,
        settled,
        losing,
        holds=hold,
    )
