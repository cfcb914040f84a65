"""The verdict on a schedule: every rule and every points part, recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from verifier.building import build_view
from verifier.findings import Breach, Finding, Report
from verifier.planning import Planning
from verifier.points import PARTS
from verifier.points.unbooked import price
from verifier.rules import RULES
from verifier.tables import Row, Tables


def verify(
    facts: Tables, schedule: Sequence[Row] | None = None, *, planning: Planning | None = None
) -> Report:
    """Judge the appointments of ``schedule``, or without one those of ``facts``.

    ``facts`` are the tables of the exchange folder, whose appointments are the published
    record: history and promises. With a ``planning``, the booked appointments of horizon
    days from ``as_of`` on are judged, and points are counted; without one, every booked
    appointment is judged. Raises ``UnreadableError`` where rows can't be understood.
    """
    view = build_view(facts, schedule, planning)
    findings = [
        Finding.of(name, breach)
        for name, check in RULES
        for breach in sorted(check(view), key=_when)
    ]
    parts = {name: points(view) if planning else 0 for name, points in PARTS}
    return Report(
        findings=tuple(findings),
        points=sum(parts.values()),
        parts=parts,
        booked=len(view.booked),
        in_scope=len(view.in_scope),
        stake=sum(price(view, session) for session in view.in_scope),
    )


def _when(breach: Breach) -> tuple[datetime, str]:
    """In order of time, whatever the order of the rows."""
    return min(each.starts_at for each in breach.appointments), breach.message
