"""10 for each day by which the days between two sessions in a row miss the interval.

Three or four days are right at twice a week, seven weekly, fourteen every other week. The
interval is that of the later session's phase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.facts import Frequency
from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from scheduler.points.ledger import Ledger

INTERVALS = {
    Frequency.TWICE_A_WEEK: (3, 4),
    Frequency.WEEKLY: (7, 7),
    Frequency.EVERY_OTHER_WEEK: (14, 14),
}
"""The fewest and the most days that are right between two sessions."""


def days_off(least: int, most: int, days: int) -> int:
    """By how many days a distance misses what is right."""
    return max(least - days, days - most, 0)


def days_missed(frequency: Frequency, days: int) -> int:
    """By how many days a distance misses the interval of the later session's phase."""
    least, most = INTERVALS[frequency]
    return days_off(least, most, days)


def points(ledger: Ledger) -> int:
    """Points of every session in scope whose distance to the one before is off."""
    missed = sum(
        days_missed(
            later.session.frequency, (later.starts_at.date() - earlier.starts_at.date()).days
        )
        for earlier, later in ledger.pairs
    )
    return ledger.problem.settings.weights.cadence * missed


CADENCE = Part("cadence", points)
