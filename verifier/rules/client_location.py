"""``client-location``: at a location that the client accepts: home or one of the others."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment at a location that the client did not name."""
    for each in view.schedule.judged:
        accepted = (each.client.home, *each.client.others)
        if each.location not in accepted:
            names = " or ".join(location.name for location in accepted)
            yield Breach(f"{visit(each)}: {each.client.name} comes to {names} only.", (each,))
