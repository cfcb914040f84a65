"""Which held promises can be kept: pinned or frozen, possible, and compatible with each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from scheduler.meals import Meals
from scheduler.points import unbooked
from scheduler.points.ledger import Entry, standing_entries
from scheduler.rooms import TightRooms
from scheduler.rules import WITHIN_PLAN
from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.care_plans import Session
    from scheduler.matrix import Matrix
    from scheduler.outcome import SessionKey
    from scheduler.problem import Problem
    from scheduler.rules.companion import Pairings


def find_kept(
    activities: Activities, matrix: Matrix, hard_rows: int, pairings: Pairings
) -> IntArray:
    """The columns of the held promises that are kept: the dearest first, then the most agreeable.

    The filters leave a held promise its own slot only, or none where a rule forbids it; what
    is left to find out is whether all of them fit together, and beside what stands.
    """
    problem = activities.problem
    held = [i for i, session in enumerate(problem.sessions) if problem.is_held(session)]
    if not held:
        return np.zeros(0, dtype=np.int64)
    left, kept = matrix.capacity[:hard_rows].copy(), []
    meals, rooms = Meals(activities), TightRooms(activities)
    entries = dict(standing_entries(problem))
    for index, slot in _in_order(activities, matrix, held, left):
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
        if (
            not any(rule.hindered_by(problem, entry, others) for rule in WITHIN_PLAN)
            and _fits(matrix, left, meals, slot)
            and rooms.take(slot)
        ):
            left -= matrix.taken(np.array([slot]))[:hard_rows]
            meals.take(slot)
            entries[entry.session.key] = entry
            kept.append(slot)
            companion = _held_companion(activities, pairings, slot)
            if (
                companion is not None
                and _fits(matrix, left, meals, companion)
                and rooms.take(companion)
            ):
                left -= matrix.taken(np.array([companion]))[:hard_rows]
                meals.take(companion)
                kept.append(companion)
    return np.array(sorted(kept), dtype=np.int64)


def held_contradict(activities: Activities, kept: IntArray) -> bool:
    """Whether not all held promises are ``kept`` that could be alone: others could keep others."""
    problem = activities.problem
    own = np.array([problem.is_held(s) for s in problem.sessions], dtype=np.bool_)
    companion = np.array([problem.is_companion_held(s) for s in problem.sessions], dtype=np.bool_)
    session = activities.session[: activities.appointments]
    held = np.where(np.arange(len(session)) < activities.slots, own[session], companion[session])
    columns = np.flatnonzero(held)
    return len(columns) > 1 and len(np.setdiff1d(columns, kept)) > 0


def _fits(matrix: Matrix, left: IntArray, meals: Meals, column: int) -> bool:
    taken = matrix.taken(np.array([column]))[: len(left)]
    return bool((taken <= left).all() and meals.allow(np.array([column]))[0])


def _held_companion(activities: Activities, pairings: Pairings, slot: int) -> int | None:
    """The column of the slot's held companion, where it may follow the slot."""
    session = activities.problem.sessions[activities.session[slot]]
    if not activities.problem.is_companion_held(session):
        return None
    following = pairings.companion[pairings.slot == slot]
    return int(following[0]) if len(following) else None


def _in_order(
    activities: Activities, matrix: Matrix, held: Sequence[int], left: IntArray
) -> list[tuple[int, int]]:
    """The held sessions that have a slot, with it: those that cost more if lost come first.

    Of equals, those come first that want less of what all of them together want too much of.
    """
    problem = activities.problem
    first = np.searchsorted(activities.session[: activities.slots], held)
    slots = [
        (index, slot)
        for index, slot in zip(held, first.tolist(), strict=True)
        if slot < activities.slots and activities.session[slot] == index
    ]
    wanted = matrix.taken(np.array([slot for _, slot in slots], dtype=np.int64))[: len(left)]
    over = (wanted > left).astype(np.int64)
    rivals = _too_close(problem, [problem.sessions[index] for index, _ in slots])

    def rank(pair: tuple[int, int]) -> tuple[int, int]:
        session = problem.sessions[pair[0]]
        contested = int((matrix.taken(np.array([pair[1]]))[: len(left)] > 0) @ over)
        return -unbooked.cost(problem, session), contested + rivals[session.key]

    return sorted(slots, key=rank)


def _too_close(problem: Problem, sessions: Sequence[Session]) -> Counter[SessionKey]:
    """With how many others of its plan each held promise can't stand together."""
    rivals: Counter[SessionKey] = Counter()
    for one, other in combinations(sessions, 2):
        if one.plan_id == other.plan_id:
            days = (
                problem.promises[other.key].starts_at.date()
                - problem.promises[one.key].starts_at.date()
            )
            if days.days < least_days(one.frequency, other.frequency):
                rivals.update((one.key, other.key))
    return rivals
