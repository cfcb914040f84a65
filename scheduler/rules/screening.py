"""A plan with a contraindication on record is booked only once a practitioner has cleared it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask
    from scheduler.facts import CarePlan


def may_be_booked(plan: CarePlan) -> bool:
    """Whether the plan has passed screening: nothing on record, or cleared."""
    return not plan.contraindications or plan.cleared_on is not None


def allows(candidates: Candidates) -> Mask:
    """Whether the candidate's plan has passed screening."""
    plans = candidates.problem.plans
    cleared = [may_be_booked(plans[session.plan_id]) for session in candidates.wanted]
    return np.array(cleared, dtype=np.bool_)[candidates.session]


SCREENING = Filter("screening", allows)
