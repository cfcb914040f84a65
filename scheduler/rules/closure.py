"""Not on a day on which the location is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the location is open at all on that date."""
    axes = candidates.axes
    closed = np.zeros((len(axes.location), axes.days), dtype=np.bool_)
    for closure in candidates.problem.network.closures:
        if closure.date in candidates.problem.horizon:
            day = axes.day(closure.date)
            if closure.location_id is None:
                closed[:, day] = True
            else:
                closed[axes.location[closure.location_id], day] = True
    return np.asarray(~closed[candidates.location, candidates.day])


CLOSURE = Filter("closure", allows)
