"""The slot table: every session, or its companion, at a therapist, location and start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.candidates import pair_with_shift_days, spread_over_starts
from scheduler.rules import FILTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import Axes, Candidates
    from scheduler.care_plans import Session


def find_slots(axes: Axes, wanted: Sequence[Session], *, companion: bool = False) -> Candidates:
    """The candidates that every filter lets through, in order of session, shift day and start."""
    slots = pair_with_shift_days(axes, wanted, companion=companion)
    for rule in (rule for rule in FILTERS if not rule.timed):
        slots = slots.where(rule.allows(slots))
    slots = spread_over_starts(slots, axes.problem.settings.grid)
    for rule in (rule for rule in FILTERS if rule.timed):
        slots = slots.where(rule.allows(slots))
    return slots
