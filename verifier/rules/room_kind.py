"""``room-kind``: the room is at that location and of the kind that the service needs.

An appointment names no location but that of its room, so only the kind can be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment in a room of another kind."""
    for each in view.schedule.judged:
        if each.room.kind != each.service.room_kind:
            yield Breach(
                f"{visit(each)}: {each.service.name} needs a room for {each.service.room_kind}, "
                f"but {each.room.name} is for {each.room.kind}.",
                (each,),
            )
