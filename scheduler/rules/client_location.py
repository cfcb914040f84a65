"""At a location that the client accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the client comes to the location: the home location or one of the others."""
    problem, axes = candidates.problem, candidates.axes
    accepted = np.zeros((len(axes.client), len(axes.location)), dtype=np.bool_)
    for client in problem.network.clients:
        for location_id in (client.home_location_id, *client.other_location_ids):
            accepted[axes.client[client.client_id], axes.location[location_id]] = True
    comes = [axes.client[problem.plans[s.plan_id].client_id] for s in candidates.wanted]
    return np.asarray(accepted[candidates.of_session(comes), candidates.location])


CLIENT_LOCATION = Filter("client-location", allows)
