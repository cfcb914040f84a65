"""``opening-hours``: the appointment lies within one opening interval of its location."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import hours, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment that no opening interval holds; changeover may lie outside."""
    for each in view.schedule.judged:
        opening = each.location.opening
        if not any(interval.holds(each.day, each.start, each.end) for interval in opening):
            yield Breach(
                f"{visit(each)}: the clinic is open {hours(opening, each.day)} that day.",
                (each,),
            )
