"""A session is booked within its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask


def allows(candidates: Candidates) -> Mask:
    """Whether the day lies in the session's plan week, or its two plan weeks."""
    day = candidates.axes.day
    opens = candidates.of_session([day(session.opens) for session in candidates.wanted])
    closes = candidates.of_session([day(session.closes) for session in candidates.wanted])
    return np.asarray((opens <= candidates.day) & (candidates.day < closes))


WINDOW = Filter("window", allows)
