"""A session is booked at most once, with the plan's service (the intake service for session 1).

The plan graph holds this by its shape: a path through it visits a session at most once, and
only slots of the session's own service exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules.kinds import WithinPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.points.ledger import Entry
    from scheduler.problem import Problem


def booked_already(problem: Problem, entry: Entry, others: Sequence[Entry]) -> list[Entry]:
    """The entries of the same session."""
    del problem
    return [other for other in others if other.session.key == entry.session.key]


ONE_PER_SESSION = WithinPlan("one-per-session", booked_already)
