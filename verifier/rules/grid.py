"""``grid``: appointments start on the quarter hour, or on the grid that is set."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment that starts between two lines of the grid."""
    for each in view.schedule.judged:
        if each.start % view.grid:
            yield Breach(
                f"{visit(each)}: appointments start every {view.grid} minutes from the full hour.",
                (each,),
            )
