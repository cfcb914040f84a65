"""One file of the folder as rows of text, with the lines that they stand on."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from itertools import chain, islice
from pathlib import Path

from office.exchange.escape import unescape
from office.exchange.faults import ExchangeFaults, Fault, maybe, quoted
from office.exchange.files import list_files, read_content
from office.exchange.tables import TABLES, Table

MAX_FAULTS = 10_000
"""After so many faults in one file the rest of it is not read."""

MAX_LINE = 2**20
"""Characters."""

_UNQUOTED = "Maybe a text with a comma or semicolon in it lacks its quotation marks?"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line that it starts on, and its cells by column, as far as there are any.

    ``whole`` is false where the row has more or fewer cells than the header line.
    """

    number: int
    cells: dict[str, str]
    whole: bool


@dataclass(slots=True)
class Sheet:
    """One file as far as it can be read; without a ``path`` it has no rows.

    ``faults`` gathers all its faults, those of its readers too; ``torn`` says that part of
    the file could not be read, so that nobody knows what it holds.
    """

    table: Table
    path: Path | None = None
    faults: list[Fault] = field(default_factory=list)
    torn: bool = False

    def fault(self, expected: str, line: int | None = None, value: str | None = None) -> None:
        """Note a fault of the file or of a line."""
        self.faults.append(Fault(self.table.file, line, None, value, expected))

    def tear(self, expected: str, line: int | None = None) -> None:
        """Note a fault that hides what stands there."""
        self.torn = True
        self.fault(expected, line)

    def lines(self) -> Iterator[Line]:
        """The rows below the header line, without empty ones; the file is read here."""
        if self.path is None:
            return
        try:
            rows = self._rows(read_content(self.path))
        except ExchangeFaults as refusal:
            self.torn = True
            self.faults.extend(refusal.faults)
            return
        start, header = next(rows, (1, []))
        if not self._accept(start, header):
            return
        for number, row in rows:
            whole = len(row) == len(header)
            if not whole:
                self.faults.append(self._miscounted(number, header, row))
            cells = {
                column: unescape(cell)
                for column, cell in zip(header, row, strict=False)
                if column in self.table.columns
            }
            yield Line(number, cells, whole)

    def _accept(self, line: int, header: list[str]) -> bool:
        """Whether the header line names any column at all; all its faults are noted."""
        columns = self.table.columns
        if not set(header) & set(columns):
            self.tear(f"the header line {','.join(columns)}", line)
            return False
        missing = columns.keys() - set(header)
        self.torn |= bool(missing)
        faults = chain(
            (self._not_here(line, column) for column in header if column not in columns),
            (
                Fault(self.table.file, line, column, column, "each column once")
                for column in columns
                if header.count(column) > 1
            ),
            (
                Fault(self.table.file, line, column, None, "this column in the header line")
                for column in columns
                if column in missing
            ),
        )
        self.faults.extend(islice(faults, MAX_FAULTS))
        return True

    def _miscounted(self, line: int, header: list[str], row: list[str]) -> Fault:
        """A fault of a row that has more or fewer cells than the header line."""
        found, wanted = len(row), f"{len(header)} cells, as in the header line; "
        if found < len(header):
            column = header[found]
            wanted += "this column and those after it have none"
        else:
            column = header[-1]
            wanted += f"after this column stands {quoted(row[len(header)])} as well. {_UNQUOTED}"
        cells = "1 cell" if found == 1 else f"{found} cells"
        return Fault(self.table.file, line, column, cells, wanted)

    def _not_here(self, line: int, column: str) -> Fault:
        known = self.table.columns
        expected = f"one of the columns {', '.join(known)}{maybe(column, known)}"
        return Fault(self.table.file, line, column, column, expected)

    def _rows(self, content: bytes) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(_text(content), delimiter=_delimiter(content), strict=True)
        while len(self.faults) < MAX_FAULTS:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                hint = "Maybe a quotation mark is not doubled or not closed?"
                self.tear(f"well-formed CSV ({error}). {hint}", line)
                continue
            if any(row):
                yield line, row
        self.tear(f"fewer than {MAX_FAULTS} faults; the rest of the file was not read")


def _text(content: bytes) -> Iterator[str]:
    for line in TextIOWrapper(BytesIO(content), encoding="utf-8", newline=""):
        if len(line) > MAX_LINE:
            raise csv.Error(f"a line is longer than {MAX_LINE} characters")
        yield line


def _delimiter(content: bytes) -> str:
    """What separates the names of the header line: a comma or a semicolon."""
    header = re.split(rb"[\r\n]", content, maxsplit=1)[0]
    return ";" if header.count(b";") > header.count(b",") else ","


def open_sheets(folder: Path, needless: Collection[str] = ()) -> tuple[list[Sheet], list[Fault]]:
    """A sheet for each table, and the faults of files that belong to none.

    A table that is missing has a sheet without rows, which is torn unless the file is
    optional or ``needless``. Raises ``ExchangeFaults`` where there is no such folder.
    """
    paths, strangers = list_files(folder)
    sheets = []
    for table in TABLES:
        sheet = Sheet(table, paths.get(table.name))
        if sheet.path is None and not table.optional and table.name not in needless:
            sheet.tear("this file in the folder")
        sheets.append(sheet)
    return sheets, strangers
