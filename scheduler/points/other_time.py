"""5 for each session that starts over an hour earlier or later in the day than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.candidates import minute_of
from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.points.ledger import Ledger

TOLERANCE = 60
"""Minutes by which the time of day may differ for free."""


def is_other_time(one: int, other: int) -> bool:
    """Whether two minutes of the day lie too far apart."""
    return abs(one - other) > TOLERANCE


def points(ledger: Ledger) -> int:
    """Points of every session in scope at another time of day than the one before."""
    other = sum(
        is_other_time(minute_of(later.starts_at.time()), minute_of(earlier.starts_at.time()))
        for earlier, later in ledger.pairs
    )
    return ledger.problem.settings.weights.other_time * other


OTHER_TIME = Part("other-time", points)
