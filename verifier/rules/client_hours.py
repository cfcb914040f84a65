"""``client-hours``: the appointment lies within one of the client's weekly intervals."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import hours, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment that none of the client's intervals holds."""
    for each in view.schedule.judged:
        intervals = each.client.hours
        if not any(interval.holds(each.day, each.start, each.end) for interval in intervals):
            yield Breach(
                f"{visit(each)}: {each.client.name} can come {hours(intervals, each.day)} "
                "that day.",
                (each,),
            )
