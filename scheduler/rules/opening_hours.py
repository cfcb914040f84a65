"""The appointment lies within one opening interval of its location."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.intervals import WeeklyIntervals
from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the location stays open from the start to the end of the hands-on minutes."""
    location = candidates.axes.location
    hours = WeeklyIntervals(
        len(location),
        (
            (location[row.location_id], row.weekday, row.opens, row.closes)
            for row in candidates.problem.network.opening_hours
        ),
    )
    until = hours.until(candidates.location, candidates.day, candidates.start)
    return np.asarray(candidates.end <= until)


OPENING_HOURS = Filter("opening-hours", allows, timed=True)
