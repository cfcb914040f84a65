"""60 for each different therapist of a plan beyond the first.

Counted over the plan's completed, no-show and booked sessions, for plans with a session
booked in the horizon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.points.ledger import Ledger
    from scheduler.problem import Problem


def cost(problem: Problem, therapists: frozenset[str]) -> int:
    """Points of a plan with these therapists."""
    return problem.settings.weights.extra_therapist * max(len(therapists) - 1, 0)


def points(ledger: Ledger) -> int:
    """Points of every plan with a session in scope that is booked on a day of the horizon."""
    horizon = ledger.problem.horizon
    return sum(
        cost(ledger.problem, frozenset(entry.therapist_id for entry in entries))
        for entries in ledger.plans.values()
        if any(entry.counts and entry.starts_at.date() in horizon for entry in entries)
    )


EXTRA_THERAPIST = Part("extra-therapist", points)
