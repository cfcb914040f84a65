"""All schedules of one care plan as paths through a graph.

A *node* is a session on a day, with therapists of one *walk* (a single therapist, or any of
them); it holds one value for each start of that day. A path visits nodes in order of session;
a session that it leaves out is unbooked. *Steps* join nodes of sessions in a row and carry the
cadence; *jumps* pass over unbooked sessions and only keep the spacing. A plan with few visits
left has a *track* for each number of them, so that a path can't use more.

Standing sessions cut a plan into *legs*: what comes before a leg says where it may begin,
what comes after says where it must be over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.candidates import minute_of
from scheduler.points import extra_therapist
from scheduler.points.cadence import days_missed
from scheduler.rules.authorisation import visits_left
from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scheduler.candidates import Axes
    from scheduler.care_plans import Session
    from scheduler.facts import Appointment
    from scheduler.problem import Problem

NEVER = 1e9
"""A value that no path reaches: what it holds can't be had."""


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


@dataclass(slots=True)
class PlanGraph:
    """The graph of one plan; tracks, legs and walks are numbered from 0 within it.

    ``steps`` and ``jumps`` are (from, to, points). ``exits`` are (track, node or -1, points)
    for the legs that a standing session follows: -1 stands for a leg that books nothing.
    """

    plan_id: str
    sessions: tuple[int, ...]
    unbooked: tuple[float, ...]
    nodes: list[Node] = field(default_factory=list)
    steps: list[tuple[int, int, float]] = field(default_factory=list)
    jumps: list[tuple[int, int, float]] = field(default_factory=list)
    exits: list[tuple[int, int, float]] = field(default_factory=list)
    track_leg: list[int] = field(default_factory=list)
    track_before: list[int] = field(default_factory=list)
    track_unbooked: list[tuple[float, ...]] = field(default_factory=list)
    leg_walk: list[int] = field(default_factory=list)
    walk_points: list[int] = field(default_factory=list)
    walk_therapists: list[tuple[int, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Leg:
    """Sessions to be booked between two standing ones."""

    sessions: tuple[int, ...]
    before: Appointment | None
    after: Appointment | None


class PlanGraphs:
    """Builds the graphs of a problem's plans.

    ``unbooked`` holds the points of each session when it is not booked. ``openings`` gives,
    by session, therapist and day, the row of starts that the therapist has for it that day.
    """

    def __init__(
        self,
        axes: Axes,
        unbooked: Sequence[float],
        openings: Mapping[int, Mapping[int, Mapping[int, int]]],
    ) -> None:
        self.axes = axes
        self.problem: Problem = axes.problem
        self.unbooked = unbooked
        self.openings = openings

    def of_plan(self, plan_id: str, sessions: Sequence[int], most: int = 1) -> PlanGraph:
        """The graph of one plan and its sessions to be booked, in order.

        Every set of up to ``most`` therapists has a walk of its own.
        """
        graph = PlanGraph(plan_id, tuple(sessions), tuple(self.unbooked[s] for s in sessions))
        legs = self._legs(plan_id, sessions)
        visits = self._visits(plan_id, sessions, legs)
        for therapists, points in self._walks(plan_id, sessions, most):
            graph.walk_therapists.append(therapists)
            graph.walk_points.append(points)
            for leg in legs:
                graph.leg_walk.append(len(graph.walk_points) - 1)
                _LegBuilder(self, graph, leg, therapists).build(visits)
        return graph

    def _walks(
        self, plan_id: str, sessions: Sequence[int], most: int
    ) -> list[tuple[tuple[int, ...], int]]:
        """Sets of therapists, each with what ``extra-therapist`` asks of it beyond what is paid.

        The last walk has everybody and pays for one therapist more than the sets before it:
        less than is due where a path ends with even more, so that a bound stays a bound.
        """
        problem, axes = self.problem, self.axes
        standing = problem.standing_sessions.get(plan_id, ())
        known = frozenset(a.therapist_id for a in standing)
        offered = sorted({t for session in sessions for t in self.openings.get(session, {})})
        ids = {axes.therapist[t.therapist_id]: t.therapist_id for t in problem.network.therapists}
        paid = standing_points(problem, plan_id)
        walks = [
            (lot, extra_therapist.cost(problem, known | {ids[t] for t in lot}) - paid)
            for size in range(1, most + 1)
            for lot in combinations(offered, size)
        ]
        if len(offered) > most:
            least = max(len(known), most + 1) - 1
            walks.append((tuple(offered), problem.settings.weights.extra_therapist * least - paid))
        return walks

    def _visits(self, plan_id: str, sessions: Sequence[int], legs: Sequence[Leg]) -> int | None:
        """How many sessions a leg may book; None where that is no limit.

        With several legs the visits are left uncounted here, which only makes the bound more
        careful; what is booked is counted when it is booked.
        """
        left = visits_left(self.problem, self.problem.plans[plan_id])
        return None if left is None or left >= len(sessions) or len(legs) > 1 else left

    def _legs(self, plan_id: str, sessions: Sequence[int]) -> list[Leg]:
        standing = self.problem.standing_sessions.get(plan_id, ())
        legs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for session in sessions:
            number = self.problem.sessions[session].number
            before = sum(a.session_number < number for a in standing)
            legs[before, len(standing)].append(session)
        return [
            Leg(
                tuple(lot),
                standing[before - 1] if before else None,
                standing[before] if before < total else None,
            )
            for (before, total), lot in legs.items()
        ]


def standing_points(problem: Problem, plan_id: str) -> int:
    """What ``extra-therapist`` costs a plan already, before anything is booked."""
    standing = problem.standing_sessions.get(plan_id, ())
    settled = any(
        (plan_id, a.session_number) in problem.settled and a.starts_at.date() in problem.horizon
        for a in standing
    )
    therapists = frozenset(a.therapist_id for a in standing)
    return extra_therapist.cost(problem, therapists) if settled else 0


class _LegBuilder:
    """Adds one leg of one walk to a plan's graph, layer by layer."""

    def __init__(
        self, builder: PlanGraphs, graph: PlanGraph, leg: Leg, therapists: tuple[int, ...]
    ) -> None:
        self.problem, self.axes = builder.problem, builder.axes
        self.openings, self.graph, self.leg, self.therapists = (
            builder.openings,
            graph,
            leg,
            therapists,
        )
        self.sessions: list[Session] = [self.problem.sessions[s] for s in leg.sessions]
        self.unbooked = [builder.unbooked[s] for s in leg.sessions]
        self.layers: list[dict[int, list[tuple[int, int]]]] = []
        self.first_track = len(graph.track_leg)

    def build(self, visits: int | None) -> None:
        """Tracks, then the nodes of each session with their steps and jumps, then the exits."""
        tracks = self._add_tracks(visits)
        for layer in range(len(self.sessions)):
            self.layers.append(defaultdict(list))
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
            self.graph.track_leg.append(len(self.graph.leg_walk) - 1)
            self.graph.track_before.append(first + number - 1 if number else -1)
            self.graph.track_unbooked.append(tuple(self.unbooked))
        if visits is None:
            return [(first, first)]
        return [(first + number, first + number - 1) for number in range(1, count)]

    def _days(self, layer: int) -> list[tuple[int, tuple[int, ...]]]:
        offers = self.openings.get(self.leg.sessions[layer], {})
        days: dict[int, list[int]] = defaultdict(list)
        for therapist in self.therapists:
            for day, row in offers.get(therapist, {}).items():
                days[day].append(row)
        return [(day, tuple(rows)) for day, rows in sorted(days.items())]

    def _add_node(
        self, layer: int, track: int, before: int, day: int, rows: tuple[int, ...]
    ) -> None:
        node = len(self.graph.nodes)
        far = self._far(layer)
        begin, clock = self._begin(layer, day)
        self.graph.nodes.append(
            Node(layer, track, self.leg.sessions[layer], rows, begin, clock, far)
        )
        self.layers[layer][track].append((day, node))
        for earlier in range(far + 1, layer):
            for earlier_day, source in self.layers[earlier].get(before, ()):
                self._join(earlier, earlier_day, source, layer, day, node)

    def _join(
        self, earlier: int, earlier_day: int, source: int, layer: int, day: int, node: int
    ) -> None:
        one, other = self.sessions[earlier], self.sessions[layer]
        if day - earlier_day < least_days(one.frequency, other.frequency):
            return
        if other.number == one.number + 1:
            missed = days_missed(other.frequency, day - earlier_day)
            points = self.problem.settings.weights.cadence * missed
            self.graph.steps.append((source, node, points))
        else:
            self.graph.jumps.append((source, node, sum(self.unbooked[earlier + 1 : layer])))

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
