"""The points of one plan's schedule, counted from its slots: what the ledger says, but at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import minute_of
from scheduler.plan_graph import standing_points
from scheduler.points import extra_therapist
from scheduler.points.cadence import days_missed
from scheduler.points.other_time import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray
    from scheduler.care_plans import Session
    from scheduler.matrix import FloatArray
    from scheduler.model import Model


_NEW, _SETTLED, _OUT_OF_SCOPE = range(3)
"""Whose appointment it is: the schedule's own, or one that stands."""


def _therapists(model: Model, plan: int, slots: Sequence[int]) -> int:
    problem, plan_id = model.problem, model.plans[plan].graph.plan_id
    if not slots:
        return 0
    therapists = problem.network.therapists
    seen = {a.therapist_id for a in problem.standing_sessions.get(plan_id, ())}
    seen.update(therapists[model.activities.therapist[slot]].therapist_id for slot in slots)
    return extra_therapist.cost(problem, frozenset(seen)) - standing_points(problem, plan_id)


@dataclass(frozen=True, slots=True)
class _Visit:
    """A session of the plan that has its place, on a day and at a minute of it."""

    session: Session
    day: int
    clock: int
    state: int


def _visits(model: Model, plan_id: str, slots: Sequence[int]) -> list[_Visit]:
    """What stands of a plan and what is booked in some slots, in order of session."""
    problem, activities, axes = model.problem, model.activities, model.activities.axes
    visits = [
        _Visit(
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
        visits.append(_Visit(session, day, clock, state))
    return sorted(visits, key=lambda visit: (visit.session.number, visit.day))


def added_points(model: Model, plan: int, booked: Sequence[int], slots: IntArray) -> FloatArray:
    """What each of some slots of one session and one day would add to the points of its plan.

    ``booked`` are the slots that the plan has; without companion, and without ``unpaired``.
    """
    activities, weights = model.activities, model.problem.settings.weights
    own, graph = model.problem.sessions[activities.session[slots[0]]], model.plans[plan].graph
    day, clock = int(activities.day[slots[0]]), activities.clock[slots]
    points = (
        model.slot_points[slots]
        - dict(zip(graph.sessions, graph.unbooked, strict=True))[int(activities.session[slots[0]])]
    )
    for visit in _visits(model, graph.plan_id, booked):
        days = abs(visit.day - day)
        counts = visit.session.number < own.number or visit.state != _OUT_OF_SCOPE
        if abs(visit.session.number - own.number) == 1 and counts:
            later = max(own, visit.session, key=lambda session: session.number)
            points += weights.cadence * days_missed(later.frequency, days)
            points += weights.other_time * (np.abs(clock - visit.clock) > TOLERANCE)
    already = _therapists(model, plan, booked)
    for therapist in np.unique(activities.therapist[slots]).tolist():
        here = activities.therapist[slots] == therapist
        points[here] += _therapists(model, plan, [*booked, int(slots[here][0])]) - already
    return np.asarray(points)
