"""``window``: a session is booked within its window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from verifier.findings import Breach
from verifier.view import View
from verifier.words import day, session, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged session on a day outside its plan week, or its two plan weeks."""
    for each in view.schedule.judged:
        called = each.session
        if each.companion or called is None:
            continue
        if not called.opens <= each.day < called.closes:
            yield Breach(
                f"{visit(each)}: {session(each)} belongs between {day(called.opens)} "
                f"and {day(called.closes - timedelta(days=1))}.",
                (each,),
            )
