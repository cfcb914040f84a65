"""Between a session and the plan's previous one lie at least 0.6 intervals, in whole days.

That is two days at twice a week, four weekly, eight every other week; where two phases meet,
the smaller counts. Soreness lasts 24 to 48 hours.
"""

from __future__ import annotations

from scheduler.facts import Frequency

LEAST_DAYS = {
    Frequency.TWICE_A_WEEK: 2,
    Frequency.WEEKLY: 4,
    Frequency.EVERY_OTHER_WEEK: 8,
}


def least_days(one: Frequency, other: Frequency) -> int:
    """The fewest days, start date to start date, between neighbouring sessions of two phases."""
    return min(LEAST_DAYS[one], LEAST_DAYS[other])
