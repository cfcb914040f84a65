"""``therapist-overlap``: a therapist's appointments, with changeover, do not overlap."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.overlaps import overlaps
from verifier.view import View
from verifier.words import day, who


def check(view: View) -> Iterator[Breach]:
    """Pairs of appointments of one therapist of which one begins before the other is over."""
    for appointments in view.schedule.of_therapist.values():
        for one, other in overlaps(appointments, end=lambda each: each.free_at):
            place = f"at {one.location.name}"
            if one.location is not other.location:
                place += f" and {other.location.name}"
            yield Breach(
                f"{one.therapist.name} has {who(one)} and {who(other)} on {day(other.day)} {place}"
                f"; changeover after the first: {one.service.changeover} minutes.",
                (one, other),
            )
