"""``closure``: not on a day on which the location is closed."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment on a day of closure."""
    for each in view.schedule.judged:
        reason = each.location.closed.get(each.day)
        if reason is not None:
            because = f" ({reason})" if reason else ""
            yield Breach(f"{visit(each)}: the clinic is closed that day{because}.", (each,))
