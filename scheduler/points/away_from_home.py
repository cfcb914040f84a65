"""20 for each session away from the client's home location."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.points.ledger import Ledger


def points(ledger: Ledger) -> int:
    """Points of every session in scope that is booked at another location."""
    problem = ledger.problem
    away = sum(
        entry.location_id != problem.clients[problem.plans[plan_id].client_id].home_location_id
        for (plan_id, _), entry in ledger.booked.items()
    )
    return problem.settings.weights.away_from_home * away


def price(activities: Activities) -> IntArray:
    """Points of each slot at another location."""
    problem, location = activities.problem, activities.axes.location
    clients = [problem.clients[problem.plans[s.plan_id].client_id] for s in problem.sessions]
    home = np.array([location[c.home_location_id] for c in clients], dtype=np.int64)
    slots = activities.slots
    away = home[activities.session[:slots]] != activities.location[:slots]
    return np.asarray(problem.settings.weights.away_from_home * away)


AWAY_FROM_HOME = Part("away-from-home", points, price)
