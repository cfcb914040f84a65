"""150 for each booked session without the companion that its plan asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.care_plans import Session
    from scheduler.points.ledger import Ledger
    from scheduler.problem import Problem


def asks_for_companion(problem: Problem, session: Session) -> bool:
    """Whether the plan wants a companion service after this session."""
    companion = problem.plans[session.plan_id].companion_service_id
    return companion is not None and companion != session.service_id


def points(ledger: Ledger) -> int:
    """Points of every session in scope that is booked alone and should not be."""
    problem = ledger.problem
    alone = sum(
        asks_for_companion(problem, entry.session) and not entry.paired
        for entry in ledger.booked.values()
    )
    return problem.settings.weights.unpaired * alone


UNPAIRED = Part("unpaired", points)
