"""A therapist on shift for six hours or more has thirty free minutes, two to six hours in.

The shifts of a day count from the start of the first to the end of the last. A meal is one
more activity of the therapist: it takes thirty minutes at a location, so overlaps and travel
hold for it as they do for appointments, and each long day has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY
from scheduler.matrix import Limit, Runs
from scheduler.rules.kinds import Shared

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray

LONG_SPAN = 6 * 60
EARLIEST, LATEST = 2 * 60, 6 * 60
MEAL = 30


@dataclass(frozen=True, slots=True)
class Meals:
    """Possible meal breaks; ``meal`` numbers the therapist-days, one break is taken of each."""

    meal: IntArray
    therapist: IntArray
    location: IntArray
    start: IntArray
    end: IntArray


def find_meals(appointments: Activities) -> Meals:
    """The breaks that can matter: as early as the meal window, or something before it, allows.

    A break that is taken later can always be moved up to the end of what comes before it, or
    to where the therapist arrives from another location, so these starts are enough.
    """
    meals: list[tuple[int, int, int, int]] = []
    long_days = _long_days(appointments)
    ends = _ends_by_therapist_day(appointments)
    for number, (therapist, day, first, locations) in enumerate(long_days):
        opens = day * MINUTES_A_DAY + first + EARLIEST
        closes = day * MINUTES_A_DAY + first + LATEST
        travel = _travel_among(appointments, locations)
        free_from = {opens} | {
            end + minutes
            for end in ends.get((therapist, day), ())
            for minutes in ({0} | travel)
            if opens < end + minutes <= closes - MEAL
        }
        meals.extend(
            (number, therapist, location, start)
            for location in sorted(locations)
            for start in sorted(free_from)
        )
    table = np.array(meals, dtype=np.int64).reshape(len(meals), 4)
    return Meals(table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 3] + MEAL)


def _long_days(appointments: Activities) -> list[tuple[int, int, int, set[int]]]:
    """Therapist, day, first start and locations of each day that asks for a meal."""
    shifts = appointments.axes.shift_days
    days: dict[tuple[int, int], list[int]] = {}
    for index in range(len(shifts)):
        days.setdefault((int(shifts.therapist[index]), int(shifts.day[index])), []).append(index)
    return [
        (therapist, day, int(shifts.starts[of].min()), {int(x) for x in shifts.location[of]})
        for (therapist, day), of in days.items()
        if shifts.ends[of].max() - shifts.starts[of].min() >= LONG_SPAN
    ]


def _ends_by_therapist_day(appointments: Activities) -> dict[tuple[int, int], set[int]]:
    standing = appointments.standing
    therapist = np.concatenate([appointments.therapist, standing.therapist])
    day = np.concatenate([appointments.day, standing.day])
    until = np.concatenate([appointments.until, standing.until])
    moments = int(np.max(until, initial=0)) + 1
    key = (therapist * appointments.axes.days + day) * moments + until
    ends: dict[tuple[int, int], set[int]] = {}
    for owner, moment in (divmod(one, moments) for one in np.unique(key).tolist()):
        ends.setdefault(divmod(owner, appointments.axes.days), set()).add(moment)
    return ends


def _travel_among(appointments: Activities, locations: set[int]) -> set[int]:
    axes = appointments.axes
    return {
        travel.minutes
        for travel in appointments.problem.network.travel
        if axes.location[travel.from_location_id] in locations
        and axes.location[travel.to_location_id] in locations
    }


def rows(activities: Activities) -> Limit:
    """Each long day has a break: at least one of its meals is taken."""
    column = np.flatnonzero(activities.meal >= 0)
    meal = activities.meal[column]
    count = int(np.max(meal, initial=-1)) + 1
    return Limit(
        "meal-break",
        Runs(column, meal, meal + 1, np.full_like(column, -1)),
        np.full(count, -1, dtype=np.int64),
    )


MEAL_BREAK = Shared("meal-break", rows)
