"""``qualified``: the therapist holds the service's credential and the plan's techniques.

Techniques are not asked of a companion.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment whose therapist lacks something, with all that is lacking."""
    for each in view.schedule.judged:
        therapist = each.therapist
        asked = frozenset() if each.companion else each.plan.techniques
        lacking = sorted({each.service.credential} - therapist.credentials)
        lacking += sorted(asked - therapist.techniques)
        if lacking:
            yield Breach(
                f"{visit(each)}: {each.service.name} needs {' and '.join(lacking)}, "
                f"which {therapist.name} does not have.",
                (each,),
            )
