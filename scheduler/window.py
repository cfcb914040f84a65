"""A window: some days at some locations, cleared to be made anew, with all else left alone.

What may be booked in it becomes columns: each slot that fits beside what stays, alone and
with each companion that may follow it, then the meals and the helpers of its days. They
share the rows of the relaxed matrix, less what stays takes, and what the sessions of one
plan ask of each other. What a slot costs beside the visits that stay is exact; only what two
new sessions of one plan cost together is left to be counted once they are chosen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from scheduler.plan_rules import may_join
from scheduler.rules.authorisation import visits_left
from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scheduler.bookings import Bookings
    from scheduler.candidates import IntArray, Mask
    from scheduler.care_plans import Session
    from scheduler.matrix import FloatArray

ALONE = -1
"""Stands for the companion of a slot that is booked without one."""


@dataclass(frozen=True)
class Window:
    """What may be taken together, and what it saves.

    ``slot`` and ``companion`` (or -1) say what each choice books. The columns of ``rows`` are
    the choices, then ``others``: meals and helpers, by their columns in the matrix. What is
    taken of row ``r`` is at most ``limits[r]``. ``saves`` has the points of each column;
    ``now`` says what was booked before the window was cleared.
    """

    slot: IntArray
    companion: IntArray
    others: IntArray
    saves: FloatArray
    rows: sparse.csr_array
    limits: IntArray
    now: Mask


def open_window(
    bookings: Bookings, slots: IntArray, had: Mapping[int, int], guide: FloatArray, most: int
) -> Window:
    """The window in which ``slots``, in ascending order, may be booked.

    ``had`` are the slots that were booked there, each with its companion or -1. Of every
    session the ``most`` slots stay that are cheapest with ``guide`` on top, one entry a slot.
    """
    slots = slots[bookings.fit(slots)]
    points = _points_beside_what_stays(bookings, slots)
    session = bookings.model.activities.session[slots]
    few = _cheapest_of_each(session, points + guide[slots], most)
    few |= np.isin(slots, list(had))
    few &= np.isfinite(points)
    slots, points = slots[few], points[few]
    owner, companion = _ways(bookings, slots)
    slot = slots[owner]
    alone = companion == ALONE
    saves = -points[owner] - np.where(alone, bookings.model.asks[slot], 0.0)
    others = _others(bookings, slot)
    saved = -_helper_points(bookings, others)
    rows, limits = _rows(bookings, slot, companion, others)
    ways = zip(slot.tolist(), companion.tolist(), strict=True)
    now = np.array([had.get(s) == c for s, c in ways], dtype=np.bool_)
    still = _still(rows, limits, now, others >= bookings.model.relaxed.activities, saved)
    return Window(
        slot,
        companion,
        others,
        np.concatenate([saves, saved]),
        rows,
        limits,
        np.concatenate([now, still]),
    )


def _points_beside_what_stays(bookings: Bookings, slots: IntArray) -> FloatArray:
    """What each slot adds to the points of its plan; endless where a rule keeps it out."""
    model, activities = bookings.model, bookings.model.activities
    group = activities.session[slots] * activities.axes.days + activities.day[slots]
    _, first, member = np.unique(group, return_index=True, return_inverse=True)
    one_a_day = slots[first]  # rules within a plan ask for the day, so one slot stands for all
    plans = model.plan_of_session[activities.session[one_a_day]]
    allowed = np.zeros(len(first), dtype=np.bool_)
    for plan in np.unique(plans).tolist():
        own = np.flatnonzero(plans == plan)
        booked = bookings.of(plan).slots
        allowed[own] = list(may_join(model, plan, booked, one_a_day[own].tolist()))
    return np.where(allowed[member], bookings.added_by(slots), np.inf)


def _cheapest_of_each(session: IntArray, points: FloatArray, most: int) -> Mask:
    """The ``most`` cheapest entries of each session."""
    order = np.lexsort((points, session))
    begins = np.searchsorted(session[order], session[order])
    few = np.zeros(len(session), dtype=np.bool_)
    few[order] = np.arange(len(session)) - begins < most
    return few


def _ways(bookings: Bookings, slots: IntArray) -> tuple[IntArray, IntArray]:
    """Each slot alone and with each companion that fits: its place in ``slots``, the companion.

    ``slots`` in ascending order.
    """
    pairings = bookings.model.pairings
    here = np.isin(pairings.slot, slots)
    slot, companion = pairings.slot[here], pairings.companion[here]
    fits = bookings.fit(companion)
    paired = np.searchsorted(slots, slot[fits])
    alone = np.full(len(slots), ALONE)
    return np.concatenate([np.arange(len(slots)), paired]), np.concatenate([alone, companion[fits]])


def _others(bookings: Bookings, slot: IntArray) -> IntArray:
    """The meals that are still possible on the days of the slots, and the days' helpers."""
    model, activities = bookings.model, bookings.model.activities
    meals = np.flatnonzero(activities.meal >= 0)
    meals = meals[np.isin(activities.day[meals], np.unique(activities.day[slot]))]
    meals = meals[bookings.has_room_in_time(meals)]
    helpers = model.stretches.helpers_of(model.stretches.stretch[slot])
    return np.concatenate([meals, model.relaxed.activities + helpers])


