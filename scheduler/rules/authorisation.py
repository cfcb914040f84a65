"""Completed and booked sessions stay within the authorised visits, none after the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.facts import AppointmentStatus
from scheduler.rules.kinds import Filter, WithinPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import Candidates, Mask
    from scheduler.facts import CarePlan
    from scheduler.points.ledger import Entry
    from scheduler.problem import Problem

_USED_BY = (AppointmentStatus.COMPLETED, AppointmentStatus.BOOKED)
"""A no-show uses up no visit."""


def visits_left(problem: Problem, plan: CarePlan) -> int | None:
    """How many more sessions may be booked; None where the visits aren't limited."""
    if plan.authorised_visits is None:
        return None
    standing = problem.standing_sessions.get(plan.plan_id, ())
    used = {a.session_number for a in standing if a.status in _USED_BY}
    return max(plan.authorised_visits - len(used), 0)


def allows(candidates: Candidates) -> Mask:
    """Whether the day is not after the last authorised one, and any visit is left at all."""
    axes, plans, problem = candidates.axes, candidates.problem.plans, candidates.problem
    last = candidates.of_session(
        [
            axes.days if (until := plans[s.plan_id].authorised_until) is None else axes.day(until)
            for s in candidates.wanted
        ]
    )
    left = [visits_left(problem, plans[s.plan_id]) != 0 for s in candidates.wanted]
    return np.asarray((candidates.day <= last) & (candidates.of_session(left) != 0))


def use_up_visits(problem: Problem, entry: Entry, others: Sequence[Entry]) -> list[Entry]:
    """The booked sessions that leave no visit for a new entry."""
    plan = problem.plans[entry.session.plan_id]
    left = visits_left(problem, plan)
    booked = [other for other in others if other.counts and other.session.key != entry.session.key]
    return booked if left is not None and len(booked) >= left else []


AUTHORISED = Filter("authorisation", allows)
AUTHORISATION = WithinPlan("authorisation", use_up_visits)
