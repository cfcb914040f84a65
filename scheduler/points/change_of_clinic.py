"""25 for each time a therapist goes from one location to another within a day.

Companions carry only ``unpaired``, so it is the sessions' appointments that count here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.points.kinds import Part

if TYPE_CHECKING:
    from datetime import date, datetime

    from scheduler.points.ledger import Ledger


def points(ledger: Ledger) -> int:
    """Points of every change of location between appointments of a day of the horizon."""
    days: dict[tuple[str, date], list[tuple[datetime, str]]] = defaultdict(list)
    for entries in ledger.plans.values():
        for entry in entries:
            if (day := entry.starts_at.date()) in ledger.problem.horizon:
                days[entry.therapist_id, day].append((entry.starts_at, entry.location_id))
    changes = sum(
        here != there
        for visits in days.values()
        for (_, here), (_, there) in zip(sorted(visits), sorted(visits)[1:], strict=False)
    )
    return ledger.problem.settings.weights.change_of_clinic * changes


CHANGE_OF_CLINIC = Part("change-of-clinic", points)
