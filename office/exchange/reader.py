"""From a folder to a network, or to every fault that keeps it from being one."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from office.exchange.book import Book, Entry, book_of, network_of
from office.exchange.cells import MisfitError
from office.exchange.checks import CHECKS
from office.exchange.faults import ExchangeFaults, Fault
from office.exchange.sheet import MAX_FAULTS, Line, Sheet, open_sheets
from office.exchange.tables import TABLES
from scheduler.facts import Network


def read_folder(folder: Path, known: Network | None = None) -> Network:
    """The network of a folder, or ``known`` with the folder's rows merged in.

    ``known`` is what the database holds: a row whose key it knows updates that row, rows
    that the folder lacks stay, and a file may be missing where ``known`` has its rows.
    Raises ``ExchangeFaults`` with all faults of all files, but at most ``MAX_FAULTS`` of
    one file and of one check: rubbish must not fill the memory.
    """
    book = book_of(known or Network())
    sheets, faults = open_sheets(folder, needless=[name for name in book.rows if book.rows[name]])
    for sheet in sheets:
        _enter(sheet, book)
        faults += sheet.faults
    for check in CHECKS:
        faults += islice(check(book), MAX_FAULTS)
    if faults:
        raise ExchangeFaults(sorted(faults, key=_place))
    return network_of(book)


def read_tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table as text by column, with only the formula escape taken off.

    The keys are the tables' names, without ``.csv``. Nothing is checked but that the files
    are there and can be read as CSV with the contract's columns: else ``ExchangeFaults``.
    """
    sheets, faults = open_sheets(folder)
    tables = {}
    for sheet in sheets:
        tables[sheet.table.name] = [line.cells for line in sheet.lines()]
        faults += sheet.faults
    if faults:
        raise ExchangeFaults(sorted(faults, key=_place))
    return tables


def _enter(sheet: Sheet, book: Book) -> None:
    """Put the rows of one file into the book, and note the faults of its cells and keys."""
    table = sheet.table
    rows = book.rows[table.name]
    for line in sheet.lines():
        record = _record(sheet, line)
        if record is None:
            book.doubtful[table.name].add(line.cells.get(table.key[0], "").strip())
            continue
        entry = Entry(table, record, line.number)
        key = table.key_of(record)
        earlier = rows.get(key)
        if earlier is None or earlier.line is None:
            rows[key] = entry
        else:
            book.doubtful[table.name].add(line.cells[table.key[0]])
            sheet.faults.append(_duplicate(entry, earlier))
    if sheet.torn:
        book.torn.add(table.name)


def _record(sheet: Sheet, line: Line) -> object | None:
    """The record of a row; ``None`` where it has a fault."""
    if not line.whole:
        return None
    values = {}
    for column, cell in sheet.table.columns.items():
        text = line.cells.get(column)
        if text is None:  # the header line lacks the column, which is a fault already
            continue
        try:
            values[column] = cell.read(text)
        except MisfitError as misfit:
            place = (sheet.table.file, line.number, column)
            sheet.faults.append(Fault(*place, text, str(misfit)))
    whole = len(values) == len(sheet.table.columns)
    return sheet.table.record(**values) if whole else None


def _duplicate(entry: Entry, earlier: Entry) -> Fault:
    key = entry.table.key
    cells = entry.table.cells_of(entry.record)
    value = ", ".join(cells[column] or "(empty)" for column in key)
    expected = f"no second row with this {', '.join(key)}: {earlier.place} has it"
    return Fault(entry.table.file, entry.line, key[0], value, expected)


_ORDER: dict[str, int] = {table.file: number for number, table in enumerate(TABLES)}


def _place(fault: Fault) -> tuple[int, int]:
    return (_ORDER.get(fault.file, -1), fault.line or 0)
