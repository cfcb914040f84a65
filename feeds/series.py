"""Which events of a calendar belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from icalendar import Calendar, Component


def series_of(calendar: Calendar) -> Iterator[list[Component]]:
    """The events of each UID: one event, or a repeated one with its exceptions.

    Some programs give one UID to events that have nothing to do with each other. Of two versions
    of one event the newer counts; of two that are equally new, each counts on its own.
    """
    series: dict[str, list[Component]] = defaultdict(list)
    for number, event in enumerate(calendar.walk("VEVENT")):
        series[str(event.get("UID", "")) or f"\0{number}"].append(event)
    for events in series.values():
        first = next((it for it in events if "RECURRENCE-ID" not in it), events[0])
        related = [it for it in events if it is first or not _is_stranger(it, first)]
        yield related
        if len(related) < len(events):
            yield from ([it] for it in events if it is not first and _is_stranger(it, first))


def _is_stranger(event: Component, first: Component) -> bool:
    """Whether it is neither an exception from ``first`` nor another version of it."""
    return "RECURRENCE-ID" not in event and _sequence(event) == _sequence(first)


def _sequence(event: Component) -> str:
    return str(event.get("SEQUENCE", "0"))