def _helper_points(bookings: Bookings, others: IntArray) -> FloatArray:
    matrix = bookings.model.relaxed
    points = np.zeros(len(others))
    helper = others >= matrix.activities
    points[helper] = matrix.helper_points[others[helper] - matrix.activities]
    return points


def _rows(
    bookings: Bookings, slot: IntArray, companion: IntArray, others: IntArray
) -> tuple[sparse.csr_array, IntArray]:
    """What all columns take of each row, and how much what stays leaves of it."""
    model = bookings.model
    paired = np.flatnonzero(companion != ALONE)
    taken = np.concatenate([slot, companion[paired], others])
    by = np.concatenate([np.arange(len(slot)), paired, len(slot) + np.arange(len(others))])
    columns, at = np.unique(taken, return_inverse=True)
    width = len(slot) + len(others)
    bundle = _ones(at, by, (len(columns), width))
    shared = (model.relaxed.sparse(columns) @ bundle).tocsr()
    touched = np.flatnonzero(np.diff(shared.indptr))
    stays = np.array([c for plan in bookings.plans for c in plan.columns], dtype=np.int64)
    left = (model.relaxed.capacity - model.relaxed.taken(stays))[touched]
    own = list(_own_rows(bookings, slot))
    row = np.repeat(np.arange(len(own)), [len(choices) for choices, _ in own])
    choices = np.array([choice for lot, _ in own for choice in lot], dtype=np.int64)
    return (
        sparse.vstack([shared[touched], _ones(row, choices, (len(own), width))]).tocsr(),
        np.concatenate([left, np.array([most for _, most in own], dtype=np.int64)]),
    )


def _ones(rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    """A matrix of ones at some places."""
    return sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()


def _own_rows(bookings: Bookings, slot: IntArray) -> Iterator[tuple[list[int], int]]:
    """Choices among which a plan may take so many: of each session, of each two, of all."""
    model = bookings.model
    problem, activities = model.problem, model.activities
    of_session: dict[int, list[int]] = defaultdict(list)
    for choice, session in enumerate(activities.session[slot].tolist()):
        of_session[session].append(choice)
    of_plan: dict[int, list[int]] = defaultdict(list)
    for session in sorted(of_session):
        yield of_session[session], 1
        of_plan[int(model.plan_of_session[session])].append(session)
    day = activities.day[slot]
    for plan, sessions in of_plan.items():
        for one, other in combinations(sessions, 2):
            apart = _least_days(problem.sessions[one : other + 1])
            yield from _apart(of_session[one], of_session[other], day, apart)
        left = visits_left(problem, problem.plans[model.plans[plan].graph.plan_id])
        if left is not None and len(sessions) > (left := left - len(bookings.of(plan).slots)):
            yield [choice for session in sessions for choice in of_session[session]], left


def _least_days(sessions: Sequence[Session]) -> int:
    """The fewest days between the first and the last of some sessions, whichever are booked.

    Where a session between has a longer interval than both, their windows keep them apart.
    """
    frequencies = [session.frequency for session in sessions]
    return min(least_days(one, other) for one, other in pairwise(frequencies))


def _apart(
    one: list[int], other: list[int], day: IntArray, apart: int
) -> Iterator[tuple[list[int], int]]:
    """Not the one session from some day on and the next one before it is far enough away."""
    for first in np.unique(day[one]).tolist():
        late = [choice for choice in one if day[choice] >= first]
        early = [choice for choice in other if day[choice] < first + apart]
        if early:
            yield late + early, 1


def _still(
    rows: sparse.csr_array, limits: IntArray, now: Mask, helper: Mask, saved: FloatArray
) -> Mask:
    """Meals and helpers that go with what was booked: the first that fits, where one lacks.

    A helper that saves something goes with it wherever it may; one that costs nothing says that a
    stretch is used, so only slots ask for it.
    """
    choices = len(now)
    begin = rows[:, :choices] @ now.astype(np.float64) - limits
    lacks = begin.copy()
    others = rows[:, choices:].tocsc()
    still = np.zeros(others.shape[1], dtype=np.bool_)
    for column in range(others.shape[1]):
        at = slice(others.indptr[column], others.indptr[column + 1])
        row, weight = others.indices[at], others.data[at]
        asked = begin if helper[column] and saved[column] == 0.0 else lacks
        helps = saved[column] > 0.0 or np.any(asked[row[weight < 0]] > 0)
        free = helper[column] and saved[column] <= 0.0
        if helps and (free or np.all((lacks[row] + weight)[weight > 0] <= 0)):
            still[column] = True
            lacks[row] += weight
    return still
