"""500 more for each unbooked session that had a promised appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.care_plans import Session
    from scheduler.points.ledger import Ledger
    from scheduler.problem import Problem


def cost(problem: Problem, session: Session) -> int:
    """Points for losing the session's promise, 0 where there was none."""
    return problem.settings.weights.promise_lost if session.key in problem.promises else 0


def points(ledger: Ledger) -> int:
    """Points of every promise whose session is not booked."""
    return sum(cost(ledger.problem, session) for session in ledger.unbooked)


PROMISE_LOST = Part("promise-lost", points)
