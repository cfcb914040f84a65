"""``extra-therapist``: each different therapist of a plan beyond the first.

Counted over the plan's completed, no-show and booked sessions, for plans with a session in
scope booked on a day of the horizon.
"""

from __future__ import annotations

from verifier.view import View


def points(view: View) -> int:
    """Points of all plans whose client sees more than one therapist."""
    planning = view.planning
    plan_ids = {
        each.plan.plan_id
        for each in view.booked
        if planning is not None and planning.in_horizon(each.day)
    }
    extra = 0
    for plan_id in plan_ids:
        held = view.schedule.held[plan_id].values()
        extra += len({each.therapist.therapist_id for each in held}) - 1
    return extra * view.weights["extra-therapist"]
