"""``screening``: a plan with a contraindication is booked only once a practitioner cleared it."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import plan, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment of a plan that has not passed screening."""
    for each in view.schedule.judged:
        if not each.plan.passed_screening:
            against = " and ".join(each.plan.contraindications)
            yield Breach(
                f"{visit(each)}: {plan(each.plan)} has {against} on record and was not cleared.",
                (each,),
            )
