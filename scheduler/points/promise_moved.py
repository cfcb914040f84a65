"""200 for each promised appointment whose start, therapist or location changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.facts import Appointment
    from scheduler.points.ledger import Entry, Ledger
    from scheduler.problem import Problem


def points(ledger: Ledger) -> int:
    """Points of every promise that the schedule moves."""
    problem = ledger.problem
    moved = sum(
        is_moved(problem, promise, ledger.booked[key])
        for key, promise in problem.promises.items()
        if key in ledger.booked
    )
    return problem.settings.weights.promise_moved * moved


def is_moved(problem: Problem, promise: Appointment, entry: Entry) -> bool:
    """Whether start, therapist or location differ; the room may."""
    return (entry.starts_at, entry.therapist_id, entry.location_id) != (
        promise.starts_at,
        promise.therapist_id,
        problem.location_of_room[promise.room_id],
    )


def price(activities: Activities) -> IntArray:
    """Points of each slot of a promised session but the promised one."""
    problem = activities.problem
    promised = np.array([s.key in problem.promises for s in problem.sessions], dtype=np.bool_)
    slots = activities.slots
    moves = promised[activities.session[:slots]] & ~activities.keeps_promise[:slots]
    return np.asarray(problem.settings.weights.promise_moved * moves)


PROMISE_MOVED = Part("promise-moved", points, price)
