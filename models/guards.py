"""What the database itself refuses: double bookings, and changes to the audit trail.

Alembic sees none of this, and its batch operations on SQLite drop triggers without a word. So
all of it stands here, is put back after every migration run, and is checked at every start.

A booked appointment that is not ``contested`` overlaps no other booked appointment of its
therapist or room (until the changeover is done) or of its client (hands-on minutes only).
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from models import guards_postgresql, guards_sqlite


def guards_in_place(connection: Connection) -> tuple[str, ...]:
    """The names of the guards that are missing or changed: empty where all is well."""
    if connection.dialect.name == "sqlite":
        return guards_sqlite.missing(connection)
    return guards_postgresql.missing(connection)


def drop_guards(connection: Connection) -> None:
    """Take the guards away, whichever there are, so that tables can be rebuilt."""
    for statement in _dialect_statements(connection)[0]:
        connection.exec_driver_sql(statement)


def install_guards(connection: Connection) -> None:
    """Put all guards in place. Overlaps that slipped in without them are marked contested."""
    drop_guards(connection)
    connection.execute(SETTLE)
    for statement in _dialect_statements(connection)[1]:
        connection.exec_driver_sql(statement)


def _dialect_statements(connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if connection.dialect.name == "sqlite":
        return guards_sqlite.drops(connection), guards_sqlite.CREATES
    return guards_postgresql.DROPS, guards_postgresql.CREATES


def _overlap(resource: str, until: str) -> str:
    return f"""EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.status = 'booked'
        AND other.appointment_id <> appointments.appointment_id
        AND other.{resource}_id = appointments.{resource}_id
        AND other.starts_at < appointments.{until}
        AND other.{until} > appointments.starts_at
    )"""  # noqa: S608 - both words are our own


_OVERLAPS = f"""(
    {_overlap("therapist", "blocks_until")}
    OR {_overlap("room", "blocks_until")}
    OR {_overlap("client", "ends_at")}
)"""

SETTLE = text(f"""
    UPDATE appointments SET contested = (status = 'booked' AND {_OVERLAPS})
    WHERE contested <> (status = 'booked' AND {_OVERLAPS})
""")  # noqa: S608 - all words are our own
"""Marks exactly the bookings that overlap another one as contested."""

RELEASE = text(f"""
    UPDATE appointments SET contested = false
    WHERE contested AND NOT (status = 'booked' AND {_OVERLAPS})
""")  # noqa: S608 - all words are our own
"""Clears the mark where nothing overlaps any more; sets none."""
