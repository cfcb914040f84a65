"""Prices for a proof to begin with: what therapists' minutes are worth if the hour is no matter.

Most of what is scarce are the minutes that therapists may work in a day and in a week. Without
the hours, all starts of a session with one therapist on one day at one location are alike, so
what is left is a small linear program, solved whole in less time than a few rounds of a proof.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from scheduler.rules import SHARED
from scheduler.solvers import relax

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray
    from scheduler.model import Model

_IN_MINUTES = frozenset(rule.name for rule in SHARED if rule.relaxed is not None)
"""The limits that count minutes, which are the same whenever an appointment starts."""


def first_prices(model: Model, seconds: float = math.inf) -> FloatArray:
    """A price for each row of the relaxed matrix; 0 for those that depend on the hour.

    All are 0 where none are found in so many seconds.
    """
    matrix, activities = model.relaxed, model.activities
    prices = np.zeros(matrix.rows)
    slots = _cheapest_of_each_day(model)
    if not len(slots):
        return prices
    sizes = [len(limit.capacity) for limit in matrix.limits]
    counted = np.repeat([limit.name in _IN_MINUTES for limit in matrix.limits], sizes)
    session = activities.session[slots]
    once = sparse.coo_array((np.ones(len(slots)), (session, np.arange(len(slots)))))
    unbooked = np.zeros(len(model.problem.sessions))
    for plan in model.plans:
        unbooked[list(plan.graph.sessions)] = plan.graph.unbooked
    found = relax(
        sparse.vstack([matrix.sparse(slots).tocsr()[counted], once.tocsr()]).tocsr(),
        np.concatenate([matrix.capacity[counted], np.ones(once.shape[0], dtype=np.int64)]),
        unbooked[session] - model.slot_points[slots],
        seconds,
    ).prices
    prices[counted] = np.maximum(found[: np.count_nonzero(counted)], 0.0)
    return prices


def _cheapest_of_each_day(model: Model) -> IntArray:
    """One slot for each session, therapist, day and location: the one with the fewest points."""
    activities, axes = model.activities, model.activities.axes
    slots = slice(0, activities.slots)
    place = activities.therapist[slots] * len(axes.location) + activities.location[slots]
    key = (activities.session[slots] * axes.days + activities.day[slots]) * (
        len(axes.therapist) * len(axes.location)
    ) + place
    order = np.lexsort((model.slot_points, key))
    return order[np.flatnonzero(np.diff(key[order], prepend=-1))]
