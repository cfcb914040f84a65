"""Where it will be crowded: how many sessions want each moment of therapists and rooms.

A session that could be at a hundred slots wants each of them a hundredth. A client who can
come any time should leave the evenings to those who can come at no other, so crowded moments
cost a little while a schedule is made. This guides the search only; it is no points part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.kernels.charge import charge

if TYPE_CHECKING:
    from scheduler.matrix import FloatArray
    from scheduler.model import Model

WARMTH = 20.0
"""Points for taking a moment that is wanted once over, in a first schedule and in a window.

Steps begin warmer (``kernels.steps``): they have time to mend what it costs.
"""

_CROWDED = ("therapist-overlap", "room-overlap")
"""The limits whose rows are moments."""


def find_heat(model: Model) -> FloatArray:
    """For each column, how often all that it takes is wanted, over what there is of it."""
    activities, matrix = model.activities, model.matrix
    slots = activities.slots
    choices = np.bincount(activities.session[:slots], minlength=len(model.problem.sessions))
    wish = np.zeros(matrix.columns)
    wish[:slots] = 1.0 / choices[activities.session[:slots]]
    runs, many = matrix.runs, matrix.rows + 1
    begin, end = (np.bincount(at, wish[runs.column], many) for at in (runs.first, runs.last))
    moments = np.repeat(
        [limit.name in _CROWDED for limit in matrix.limits],
        [len(limit.capacity) for limit in matrix.limits],
    )
    wanted = np.cumsum(begin - end)[:-1] * moments / np.maximum(matrix.capacity, 1)
    return charge(matrix, wanted)
