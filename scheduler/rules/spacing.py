"""Between a session and the plan's previous one lie at least 0.6 intervals, in whole days.

That is two days at twice a week, four weekly, eight every other week; where two phases meet,
the smaller counts. Soreness lasts 24 to 48 hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.facts import Frequency
from scheduler.rules.kinds import WithinPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.points.ledger import Entry
    from scheduler.problem import Problem

LEAST_DAYS = {
    Frequency.TWICE_A_WEEK: 2,
    Frequency.WEEKLY: 4,
    Frequency.EVERY_OTHER_WEEK: 8,
}


def least_days(one: Frequency, other: Frequency) -> int:
    """The fewest days, start date to start date, between neighbouring sessions of two phases."""
    return min(LEAST_DAYS[one], LEAST_DAYS[other])


def too_close(problem: Problem, entry: Entry, others: Sequence[Entry]) -> list[Entry]:
    """The sessions before and after a new entry that it would be too close to."""
    del problem
    before = [e for e in others if e.session.number < entry.session.number]
    after = [e for e in others if e.session.number > entry.session.number]
    neighbours = [(e, entry) for e in before[-1:]] + [(entry, e) for e in after[:1]]
    return [
        earlier if earlier is not entry else later
        for earlier, later in neighbours
        if (later.starts_at.date() - earlier.starts_at.date()).days
        < least_days(earlier.session.frequency, later.session.frequency)
    ]


SPACING = WithinPlan("spacing", too_close)
