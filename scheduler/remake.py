"""Some days at some locations made anew: a relaxation says what may matter, CP-SAT decides.

Where the relaxation by GLOP takes most in whole, its prices say it; where it is crowded, a dive
does. The schedule gets better or stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from scheduler.bookings import Booked
from scheduler.dive import dive
from scheduler.plan_rules import keeps_rules
from scheduler.relaxation import NOTHING
from scheduler.solvers import best_choice, relax
from scheduler.window import open_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.bookings import Bookings
    from scheduler.candidates import IntArray, Mask
    from scheduler.matrix import FloatArray
    from scheduler.model import Model
    from scheduler.places import Place
    from scheduler.window import Window

MOST_SLOTS = 25
"""Slots of a session that a window looks at."""

IN_QUESTION = 1.0
"""Points by which a choice may look worse than the best in the relaxation and still be kept."""

EFFORT, DIVE_EFFORT = 1.0, 0.3
"""CP-SAT's deterministic time for a window, about seconds on an idle core; and after a dive."""

CROWDED = 1.5
"""Where a relaxation takes so many times more in parts than in whole, a dive finds more."""


def look_into(bookings: Bookings, place: Place) -> Window:
    """What could be booked there if it were cleared; nothing is changed."""
    plans = bookings.plans
    had = _clear(bookings, place)
    window = open_window(bookings, _slots(bookings, place), had, place.guide, MOST_SLOTS)
    _put_back(bookings, plans)
    return window


def leave_alone(bookings: Bookings, place: Place | None) -> None:
    """Bar what would bring something new there, until it is another place or none.

    No slot there is to be had but what is booked, and none elsewhere for a session that is booked
    there. A visit there may still change its companion, or be lost: to others who take the rest of
    its therapist's week, say.
    """
    barred = bookings.bench.barred
    barred[:] = False
    if place is not None:
        session, booked = bookings.model.activities.session, bookings.slots
        here = _is_at(bookings, place)
        barred |= here | np.isin(session[: len(here)], session[booked[here[booked]]])
        barred[booked] = False


def make_anew(bookings: Bookings, place: Place, window: Window, chosen: IntArray) -> None:
    """Book choices of a window there instead, or leave the schedule as it was if that is better.

    What no longer fits, since the schedule changed in between, is left out.
    """
    before, plans = bookings.total, bookings.plans
    _clear(bookings, place)
    _take(bookings, window, chosen)
    _settle(bookings, plans)
    if bookings.total >= before - 1e-9 or not bookings.are_housed:
        _put_back(bookings, plans)


def _put_back(bookings: Bookings, plans: Sequence[Booked]) -> None:
    """Give back what plans had, where they have something else."""
    _replace(
        bookings,
        {plan: booked for plan, booked in enumerate(plans) if bookings.of(plan) != booked},
    )


def _clear(bookings: Bookings, place: Place) -> dict[int, int]:
    """Take what may be made anew out of the schedule: its slots, each with its companion."""
    activities, kept = bookings.model.activities, bookings.model.kept_set
    had: dict[int, int] = {}
    for plan, booked in enumerate(bookings.plans):
        ways = list(zip(booked.slots, booked.companions, strict=True))
        gone = {
            slot: companion
            for slot, companion in ways
            if int(activities.day[slot]) in place.days
            and int(activities.location[slot]) in place.locations
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


def _slots(bookings: Bookings, place: Place) -> IntArray:
    """The slots there of sessions that are not booked elsewhere."""
    session = bookings.model.activities.session[: bookings.model.activities.slots]
    return np.flatnonzero(_is_at(bookings, place) & bookings.missing[session])


def _is_at(bookings: Bookings, place: Place) -> Mask:
    """Which slots are there."""
    activities = bookings.model.activities
    slots = slice(0, activities.slots)
    day = activities.day[slots]
    here = (day >= place.days.start) & (day < place.days.stop)
    return here & np.isin(activities.location[slots], sorted(place.locations))


def decide(model: Model, window: Window, seed: int) -> IntArray:
    """The choices of a window that save most together, as far as is found with some effort.

    No schedule is looked at, only the window, so that steps may go on meanwhile.
    """
    choices = len(window.slot)
    if not choices:
        return np.zeros(0, dtype=np.int64)
    relaxed = relax(window.rows, window.limits, window.saves)
    matters, effort = None, DIVE_EFFORT
    if _is_crowded(relaxed.taken):
        activities, slot = model.activities, window.slot
        matters = dive(
            window, activities.therapist[slot], activities.day[slot], activities.session[slot]
        )
    if matters is None:
        matters = window.saves - window.rows.T @ relaxed.prices >= -IN_QUESTION
        effort = EFFORT
    matters[choices:] = True
    kept = np.flatnonzero(matters | window.now)
    chosen = best_choice(
        window.rows[:, kept].tocsr(),
        window.limits,
        window.saves[kept],
        window.now[kept],
        effort=effort,
        seed=seed,
    )
    return kept[chosen][kept[chosen] < choices]


def _is_crowded(taken: FloatArray) -> bool:
    """Whether a relaxation takes so much in parts that it says little of whole appointments."""
    parts = np.count_nonzero((taken > NOTHING) & (taken < 1.0 - NOTHING))
    return bool(parts > CROWDED * np.count_nonzero(taken >= 1.0 - NOTHING))


def _take(bookings: Bookings, window: Window, chosen: IntArray) -> None:
    """Book the choices beside what their plans have, where they fit."""
    model = bookings.model
    new: dict[int, list[tuple[int, int]]] = defaultdict(list)
    missing = bookings.missing[model.activities.session[window.slot[chosen]]]
    for choice in chosen[missing].tolist():
        slot, companion = int(window.slot[choice]), int(window.companion[choice])
        new[int(model.plan_of_session[model.activities.session[slot]])].append((slot, companion))
    for plan, ways in new.items():
        has = bookings.cancel(plan)
        ways.extend(zip(has.slots, has.companions, strict=True))
        ways.sort()
        together = has
        if keeps_rules(model, plan, [slot for slot, _ in ways]):
            together = _booked(bookings, plan, ways)
        bookings.book(plan, together if bookings.fits(plan, together) else has)


def _settle(bookings: Bookings, before: Sequence[Booked]) -> None:
    """Put each plan that changed on its cheapest path through what is left, if that is better.

    It may take what others gave up in the window, and counts what its new visits cost together.
    """
    for plan, booked in enumerate(before):
        if bookings.of(plan).slots != booked.slots:
            now = bookings.cancel(plan)
            best = bookings.cheapest(plan)
            bookings.book(plan, now if best is None or best.points > now.points - 1e-9 else best)
