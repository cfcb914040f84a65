"""``client-away``: not on a day on which the client is away."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import day, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment between the first and the last day of an absence."""
    for each in view.schedule.judged:
        for away in each.client.away:
            if away.first <= each.day <= away.last:
                yield Breach(
                    f"{visit(each)}: {each.client.name} is away from {day(away.first)} "
                    f"to {day(away.last)}.",
                    (each,),
                )
