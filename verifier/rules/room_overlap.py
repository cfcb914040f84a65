"""``room-overlap``: a room's appointments, each with its changeover, do not overlap."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.overlaps import overlaps
from verifier.view import View
from verifier.words import day, who


def check(view: View) -> Iterator[Breach]:
    """Pairs of appointments in one room of which one begins before the other is over."""
    for appointments in view.schedule.of_room.values():
        for one, other in overlaps(appointments, end=lambda each: each.free_at):
            yield Breach(
                f"Room {one.room.name} at {one.location.name} has {who(one)} and {who(other)} "
                f"on {day(other.day)}; changeover after the first: "
                f"{one.service.changeover} minutes.",
                (one, other),
            )
