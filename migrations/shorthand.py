"""Short words for the tables of the first day. The revisions that use them depend on every name.

Types are those of the database; what Python makes of them is the business of ``models``.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

Kind = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]
TEXT = sa.String

LOCATION = "locations.location_id"
ROOM = "rooms.room_id"
SERVICE = "services.service_id"
THERAPIST = "therapists.therapist_id"
CLIENT = "clients.client_id"
PLAN = "care_plans.plan_id"


def create(
    table: str,
    key: str,
    *columns: sa.Column[Any],
    refers: dict[str, str] | None = None,
    checks: dict[str, str] | None = None,
    unique: tuple[str, ...] = (),
) -> None:
    """A table whose constraints all have names."""
    constraints: list[sa.Constraint] = [
        sa.PrimaryKeyConstraint(*key.split(), name=op.f(f"pk_{table}"))
    ]
    for name, target in (refers or {}).items():
        named = op.f(f"fk_{table}_{name}")
        constraints.append(sa.ForeignKeyConstraint([name], [target], name=named))
    for name, sql in (checks or {}).items():
        constraints.append(sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}")))
    if unique:
        named = op.f(f"uq_{table}_{'_'.join(unique)}")
        constraints.append(sa.UniqueConstraint(*unique, name=named))
    op.create_table(table, *columns, *constraints)


def column(name: str, kind: Kind = TEXT, *, null: bool = False) -> sa.Column[Any]:
    """One column."""
    return sa.Column(name, kind, nullable=null)


def texts(names: str) -> list[sa.Column[Any]]:
    """Columns of text."""
    return [column(name) for name in names.split()]


def maybe(names: str, kind: Kind = TEXT) -> list[sa.Column[Any]]:
    """Columns that may be empty."""
    return [column(name, kind, null=True) for name in names.split()]


def numbers(names: str) -> list[sa.Column[Any]]:
    """Columns of whole numbers."""
    return [
        sa.Column(name, sa.Integer, nullable=False, autoincrement=False) for name in names.split()
    ]


def number_given_here(name: str) -> sa.Column[Any]:
    """The key that the database itself counts up."""
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=True)


def days(names: str) -> list[sa.Column[Any]]:
    """Columns of dates."""
    return [column(name, sa.Date) for name in names.split()]


def times(names: str) -> list[sa.Column[Any]]:
    """Columns of times of day."""
    return [column(name, sa.Time) for name in names.split()]


def instants(names: str) -> list[sa.Column[Any]]:
    """Columns of instants, in UTC."""
    return [column(name, sa.DateTime(timezone=True)) for name in names.split()]


def words(names: str) -> list[sa.Column[Any]]:
    """Columns of lists and mappings."""
    return [column(name, sa.JSON) for name in names.split()]


def choices(names: str) -> list[sa.Column[Any]]:
    """Columns of words out of a few; the table's checks say which."""
    return [column(name, sa.String(20)) for name in names.split()]


def flags(names: str) -> list[sa.Column[Any]]:
    """Columns of yes and no."""
    return [column(name, sa.Boolean) for name in names.split()]


def index_where(name: str, table: str, columns: str, where: str, *, unique: bool = False) -> None:
    """An index over the rows for which ``where`` holds."""
    op.create_index(
        name,
        table,
        columns.split(),
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def drop(tables: str) -> None:
    """Take tables away, in this order."""
    for table in tables.split():
        op.drop_table(table)
