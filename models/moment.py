"""How far the record is: the cheapest question after which nothing more needs to be read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

_ASK = text(
    "SELECT (SELECT version_num FROM alembic_version), (SELECT coalesce(max(id), 0) FROM audit)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The migration that the tables are at, and the number of the audit trail's last row.

    Whatever a use case changes of facts, settings and appointments, it adds a row to the audit
    trail, and writers take turns. So who sees the same moment twice has seen the same record.
    """

    schema: str
    entry: int


def moment(session: Session) -> Moment:
    """The moment that the session sees."""
    schema, entry = session.execute(_ASK).one()
    return Moment(schema, entry)
