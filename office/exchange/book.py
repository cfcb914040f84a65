"""The rows of a folder and of the database together, each row with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from office.exchange.faults import Fault
from office.exchange.tables import TABLES, Key, PlanPhase, Table
from scheduler.facts import Network, Phase


@dataclass(frozen=True, slots=True)
class Entry:
    """One record, and the line of the folder that gave it; ``None``: the database holds it."""

    table: Table
    record: Any
    line: int | None

    def fault(self, column: str, expected: str, value: str | None = None) -> Fault:
        """A fault of one cell of this row; its value is the whole cell unless given."""
        if value is None:
            value = self.table.columns[column].text(getattr(self.record, column))
        return Fault(self.table.file, self.line, column, value, expected)

    @property
    def place(self) -> str:
        """Where the row stands, in words."""
        return "the database" if self.line is None else f"line {self.line}"


@dataclass(slots=True)
class Book:
    """All rows by table and key.

    ``torn`` names the tables of which something could not be read at all, ``doubtful``
    by table the ids of rows with a fault: what these hold is not known, so nothing that
    refers to them is a fault of its own.
    """

    rows: dict[str, dict[Key, Entry]] = field(
        default_factory=lambda: {table.name: {} for table in TABLES}
    )
    torn: set[str] = field(default_factory=set)
    doubtful: dict[str, set[str]] = field(
        default_factory=lambda: {table.name: set() for table in TABLES}
    )

    def of(self, name: str) -> Iterator[Entry]:
        """The rows of one table in the order of their keys."""
        rows = self.rows[name]
        return (rows[key] for key in sorted(rows))

    def new(self, name: str) -> Iterator[Entry]:
        """The rows of one table that stand in the folder, in the order of their keys."""
        return (entry for entry in self.of(name) if entry.line is not None)

    def find(self, name: str, row_id: str) -> Entry | None:
        """The row with an id, if it is known and without fault."""
        return self.rows[name].get(((row_id,),))


def book_of(network: Network) -> Book:
    """The rows of a network, as the database holds them."""
    book = Book()
    for table in TABLES:
        rows = book.rows[table.name]
        for record in records_of(network, table):
            rows[table.key_of(record)] = Entry(table, record, None)
    return book


def records_of(network: Network, table: Table) -> list[Any]:
    """The records of one table in the order of their keys."""
    if table.record is PlanPhase:
        records = [
            PlanPhase(plan.plan_id, phase.phase, phase.frequency, phase.weeks)
            for plan in network.care_plans
            for phase in plan.phases
        ]
    else:
        records = list(getattr(network, table.name))
    return sorted(records, key=table.key_of)


def network_of(book: Book) -> Network:
    """The network that the rows make up."""
    records = {name: tuple(entry.record for entry in book.of(name)) for name in book.rows}
    phases = phases_by_plan(book)
    del records["care_plan_phases"]
    records["care_plans"] = tuple(
        replace(plan, phases=phases.get(plan.plan_id, ())) for plan in records["care_plans"]
    )
    return Network(**records)


def phases_by_plan(book: Book) -> dict[str, tuple[Phase, ...]]:
    """The phases of each plan in the order of their numbers."""
    rows = (entry.record for entry in book.of("care_plan_phases"))
    return {
        plan_id: tuple(Phase(row.phase, row.sessions_per_week, row.weeks) for row in group)
        for plan_id, group in groupby(rows, attrgetter("plan_id"))
    }
