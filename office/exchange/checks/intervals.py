"""Intervals end after they start, and those of one therapist or location do not overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

from office.exchange.book import Book, Entry
from office.exchange.faults import Fault
from office.exchange.tables import TABLES
from scheduler.facts import OpeningHours, Shift


def wrong_ends(book: Book) -> Iterator[Fault]:
    """Each interval that ends before or as it starts; of days, the last may be the first."""
    for table in TABLES:
        for span in table.spans:
            for entry in book.new(table.name):
                first, last = getattr(entry.record, span.first), getattr(entry.record, span.last)
                if first is None or last is None or first < last:
                    continue
                if not (span.same_day and first == last):
                    start = entry.table.columns[span.first].text(first)
                    than = "not before" if span.same_day else "after"
                    yield entry.fault(span.last, f"an end {than} {span.first}, {start}")


def overlapping_openings(book: Book) -> Iterator[Fault]:
    """Each opening interval that begins while its location is open already."""

    def interval(hours: OpeningHours) -> tuple[time, time]:
        return hours.opens, hours.closes

    by_day = _grouped(book, "opening_hours", lambda hours: (hours.location_id, hours.weekday))
    for entries in by_day:
        for entry, other in _overlaps(entries, interval):
            hours = other.record
            yield entry.fault(
                "opens",
                f"opening hours that do not overlap {hours.opens:%H:%M}-{hours.closes:%H:%M} "
                f"of {other.place}",
            )


def overlapping_shifts(book: Book) -> Iterator[Fault]:
    """Each shift that begins while its therapist has another one, here or elsewhere."""

    def interval(shift: Shift) -> tuple[time, time]:
        return shift.starts, shift.ends

    by_day = _grouped(book, "shifts", lambda shift: (shift.therapist_id, shift.weekday))
    for entries in by_day:
        for entry, other in _overlaps(entries, interval):
            if _valid_together(entry.record, other.record):
                shift = other.record
                yield entry.fault(
                    "starts",
                    f"shifts of {shift.therapist_id!r} that do not overlap: {other.place} has "
                    f"{shift.starts:%H:%M}-{shift.ends:%H:%M} at {shift.location_id!r}",
                )


def _grouped(book: Book, name: str, key: Callable[..., tuple[str, int]]) -> Iterator[list[Entry]]:
    groups: dict[tuple[str, int], list[Entry]] = {}
    for entry in book.of(name):
        groups.setdefault(key(entry.record), []).append(entry)
    yield from groups.values()


def _overlaps(
    entries: list[Entry], interval: Callable[..., tuple[time, time]]
) -> Iterator[tuple[Entry, Entry]]:
    """Pairs that overlap, first the one to blame: of the folder, and the later one if both are."""
    running: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: interval(entry.record)):
        start, end = interval(entry.record)
        if end <= start:  # a fault of its own
            continue
        running = [other for other in running if interval(other.record)[1] > start]
        for other in running:
            if entry.line is not None:
                yield entry, other
            elif other.line is not None:
                yield other, entry
        running.append(entry)


def _valid_together(one: Shift, other: Shift) -> bool:
    """Whether there is a day on which both shifts are valid."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_until or date.max, other.valid_until or date.max)
