"""The half hour that long days keep free: an interval more for the therapist."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from ortools.sat.python.cp_model import CpModel, IntervalVar, IntVar

from bench.peers.cpsat.sessions import Sessions
from scheduler.candidates import MINUTES_A_DAY
from scheduler.rules.meal_break import EARLIEST, LATEST, LONG_SPAN, MEAL


@dataclass(frozen=True)
class Busy:
    """Something that takes a therapist's time at a location, for sure or if it is ``present``."""

    location: int
    start: IntVar | int
    size: int
    present: IntVar | None

    def interval(self, model: CpModel, delay: int = 0) -> IntervalVar:
        """Its minutes, by a clock that is put back by some minutes."""
        start = self.start + delay
        if self.present is None:
            return model.new_fixed_size_interval_var(start, self.size, "busy")
        return model.new_optional_fixed_size_interval_var(start, self.size, self.present, "busy")


def add_meals(sessions: Sessions) -> dict[int, list[Busy]]:
    """The meals by therapist, each at one of the day's locations, as if it were a visit there.

    A day on which something stands already may leave no time for it, so there it is left to
    those appointments.
    """
    model, table = sessions.model, sessions.activities
    shifts = table.axes.shift_days
    standing = set(zip(table.standing.therapist.tolist(), table.standing.day.tolist(), strict=True))
    days: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index in range(len(shifts)):
        days[int(shifts.therapist[index]), int(shifts.day[index])].append(index)
    meals: dict[int, list[Busy]] = defaultdict(list)
    for (therapist, day), of in days.items():
        first = int(shifts.starts[of].min())
        if shifts.ends[of].max() - first < LONG_SPAN or (therapist, day) in standing:
            continue
        begin = day * MINUTES_A_DAY + first
        start = model.new_int_var(begin + EARLIEST, begin + LATEST - MEAL, "meal")
        places = [int(place) for place in np.unique(shifts.location[of])]
        here = [model.new_bool_var("eats here") for _ in places]
        model.add_exactly_one(here)
        for place, present in zip(places, here, strict=True):
            meals[therapist].append(Busy(place, start, MEAL, present))
    return meals
