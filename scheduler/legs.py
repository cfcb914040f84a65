"""A leg is a run of sessions to be booked between two standing ones, or before or after them.

What stands before a leg says where it may begin, what stands after it where it must be over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.candidates import minute_of
from scheduler.kernels.paths import NEVER
from scheduler.points.cadence import INTERVALS, days_missed, days_off
from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from scheduler.care_plans import Session
    from scheduler.facts import Appointment
    from scheduler.plan_graph import PlanGraph, PlanGraphs


@dataclass(frozen=True, slots=True)
class Leg:
    """Sessions to be booked between two standing ones."""

    sessions: tuple[int, ...]
    before: Appointment | None
    after: Appointment | None


@dataclass(frozen=True, slots=True)
class Node:
    """A session on a day; ``rows`` are the rows of starts to choose from.

    ``begin`` is what it costs to be the first of its leg; ``begin_clock`` is the start of
    the standing session in a row before it, in minutes of the day. ``far`` is the last layer
    whose every day is far enough away, so that a path may jump from it without a look.
    """

    layer: int
    track: int
    session: int
    rows: tuple[int, ...]
    begin: float
    begin_clock: int | None
    far: int


class LegBuilder:
    """Adds one leg to a plan's graph, layer by layer."""

    def __init__(self, builder: PlanGraphs, graph: PlanGraph, leg: Leg) -> None:
        self.problem, self.axes = builder.problem, builder.axes
        self.openings, self.graph, self.leg = builder.openings, graph, leg
        self.sessions: list[Session] = [self.problem.sessions[s] for s in leg.sessions]
        self.unbooked = [builder.unbooked[s] for s in leg.sessions]
        self.layers: list[dict[int, list[tuple[int, int]]]] = []
        self.far: list[int] = []
        self.first_track = len(graph.track_leg)

    def build(self, visits: int | None) -> None:
        """Tracks, then the nodes of each session with their steps and jumps, then the exits."""
        tracks = self._add_tracks(visits)
        for layer in range(len(self.sessions)):
            self.layers.append(defaultdict(list))
            self.far.append(self._far(layer))
            days = self._days(layer)
            for track, before in tracks:
                for day, rows in days:
                    self._add_node(layer, track, before, day, rows)
        if self.leg.after is not None:
            self._add_exits(self.leg.after)

    def _add_tracks(self, visits: int | None) -> list[tuple[int, int]]:
        """Each track with the one that a path is on before it books: itself, or one visit less."""
        first = self.first_track
        count = 1 if visits is None else visits + 1
        for number in range(count):
            self.graph.track_leg.append(self.graph.legs)
            self.graph.track_before.append(first + number - 1 if number else -1)
            self.graph.track_unbooked.append(tuple(self.unbooked))
        if visits is None:
            return [(first, first)]
        return [(first + number, first + number - 1) for number in range(1, count)]

    def _days(self, layer: int) -> list[tuple[int, tuple[int, ...]]]:
        offers = self.openings.get(self.leg.sessions[layer], {})
        days: dict[int, list[int]] = defaultdict(list)
        for rows in offers.values():
            for day, row in rows.items():
                days[day].append(row)
        return [(day, tuple(rows)) for day, rows in sorted(days.items())]

    def _add_node(
        self, layer: int, track: int, before: int, day: int, rows: tuple[int, ...]
    ) -> None:
        node, far = len(self.graph.nodes), self.far[layer]
        begin, clock = self._begin(layer, day)
        self.graph.nodes.append(
            Node(layer, track, self.leg.sessions[layer], rows, begin, clock, far)
        )
        self.layers[layer][track].append((day, node))
        for earlier in range(far + 1, layer):
            near = self.layers[earlier].get(before)
            if near:
                self._join(earlier, near, layer, day, node)

    def _join(
        self, earlier: int, near: list[tuple[int, int]], layer: int, day: int, node: int
    ) -> None:
        """Steps or jumps to a node from the days of an earlier session that are far enough away."""
        one, other = self.sessions[earlier], self.sessions[layer]
        latest = day - least_days(one.frequency, other.frequency)
        if other.number == one.number + 1:
            weight = self.problem.settings.weights.cadence
            fewest, most = INTERVALS[other.frequency]
            self.graph.steps.extend(
                (source, node, weight * days_off(fewest, most, day - earlier_day))
                for earlier_day, source in near
                if earlier_day <= latest
            )
        else:
            skipped = sum(self.unbooked[earlier + 1 : layer])
            self.graph.jumps.extend(
                (source, node, skipped) for earlier_day, source in near if earlier_day <= latest
            )

    def _far(self, layer: int) -> int:
        """The last earlier layer that, with all before it, is far enough away on every day."""
        session, before = self.sessions[layer], self.leg.before
        if before is not None:
            earliest = self.problem.calendar[before.plan_id, before.session_number].frequency
            gap = (session.opens - before.starts_at.date()).days
            if gap < least_days(session.frequency, earliest):
                return -1
        for earlier in range(layer - 2, -1, -1):
            other = self.sessions[earlier]
            nearest = (session.opens - other.closes).days + 1
            if nearest >= least_days(session.frequency, other.frequency):
                return earlier
        return -1

    def _begin(self, layer: int, day: int) -> tuple[float, int | None]:
        before = self.leg.before
        if before is None:
            return 0.0, None
        session = self.sessions[layer]
        earlier = self.problem.calendar[before.plan_id, before.session_number]
        days = day - self.axes.day(before.starts_at.date())
        if days < least_days(session.frequency, earlier.frequency):
            return NEVER, None
        if layer == 0 and session.number == earlier.number + 1:
            missed = days_missed(session.frequency, days)
            return (
                self.problem.settings.weights.cadence * missed,
                minute_of(before.starts_at.time()),
            )
        return 0.0, None

    def _add_exits(self, after: Appointment) -> None:
        """Where the leg may end. The time of day of what follows is left to the ledger."""
        following = self.problem.calendar[after.plan_id, after.session_number]
        weight = self.problem.settings.weights.cadence * (following.key in self.problem.settled)
        last_day = self.axes.day(after.starts_at.date())
        self.graph.exits.append((self.first_track, -1, sum(self.unbooked)))
        for layer, tracks in enumerate(self.layers):
            session = self.sessions[layer]
            rest = sum(self.unbooked[layer + 1 :])
            in_a_row = following.number == session.number + 1
            for track, days in tracks.items():
                for day, node in days:
                    if last_day - day >= least_days(session.frequency, following.frequency):
                        missed = days_missed(following.frequency, last_day - day) * in_a_row
                        self.graph.exits.append((track, node, rest + weight * missed))
