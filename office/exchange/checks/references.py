"""Ids that stand in a cell are ids that another file holds."""

from __future__ import annotations

from collections.abc import Iterator

from office.exchange.book import Book, Entry
from office.exchange.faults import Fault
from office.exchange.tables import TABLES


def unknown_ids(book: Book) -> Iterator[Fault]:
    """Each id that neither the folder nor the database holds."""
    held = {table.name: _ids(book, table.name) for table in TABLES if len(table.key) == 1}
    for table in TABLES:
        for column, cell in table.columns.items():
            source = cell.refers_to
            if source is None or source in book.torn:
                continue
            for entry in book.new(table.name):
                for row_id in _ids_in(entry, column):
                    if row_id not in held[source]:
                        yield entry.fault(column, f"an id that {source}.csv holds", row_id)


def _ids(book: Book, name: str) -> set[str]:
    return {row_id for ((row_id,),) in book.rows[name]} | book.doubtful[name]


def _ids_in(entry: Entry, column: str) -> tuple[str, ...]:
    value: str | tuple[str, ...] | None = getattr(entry.record, column)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def trips_to_nowhere(book: Book) -> Iterator[Fault]:
    """Travel from a location to itself."""
    for entry in book.new("travel"):
        if entry.record.from_location_id == entry.record.to_location_id:
            yield entry.fault("to_location_id", "another location than the one it starts from")
