"""``client-overlap``: a client's appointments do not overlap, whatever plan they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.overlaps import overlaps
from verifier.view import View
from verifier.words import day, span


def check(view: View) -> Iterator[Breach]:
    """Pairs of appointments of one client at one time; changeover is none of the client's time."""
    for appointments in view.schedule.of_client.values():
        for one, other in overlaps(appointments, end=lambda each: each.ends_at):
            yield Breach(
                f"{one.client.name} has {one.therapist.name} {span(one)} at {one.location.name} "
                f"and {other.therapist.name} {span(other)} at {other.location.name} "
                f"on {day(other.day)}.",
                (one, other),
            )
