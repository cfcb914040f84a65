"""``spacing``: a session lies at least ⌊0.6 × interval⌋ days after the plan's previous one.

From start date to start date: 2 days at twice a week, 4 weekly, 8 every other week; of
two phases the smaller counts. The previous session is the one before it by number that is
booked, completed or a no-show.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from verifier.findings import Breach
from verifier.view import View
from verifier.words import day, plan


def check(view: View) -> Iterator[Breach]:
    """Neighbouring sessions of a plan that are too close, or in the wrong order."""
    for held in view.schedule.held.values():
        for earlier, later in pairwise(held.values()):
            sessions = (earlier.session, later.session)
            apart = min(each.rhythm.apart for each in sessions if each is not None)
            days = (later.day - earlier.day).days
            if days < apart and (earlier.judged or later.judged):
                yield Breach(
                    f"{plan(later.plan)} has session {earlier.number} on {day(earlier.day)} and "
                    f"session {later.number} on {day(later.day)}: {_distance(days)}, "
                    f"not {apart} or more.",
                    (earlier, later),
                )


def _distance(days: int) -> str:
    if days == 0:
        return "the same day"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"
