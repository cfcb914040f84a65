"""All schedules of one care plan as paths through a graph.

A *node* is a session on a day, with any of the therapists who are there: which of them are looked
at is decided later (``kernels.sets``). It holds one value for each start of that day. A path visits
nodes in order of session; a session that it leaves out is unbooked. *Steps* join nodes of sessions
in a row and carry the cadence; *jumps* pass over unbooked sessions and only keep the spacing. A
plan with few visits left has a *track* for each number of them, so that a path can't use more.

Standing sessions cut a plan into *legs* (``scheduler.legs``), which are built one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scheduler.legs import Leg, LegBuilder
from scheduler.points import extra_therapist
from scheduler.rules.authorisation import visits_left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scheduler.candidates import Axes
    from scheduler.legs import Node
    from scheduler.problem import Problem


@dataclass(slots=True)
class PlanGraph:
    """The graph of one plan; tracks and legs are numbered from 0 within it.

    ``steps`` and ``jumps`` are (from, to, points). ``exits`` are (track, node or -1, points)
    for the legs that a standing session follows: -1 stands for a leg that books nothing.
    ``known`` are the therapists of standing sessions; ``therapist_points`` what a plan pays for
    its first n therapists, known ones included, beyond what it pays anyway.
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
    legs: int = 0
    known: tuple[int, ...] = ()
    therapist_points: tuple[int, ...] = ()


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

    def of_plan(self, plan_id: str, sessions: Sequence[int]) -> PlanGraph:
        """The graph of one plan and its sessions to be booked, in order."""
        graph = PlanGraph(plan_id, tuple(sessions), tuple(self.unbooked[s] for s in sessions))
        self._count_therapists(graph)
        legs = self._legs(plan_id, sessions)
        visits = self._visits(plan_id, sessions, legs)
        for leg in legs:
            LegBuilder(self, graph, leg).build(visits)
            graph.legs += 1
        return graph

    def _count_therapists(self, graph: PlanGraph) -> None:
        standing = self.problem.standing_sessions.get(graph.plan_id, ())
        known = {a.therapist_id for a in standing}
        paid = _standing_points(self.problem, graph.plan_id)
        graph.known = tuple(sorted(self.axes.therapist[therapist] for therapist in known))
        graph.therapist_points = tuple(
            extra_therapist.cost(self.problem, frozenset(map(str, range(count)))) - paid
            for count in range(len(known) + len(graph.sessions) + 3)
        )

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


def _standing_points(problem: Problem, plan_id: str) -> int:
    """What ``extra-therapist`` costs a plan already, before anything is booked."""
    standing = problem.standing_sessions.get(plan_id, ())
    settled = any(
        (plan_id, a.session_number) in problem.settled and a.starts_at.date() in problem.horizon
        for a in standing
    )
    therapists = frozenset(a.therapist_id for a in standing)
    return extra_therapist.cost(problem, therapists) if settled else 0
