"""Stretches of time, half-open: clipped, rounded and merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]
"""From an instant up to another, which does not belong to it."""

_MINUTE = timedelta(minutes=1)


def whole_minutes(interval: Interval) -> Interval:
    """The shortest interval of whole minutes that holds this one; an empty one stays empty."""
    start, end = interval
    floor, ceiling = (moment.replace(second=0, microsecond=0) for moment in interval)
    if start >= end:
        return floor, floor
    return floor, ceiling if ceiling == end else ceiling + _MINUTE


def clipped(intervals: Iterable[Interval], start: datetime, end: datetime) -> Iterator[Interval]:
    """What lies between ``start`` and ``end``; nothing that is empty."""
    for begins, ends in intervals:
        inside = max(begins, start), min(ends, end)
        if inside[0] < inside[1]:
            yield inside


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in as few intervals as possible, in order; what touches becomes one."""
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(result[-1][1], end)
        else:
            result.append((start, end))
    return result
