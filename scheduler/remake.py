"""Some days at some locations made anew: GLOP says what may matter, CP-SAT decides.

The schedule gets better or stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from scheduler.bookings import Booked
from scheduler.solvers import best_choice, prices_of
from scheduler.window import open_window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scheduler.bookings import Bookings
    from scheduler.candidates import IntArray
    from scheduler.matrix import FloatArray
    from scheduler.window import Window

MOST_SLOTS = 25
"""Slots of a session that a window looks at."""

IN_QUESTION = 1.0
"""Points by which a choice may look worse than the best in the relaxation and still be kept."""

EFFORT = 1.0
"""CP-SAT's deterministic time for a window, about seconds on an idle core."""


def remake(
    bookings: Bookings, days: range, locations: AbstractSet[int], guide: FloatArray, seed: int
) -> bool:
    """Make some days at some locations anew; whether the schedule got better.

    ``guide``, an entry a slot, is put on top of the points when a few slots of each session
    are picked to be looked at.
    """
    before, plans = bookings.total, bookings.plans
    had = _clear(bookings, days, locations)
    window = open_window(bookings, _slots(bookings, days, locations), had, guide, MOST_SLOTS)
    _take(bookings, window, _decide(window, seed))
    _settle(bookings, plans)
    if bookings.total < before - 1e-9 and bookings.rooms.enough():
        return True
    _replace(
        bookings,
        {plan: booked for plan, booked in enumerate(plans) if bookings.of(plan) != booked},
    )
    return False


def _clear(bookings: Bookings, days: range, locations: AbstractSet[int]) -> dict[int, int]:
    """Take what may be made anew out of the schedule: its slots, each with its companion."""
    activities, kept = bookings.model.activities, bookings.model.kept_set
    had: dict[int, int] = {}
    for plan, booked in enumerate(bookings.plans):
        ways = list(zip(booked.slots, booked.companions, strict=True))
        gone = {
            slot: companion
            for slot, companion in ways
            if int(activities.day[slot]) in days
            and int(activities.location[slot]) in locations
            and slot not in kept
        }
        if gone:
            stays = [way for way in ways if way[0] not in gone]
            _replace(bookings, {plan: _booked(bookings, plan, stays)})
            had.update(gone)
    return had


def _booked(bookings: Bookings, plan: int, ways: Sequence[tuple[int, int]]) -> Booked:
    """Slots with their companions as what a plan has."""
    slots, companions = tuple(slot for slot, _ in ways), tuple(c for _, c in ways)
    return Booked(slots, companions, bookings.points_of(plan, slots, companions))


def _replace(bookings: Bookings, plans: dict[int, Booked]) -> None:
    """Give plans something else: all give back first, so that they can change places."""
    for plan in plans:
        bookings.cancel(plan)
    for plan, booked in plans.items():
        bookings.book(plan, booked)


def _slots(bookings: Bookings, days: range, locations: AbstractSet[int]) -> IntArray:
    """The slots there of sessions that are not booked elsewhere."""
    activities = bookings.model.activities
    slots = slice(0, activities.slots)
    here = (activities.day[slots] >= days.start) & (activities.day[slots] < days.stop)
    here &= np.isin(activities.location[slots], sorted(locations))
    return np.flatnonzero(here & bookings.missing[activities.session[slots]])


def _decide(window: Window, seed: int) -> IntArray:
    """The choices that save most together."""
    choices = len(window.slot)
    if not choices:
        return np.zeros(0, dtype=np.int64)
    prices = prices_of(window.rows, window.limits, window.saves)
    matters = window.saves - window.rows.T @ prices >= -IN_QUESTION
    matters[choices:] = True
    kept = np.flatnonzero(matters | window.now)
    chosen = best_choice(
        window.rows[:, kept].tocsr(),
        window.limits,
        window.saves[kept],
        window.now[kept],
        effort=EFFORT,
        seed=seed,
    )
    return kept[chosen][kept[chosen] < choices]


def _take(bookings: Bookings, window: Window, chosen: IntArray) -> None:
    """Book the choices beside what their plans have."""
    model = bookings.model
    new: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for choice in chosen.tolist():
        slot, companion = int(window.slot[choice]), int(window.companion[choice])
        new[int(model.plan_of_session[model.activities.session[slot]])].append((slot, companion))
    together = {}
    for plan, ways in new.items():
        has = bookings.of(plan)
        ways.extend(zip(has.slots, has.companions, strict=True))
        together[plan] = _booked(bookings, plan, sorted(ways))
    _replace(bookings, together)


def _settle(bookings: Bookings, before: Sequence[Booked]) -> None:
    """Put each plan that changed on its cheapest path through what is left, if that is better.

    It may take what others gave up in the window, and counts what its new visits cost together.
    """
    for plan, booked in enumerate(before):
        if bookings.of(plan).slots != booked.slots:
            now = bookings.cancel(plan)
            best = bookings.cheapest(plan)
            bookings.book(plan, now if best is None or best.points > now.points - 1e-9 else best)
