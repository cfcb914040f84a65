"""15 for each session with another therapist than the one the client prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.points.ledger import Ledger


def points(ledger: Ledger) -> int:
    """Points of every session in scope that is booked with somebody else."""
    problem = ledger.problem
    others = sum(
        problem.clients[problem.plans[plan_id].client_id].preferred_therapist_id
        not in (None, entry.therapist_id)
        for (plan_id, _), entry in ledger.booked.items()
    )
    return problem.settings.weights.not_preferred * others


def price(activities: Activities) -> IntArray:
    """Points of each slot with somebody else."""
    problem, therapist = activities.problem, activities.axes.therapist
    clients = [problem.clients[problem.plans[s.plan_id].client_id] for s in problem.sessions]
    anyone, elsewhere = -1, -2
    preferred = np.array(
        [
            anyone
            if c.preferred_therapist_id is None
            else therapist.get(c.preferred_therapist_id, elsewhere)
            for c in clients
        ],
        dtype=np.int64,
    )[activities.session[: activities.slots]]
    other = (preferred != anyone) & (preferred != activities.therapist[: activities.slots])
    return np.asarray(problem.settings.weights.not_preferred * other)


NOT_PREFERRED = Part("not-preferred", points, price)
