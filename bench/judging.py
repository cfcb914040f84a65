"""The verifier's word on what a peer had found by some moments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.peers.instance import Order
from bench.peers.snapshots import Snapshot, snapshots_in
from verifier import Planning, Tables, verify
from verifier.reading import read_folder

MOMENTS = (3.0, 10.0, 60.0)
"""Seconds after which everybody is judged."""

CURVE = tuple(0.5 * 1.15**n for n in range(35) if 0.5 * 1.15**n < MOMENTS[-1])
"""Further seconds at which a peer's schedule is judged, for the picture."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A schedule's points, counted by the verifier, at a moment.

    ``at`` is the moment for which it was the last; ``seconds`` is when it was found; ``bound``
    the best that its maker had proven by then. ``findings`` counts the broken rules.
    """

    at: float
    seconds: float
    points: int
    booked: int
    in_scope: int
    stake: int
    findings: int
    bound: float | None

    @property
    def gap(self) -> float | None:
        """Distance from the maker's own bound, as a share of the points at stake."""
        return None if self.bound is None else (self.points - self.bound) / self.stake


def judge(order: Order, moments: Iterable[float] = MOMENTS) -> list[Judged]:
    """What the lines of the order's file are worth at each moment; none where there was nothing."""
    snapshots = list(snapshots_in(order.out))
    facts = read_folder(order.folder)
    planning = Planning(order.start, order.weeks, order.as_of, order.grid)
    judged, last = [], None
    for moment in sorted(moments):
        best = _last(snapshots, moment)
        if best is None:
            continue
        if last is None or last.seconds != best.seconds:
            last = _judge(facts, planning, best)
        bounds = [x.bound for x in snapshots if x.seconds <= moment and x.bound is not None]
        judged.append(
            Judged(
                moment,
                best.seconds,
                last.points,
                last.booked,
                last.in_scope,
                last.stake,
                last.findings,
                max(bounds, default=None),
            )
        )
    return judged


def _last(snapshots: Sequence[Snapshot], moment: float) -> Snapshot | None:
    told = [x for x in snapshots if x.appointments is not None and x.seconds <= moment]
    return max(told, key=lambda x: x.seconds, default=None)


def _judge(facts: Tables, planning: Planning, snapshot: Snapshot) -> Judged:
    report = verify(facts, snapshot.appointments or [], planning=planning)
    return Judged(
        snapshot.seconds,
        snapshot.seconds,
        report.points,
        report.booked,
        report.in_scope,
        report.stake,
        len(report.findings),
        snapshot.bound,
    )
