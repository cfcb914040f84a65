"""The exchange folder of a network, written region by region: memory holds one region at a time."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from bench.networks.region import make_region
from office.exchange.book import records_of
from office.exchange.escape import escape
from office.exchange.tables import TABLES


def write_network(folder: Path, regions: int, seed: int, start: date) -> Mapping[str, int]:
    """Write independent regions of four clinics each; the number of rows by file.

    The same arguments give the same bytes, and a larger network begins with the same regions as
    a smaller one.

    Raises:
        ValueError: if there is no region, or ``start`` is no Monday.
    """
    if regions < 1:
        raise ValueError(f"the network has {regions} regions. Maybe 1, or 25?")
    folder.mkdir(parents=True, exist_ok=True)
    rows: Counter[str] = Counter()
    with ExitStack() as files:
        writers = {}
        for table in TABLES:
            file = files.enter_context(
                (folder / table.file).open("w", encoding="utf-8", newline="")
            )
            writers[table.name] = csv.writer(file)
            writers[table.name].writerow(table.columns)
        for number in range(regions):
            region = make_region(number, seed, start)
            for table in TABLES:
                if table.name == "services" and number > 0:
                    continue  # all regions offer the same
                for record in records_of(region, table):
                    cells = table.cells_of(record)
                    writers[table.name].writerow([escape(cells[c]) for c in table.columns])
                    rows[table.file] += 1
    return rows
