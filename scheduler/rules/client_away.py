"""Not on a day on which the client is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the client is in town."""
    problem, axes = candidates.problem, candidates.axes
    away = np.zeros((len(axes.client), axes.days), dtype=np.bool_)
    for absence in problem.network.client_away:
        first = max(axes.day(absence.first_day), 0)
        away[axes.client[absence.client_id], first : max(axes.day(absence.last_day) + 1, 0)] = True
    comes = [axes.client[problem.plans[s.plan_id].client_id] for s in candidates.wanted]
    return np.asarray(~away[candidates.of_session(comes), candidates.day])


CLIENT_AWAY = Filter("client-away", allows)
