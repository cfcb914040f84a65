"""Reading the exchange folder: CSV files to rows of text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from verifier.findings import UnreadableError
from verifier.tables import COLUMNS, OPTIONAL, Row, Tables


def read_folder(folder: Path) -> Tables:
    """The tables of a folder; raises ``UnreadableError`` with what is wrong in each file."""
    if not folder.is_dir():
        raise UnreadableError((f"{folder}: no such folder. Maybe the path was misspelt?",))
    tables: dict[str, list[Row]] = {}
    faults: list[str] = []
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        if path.exists() or name not in OPTIONAL:
            tables[name] = _read(path, columns, faults)
    if faults:
        raise UnreadableError(tuple(faults))
    return tables


def read_schedule(path: Path) -> list[Row]:
    """The rows of one table of appointments, with the same faults as ``read_folder``."""
    faults: list[str] = []
    rows = _read(path, COLUMNS["appointments"], faults)
    if faults:
        raise UnreadableError(tuple(faults))
    return rows


def _read(path: Path, columns: Iterable[str], faults: list[str]) -> list[Row]:
    """The rows of one file, or none and a fault."""
    try:
        # The signature that spreadsheets put before UTF-8 is no part of the first column.
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            delimiter = ";" if header.count(";") > header.count(",") else ","
            reader = csv.DictReader(file, delimiter=delimiter, restval="", strict=True)
            rows: list[Row] = list(reader)
            names = reader.fieldnames or ()
    except FileNotFoundError:
        faults.append(f"{path}: the file is missing. Maybe the export was not complete?")
    except UnicodeDecodeError:
        faults.append(f"{path}: the text is not UTF-8. Maybe save it as CSV UTF-8?")
    except (csv.Error, OSError) as error:
        faults.append(f"{path}: it can't be read as CSV: {error}. Maybe it is another file?")
    else:
        missing = [column for column in columns if column not in names]
        if not missing:
            return rows
        faults.append(f"{path}: no column {', '.join(missing)}. Maybe the header was changed?")
    return []
