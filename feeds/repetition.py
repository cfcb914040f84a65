"""How often a repeated event can start, told from its rule without following it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from icalendar import Component, vRecur

MOST_STARTS = 250_000
"""More starts since the first one are not followed: daily for centuries is fine, every second of
a week is not."""

_DAY = 24 * 60 * 60
_SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 60 * 60}
"""Rules that start more than once a day; of all others a day holds as many as it lists times."""

_RARE = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}
"""Such a day may never come, as 30 February, and then each hour until the year 9999 is tried."""

_LISTS = {"SECONDLY": 0, "MINUTELY": 1, "HOURLY": 2}
"""How many of ``BYSECOND``, ``BYMINUTE``, ``BYHOUR`` multiply the starts of a rule."""


def starts_at_most(event: Component, until: datetime) -> float:
    """An upper bound on the starts of an event's rules before ``until``, an instant.

    Infinite where a rule may never get on: with an interval of nothing, or by the hour for a day
    of the month that may never come. Raises what reading a broken event raises.
    """
    rules = list(_rules(event))
    if not rules:
        return 1.0
    begins: Any = event["DTSTART"]
    seconds = _seconds_between(begins.dt, until)
    return sum(_starts(rule, seconds) for rule in rules)


def _rules(event: Component) -> Iterator[vRecur]:
    found = event.get("RRULE", [])
    for rule in found if isinstance(found, list) else [found]:
        if isinstance(rule, vRecur):  # one that could not be parsed fails when it is followed
            yield rule


def _starts(rule: vRecur, seconds: int) -> float:
    frequency = str(_first(rule, "FREQ", "")).upper()
    interval = int(_first(rule, "INTERVAL", 1))
    if interval < 1 or (frequency in _SECONDS and _RARE & set(rule)):
        return math.inf
    period = _SECONDS.get(frequency, _DAY)
    if period < _DAY:
        period *= interval
    lists = ("BYSECOND", "BYMINUTE", "BYHOUR")[: _LISTS.get(frequency, 3)]
    times = math.prod(max(1, len(rule.get(name, ()))) for name in lists)
    return max(1.0, seconds / period + 1) * times


def _first(rule: vRecur, name: str, default: Any) -> Any:  # noqa: ANN401 - as the rule has it
    values = rule.get(name) or default
    return values[0] if isinstance(values, list) else values


def _seconds_between(start: date, end: datetime) -> int:
    """Roughly: a day more than there can be, whatever the zones."""
    first = start.date() if isinstance(start, datetime) else start
    return ((end.date() - first).days + 1) * _DAY
