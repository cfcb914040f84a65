"""Intervals that may not overlap, as rows: one for each moment at which something starts.

Of intervals that overlap, the one that starts last starts while all the others run. So it
is enough to count, at each start, the intervals that hold it: every such row is a clique,
and no two intervals overlap without meeting in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.matrix import Limit, Runs

if TYPE_CHECKING:
    from scheduler.candidates import IntArray


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals ``[start, until)`` in minutes, each of one owner (a therapist, a room kind …)."""

    owner: IntArray
    start: IntArray
    until: IntArray


def at_most(
    name: str, column: IntArray, wanted: Intervals, standing: Intervals, capacity: IntArray
) -> Limit:
    """At most ``capacity[owner]`` intervals at once, standing ones included.

    Where standing intervals alone are more than the capacity, nothing more is let in.
    """
    span = _span(wanted, standing)
    wanted_key = wanted.owner * span + wanted.start
    points = np.unique(np.concatenate([wanted_key, standing.owner * span + standing.start]))
    first = np.searchsorted(points, wanted_key)
    last = np.searchsorted(points, wanted.owner * span + wanted.until)
    left = capacity[points // span] - _count(points, span, standing)
    return Limit(name, Runs(column, first, last, np.ones_like(column)), np.maximum(left, 0))


def _span(wanted: Intervals, standing: Intervals) -> int:
    """A number of minutes that no interval reaches, to keep owners apart on one axis."""
    return int(max(np.max(part.until, initial=0) for part in (wanted, standing))) + 1


def _count(points: IntArray, span: int, standing: Intervals) -> IntArray:
    """How many standing intervals hold each point."""
    steps = np.zeros(len(points) + 1, dtype=np.int64)
    np.add.at(steps, np.searchsorted(points, standing.owner * span + standing.start), 1)
    np.add.at(steps, np.searchsorted(points, standing.owner * span + standing.until), -1)
    return np.cumsum(steps[:-1])
