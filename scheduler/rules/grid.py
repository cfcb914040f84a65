"""Appointments start on the grid: the quarter hour, or what the clinic has set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the start is a multiple of the grid's minutes after midnight."""
    return np.asarray(candidates.start % candidates.problem.settings.grid == 0)


GRID = Filter("grid", allows, timed=True)
