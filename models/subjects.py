"""The tables whose rows are facts as they stand, and how rows of a table are written."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, insert, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.batches import execute_in_batches
from models.clients import ClientAwayRow, ClientHoursRow, ClientRow
from models.places import ClosureRow, LocationRow, OpeningHoursRow, RoomRow, TravelRow
from models.staff import ServiceRow, ShiftRow, TherapistRow, TimeOffRow
from scheduler import facts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """One table: its name, the class of its rows, and the columns that tell rows apart.

    ``unordered``: two rows with the same key columns in another order are the same row.
    """

    name: str
    row: type[Base]
    key: tuple[str, ...]
    unordered: bool = False

    @property
    def table(self) -> Table:
        """The table as SQLAlchemy's core sees it."""
        table = self.row.__table__
        assert isinstance(table, Table)  # noqa: S101 - for mypy: we map no joins
        return table

    def identify(self, row: Row) -> Hashable:
        """What a row has in common with its earlier and later versions, and with no other."""
        values = [row[column] for column in self.key]
        return frozenset(values) if self.unordered else tuple(values)

    def rows(self, session: Session, where: ColumnElement[bool] | None = None) -> list[Row]:
        """All rows in the order of their keys; a value that is not given comes first.

        ``where`` leaves out those for which it does not hold.
        """
        asked = select(*self.table.columns)
        if where is not None:
            asked = asked.where(where)
        found = [row._asdict() for row in session.execute(asked)]
        return sorted(found, key=lambda row: [(row[it] is not None, row[it]) for it in self.key])

    def save(self, session: Session, rows: Iterable[Row]) -> tuple[int, int]:
        """Write ``rows``: how many were inserted, and how many updated because they differ."""
        known = {self.identify(row): row for row in self.rows(session)}
        wanted = {self.identify(row): row for row in rows}
        new = [row for key, row in wanted.items() if key not in known]
        changed = [
            self._onto(known[key], row)
            for key, row in wanted.items()
            if key in known and self._differs(known[key], row)
        ]
        execute_in_batches(session, insert(self.row), new)
        execute_in_batches(session, update(self.row), changed)
        return len(new), len(changed)

    def _differs(self, known: Row, wanted: Row) -> bool:
        return any(known[name] != it for name, it in wanted.items() if name not in self.key)

    def _onto(self, known: Row, wanted: Row) -> dict[str, Any]:
        """``wanted``, but found by the primary key of ``known``."""
        return {**wanted, **{column.name: known[column.name] for column in self.table.primary_key}}


def columns_of(fact: DataclassInstance) -> dict[str, Any]:
    """The columns of a fact: its fields, save for the rows that hang on it."""
    return {it.name: getattr(fact, it.name) for it in fields(fact) if it.name != "phases"}


FACTS: tuple[tuple[Subject, type], ...] = (  # a row comes after those that it refers to
    (Subject("locations", LocationRow, ("location_id",)), facts.Location),
    (
        Subject("opening_hours", OpeningHoursRow, ("location_id", "weekday", "opens")),
        facts.OpeningHours,
    ),
    (Subject("closures", ClosureRow, ("location_id", "date")), facts.Closure),
    (Subject("rooms", RoomRow, ("room_id",)), facts.Room),
    (
        Subject("travel", TravelRow, ("from_location_id", "to_location_id"), unordered=True),
        facts.Travel,
    ),
    (Subject("services", ServiceRow, ("service_id",)), facts.Service),
    (Subject("therapists", TherapistRow, ("therapist_id",)), facts.Therapist),
    (
        Subject(
            "shifts",
            ShiftRow,
            ("therapist_id", "location_id", "weekday", "starts", "valid_from"),
        ),
        facts.Shift,
    ),
    (Subject("time_off", TimeOffRow, ("therapist_id", "starts_at")), facts.TimeOff),
    (Subject("clients", ClientRow, ("client_id",)), facts.Client),
    (
        Subject("client_hours", ClientHoursRow, ("client_id", "weekday", "starts")),
        facts.ClientHours,
    ),
    (Subject("client_away", ClientAwayRow, ("client_id", "first_day")), facts.ClientAway),
)
"""Each table with the fact of the same columns."""
