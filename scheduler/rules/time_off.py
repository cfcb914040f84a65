"""Appointment and changeover do not touch the therapist's time off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY
from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.candidates import Axes, Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the therapist is there from the start to the end of the changeover."""
    axes = candidates.axes
    start = candidates.day * MINUTES_A_DAY + candidates.start
    over = start + candidates.minutes + candidates.changeover
    free = np.ones(len(candidates), dtype=np.bool_)
    for absence in candidates.problem.network.time_off:
        begins, ends = _minute(axes, absence.starts_at), _minute(axes, absence.ends_at)
        if ends > 0 and begins < axes.days * MINUTES_A_DAY:
            same = candidates.therapist == axes.therapist[absence.therapist_id]
            free &= ~(same & (start < ends) & (begins < over))
    return free


def _minute(axes: Axes, moment: datetime) -> int:
    return axes.day(moment.date()) * MINUTES_A_DAY + moment.hour * 60 + moment.minute


TIME_OFF = Filter("time-off", allows, timed=True)
