"""The points of one plan's schedule, counted from its slots: what the ledger says, but at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.candidates import minute_of
from scheduler.plan_graph import standing_points
from scheduler.points import extra_therapist
from scheduler.points.cadence import days_missed
from scheduler.points.other_time import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.model import Model


_NEW, _SETTLED, _OUT_OF_SCOPE = range(3)
"""Whose appointment it is: the schedule's own, or one that stands."""


def own_points(model: Model, plan: int, slots: Sequence[int], companions: Sequence[int]) -> float:
    """Points of all parts but ``change-of-clinic``, beyond what settled sessions cost anyway.

    ``slots`` in order of session; ``companions`` has the companion of each, or -1.
    """
    graph = model.plans[plan].graph
    session_of = model.activities.session
    booked = {int(session_of[slot]) for slot in slots}
    points = sum(
        cost
        for session, cost in zip(graph.sessions, graph.unbooked, strict=True)
        if session not in booked
    )
    for slot, companion in zip(slots, companions, strict=True):
        points += model.slot_points[slot]
        if companion < 0:
            points += model.asks[slot]
    return float(
        points + _pair_points(model, graph.plan_id, slots) + _therapists(model, plan, slots)
    )


def _therapists(model: Model, plan: int, slots: Sequence[int]) -> int:
    problem, plan_id = model.problem, model.plans[plan].graph.plan_id
    if not slots:
        return 0
    therapists = problem.network.therapists
    seen = {a.therapist_id for a in problem.standing_sessions.get(plan_id, ())}
    seen.update(therapists[model.activities.therapist[slot]].therapist_id for slot in slots)
    return extra_therapist.cost(problem, frozenset(seen)) - standing_points(problem, plan_id)


def _pair_points(model: Model, plan_id: str, slots: Sequence[int]) -> int:
    """``cadence`` and ``other-time`` of every pair that a booked slot is part of."""
    problem, activities, axes = model.problem, model.activities, model.activities.axes
    weights = problem.settings.weights
    visits = [
        (
            problem.sessions[activities.session[slot]],
            int(activities.day[slot]),
            int(activities.clock[slot]),
            _NEW,
        )
        for slot in slots
    ]
    for a in problem.standing_sessions.get(plan_id, ()):
        session = problem.calendar[plan_id, a.session_number]
        day, clock = axes.day(a.starts_at.date()), minute_of(a.starts_at.time())
        state = _SETTLED if session.key in problem.settled else _OUT_OF_SCOPE
        visits.append((session, day, clock, state))
    visits.sort(key=lambda visit: (visit[0].number, visit[1]))
    points = 0
    for earlier, later in pairwise(visits):
        new, counts = _NEW in (earlier[3], later[3]), later[3] != _OUT_OF_SCOPE
        if new and counts and later[0].number == earlier[0].number + 1:
            points += weights.cadence * days_missed(later[0].frequency, later[1] - earlier[1])
            points += weights.other_time * (abs(later[2] - earlier[2]) > TOLERANCE)
    return points
