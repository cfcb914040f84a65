"""Column types: instants in UTC, wall-clock times, enums by value and lists of words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum as PythonEnum

from sqlalchemy import JSON, DateTime, Dialect, Enum, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the instant {value} has no zone. Maybe it is a wall-clock time?")
        utc = value.astimezone(UTC)
        # SQLite keeps text: without the zone all of it has one length and sorts by time.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WallClock(TypeDecorator[datetime]):
    """A time as the clock on the wall shows it, wherever the person is. No zone is allowed."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it is."""
        if value is not None and value.tzinfo is not None:
            raise ValueError(f"the wall-clock time {value} has a zone. Maybe it is an instant?")
        return value


class TextTuple(TypeDecorator[tuple[str, ...]]):
    """Words in the order in which they were given."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str]:
        """Into a JSON list."""
        return list(value or ())

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:
        """Out of a JSON list."""
        return tuple(value or ())


class TextSet(TypeDecorator[frozenset[str]]):
    """Words without an order; stored sorted, so that equal sets are equal text."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str]:
        """Into a sorted JSON list."""
        return sorted(value or ())

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> frozenset[str]:
        """Out of a JSON list."""
        return frozenset(value or ())


def by_value(kind: type[PythonEnum]) -> Enum:
    """``kind`` stored as the text of its values, held by a named CHECK constraint."""
    return Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
