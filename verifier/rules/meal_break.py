"""``meal-break``: on a day whose shifts span six hours the therapist gets a meal.

Thirty minutes in one piece, free of appointment, changeover and travel, between two and
six hours after the first shift's start. Time off and gaps between shifts are free time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from verifier.appointments import Appointment
from verifier.facts import Therapist
from verifier.findings import Breach
from verifier.view import View
from verifier.words import clock, day

SPAN = 360
EARLIEST = 120
LATEST = 360
MEAL = 30
MIDNIGHT = 24 * 60


def check(view: View) -> Iterator[Breach]:
    """Every therapist and day with a judged appointment and no time for a meal."""
    for (_, on), appointments in view.schedule.of_therapist_day.items():
        therapist = appointments[0].therapist
        window = _window(therapist, on)
        if window is None or not any(each.judged for each in appointments):
            continue
        if not any(_fits(gap, window) for gap in _gaps(view, appointments)):
            yield Breach(
                f"{therapist.name} has no {MEAL} minutes for a meal between {clock(window[0])} "
                f"and {clock(window[1])} on {day(on)}.",
                tuple(appointments),
            )


def _window(therapist: Therapist, on: date) -> tuple[int, int] | None:
    """When the meal has to be, or None on a day that is too short for the rule."""
    shifts = therapist.shifts_on(on)
    if not shifts:
        return None
    start = shifts[0].hours.start
    end = max(shift.hours.end for shift in shifts)
    return (start + EARLIEST, start + LATEST) if end - start >= SPAN else None


def _gaps(view: View, appointments: Sequence[Appointment]) -> Iterator[tuple[int, int]]:
    """Stretches without appointment, changeover or travel.

    The therapist may travel at once or at the last minute, so a gap between two locations
    counts twice: without its first minutes, and without its last.
    """
    last = appointments[0]
    yield 0, last.start
    for each in appointments[1:]:
        # An unknown distance is for ``travel`` to report; here it takes no time.
        minutes = view.travel_minutes(last.location, each.location) or 0
        yield last.free + minutes, each.start
        yield last.free, each.start - minutes
        last = max(last, each, key=_free)
    yield last.free, MIDNIGHT


def _fits(gap: tuple[int, int], window: tuple[int, int]) -> bool:
    return min(gap[1], window[1]) - max(gap[0], window[0]) >= MEAL


def _free(appointment: Appointment) -> int:
    return appointment.free
