"""What it costs to lose a promise that must be kept: more points than any plan can pay besides.

With less, a schedule or a bound could look better for having lost it.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from scheduler.settings import Weights

if TYPE_CHECKING:
    from scheduler.problem import Problem

LEAST = 1e6
"""More than the default weights add up to."""


def points_to_hold(problem: Problem) -> float:
    """More points than all sessions of any one plan together.

    A session pays each weight once at most, but for ``cadence``: that is paid for each day off, and
    no session is off by more days than there are from the first that stands to the horizon's end.
    """
    sizes: dict[str, int] = {}
    for session in problem.sessions:
        sizes[session.plan_id] = sizes.get(session.plan_id, 0) + 1
    stood = [a.starts_at.date() for lot in problem.standing_sessions.values() for a in lot]
    days = (problem.horizon.end - min([problem.horizon.start, *stood])).days
    weights = problem.settings.weights
    once = sum(int(getattr(weights, field.name)) for field in fields(Weights))
    each = 2 * (once + days * weights.cadence)  # a pair with what stands after it pays as well
    return max(LEAST, 1.0 + max(sizes.values(), default=0) * each)
