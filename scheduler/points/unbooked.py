"""1000 for each routine session in scope that is not booked, 3000 for each urgent one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.facts import Priority
from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.care_plans import Session
    from scheduler.points.ledger import Ledger
    from scheduler.problem import Problem


def cost(problem: Problem, session: Session) -> int:
    """Points for leaving a session unbooked, whatever the reason."""
    weights = problem.settings.weights
    urgent = problem.plans[session.plan_id].priority is Priority.URGENT
    return weights.unbooked_urgent if urgent else weights.unbooked


def stake(problem: Problem) -> int:
    """What this part would cost if nothing at all were booked."""
    return sum(cost(problem, session) for session in problem.in_scope)


def points(ledger: Ledger) -> int:
    """Points of every session in scope that the schedule leaves out."""
    return sum(cost(ledger.problem, session) for session in ledger.unbooked)


UNBOOKED = Part("unbooked", points)
