"""Which held promises can be kept: pinned or frozen, possible, and compatible with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.meals import Meals
from scheduler.points.ledger import Entry, standing_entries
from scheduler.rules import WITHIN_PLAN

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.matrix import Matrix


def find_kept(activities: Activities, matrix: Matrix, hard_rows: int) -> IntArray:
    """The slots of the held promises that are kept, first come first served.

    The filters leave a held promise its own slot only, or none where a rule forbids it; what
    is left to find out is whether all of them fit together, and beside what stands.
    """
    problem = activities.problem
    held = [
        index
        for index, session in enumerate(problem.sessions)
        if session.key in problem.promises and problem.is_held(problem.promises[session.key])
    ]
    first = np.searchsorted(activities.session[: activities.slots], held)
    left, meals, kept = matrix.capacity[:hard_rows].copy(), Meals(activities), []
    entries = dict(standing_entries(problem))
    for index, slot in zip(held, first.tolist(), strict=True):
        if slot == activities.slots or activities.session[slot] != index:
            continue
        promise = problem.promises[problem.sessions[index].key]
        entry = Entry(
            problem.sessions[index],
            promise.therapist_id,
            problem.location_of_room[promise.room_id],
            promise.starts_at,
            counts=True,
        )
        others = sorted(
            (e for e in entries.values() if e.session.plan_id == entry.session.plan_id),
            key=lambda e: e.session.number,
        )
        taken = matrix.taken(np.array([slot]))[:hard_rows]
        if (
            (taken <= left).all()
            and meals.allow(np.array([slot]))[0]
            and not any(rule.hindered_by(problem, entry, others) for rule in WITHIN_PLAN)
        ):
            left -= taken
            meals.take(slot)
            entries[entry.session.key] = entry
            kept.append(slot)
    return np.array(kept, dtype=np.int64)
