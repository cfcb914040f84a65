"""From a network to a folder: all files or none."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from office.errors import unwritable
from office.exchange.book import records_of
from office.exchange.cells import Cell, MisfitError
from office.exchange.escape import escape
from office.exchange.faults import ExchangeError, quoted
from office.exchange.files import strangers_among
from office.exchange.tables import TABLES, Table
from scheduler.facts import Network

Rows = list[dict[str, str]]


def tables_of(network: Network) -> dict[str, Rows]:
    """The rows of each table as text by column, in the order in which they are written.

    The keys are the tables' names, without ``.csv``; nothing is escaped.
    """
    return {
        table.name: [table.cells_of(record) for record in records_of(network, table)]
        for table in TABLES
    }


def write_folder(network: Network, folder: Path) -> tuple[Path, ...]:
    """Write every file of the contract, also those without rows; the paths in order.

    The folder is made where there is none. Files are written aside and moved into place
    once all are complete, so that a full disk or a crash leaves no half-written file.
    Raises ``ExchangeError`` where that is impossible, where the folder holds something
    that would keep it from being read again, or a value can't be written so that it
    reads as it was.
    """
    tables = {table: _readable_rows(network, table) for table in TABLES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_strangers(folder)
        with TemporaryDirectory(prefix=".export-", dir=folder) as aside:
            written = [_write(table, rows, Path(aside)) for table, rows in tables.items()]
            return tuple(path.replace(folder / path.name) for path in written)
    except (OSError, ValueError) as error:
        raise ExchangeError(unwritable(folder, error)) from error


def _readable_rows(network: Network, table: Table) -> Rows:
    rows = []
    for record in records_of(network, table):
        for column, cell in table.columns.items():
            value = getattr(record, column)
            if not _reads_as_it_was(cell, value):
                raise ExchangeError(
                    f"{table.file} can't hold {quoted(str(value))} as the {column} of {record}: "
                    f"expected {cell.expected}. Maybe correct it in the database first?"
                )
        rows.append(table.cells_of(record))
    return rows


def _reads_as_it_was(cell: Cell, value: object) -> bool:
    try:
        again = cell.read(cell.text(value))
    except (MisfitError, KeyError):  # a word that is none of the cell's choices
        return False
    if isinstance(value, tuple):  # the order of a list says nothing
        return again == tuple(sorted(value))
    return again == value


def _refuse_strangers(folder: Path) -> None:
    """An exported folder can be imported, so nothing may lie in the way of that."""
    in_the_way = [
        fault.file for fault in strangers_among(sorted(path.name for path in folder.iterdir()))
    ]
    in_the_way += [table.file for table in TABLES if (folder / table.file).is_dir()]
    if in_the_way:
        raise ExchangeError(
            f"the folder {quoted(str(folder))} holds {', '.join(map(quoted, in_the_way))}, "
            "which is not part of an exchange folder. Maybe export to an empty folder?"
        )


def _write(table: Table, rows: Rows, folder: Path) -> Path:
    path = folder / table.file
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows([escape(cell) for cell in row.values()] for row in rows)
        file.flush()
        os.fsync(file.fileno())
    return path
