"""Appointment and changeover lie within one shift of the therapist at that location."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the candidate's own shift lasts from its start to the end of its changeover."""
    shifts = candidates.axes.shift_days
    begun = shifts.starts[candidates.shift_day] <= candidates.start
    over = candidates.end + candidates.changeover
    return np.asarray(begun & (over <= shifts.ends[candidates.shift_day]))


ON_SHIFT = Filter("on-shift", allows, timed=True)
