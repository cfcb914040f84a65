"""The guards on SQLite: triggers, which hold row by row and at once.

Who moves several appointments therefore parks them first: see ``models.bookings``.
"""

from __future__ import annotations

from sqlalchemy import Connection


def _double(event: str, resource: str, until: str) -> str:
    """Refuse a booking that overlaps another one. On UPDATE the row's own old state is no other."""
    itself = "OLD" if event == "UPDATE" else "NEW"
    return f"""CREATE TRIGGER no_double_{resource}_{event.lower()}
BEFORE {event} ON appointments
WHEN NEW.status = 'booked' AND NOT NEW.contested AND EXISTS (
    SELECT 1 FROM appointments AS other
    WHERE other.status = 'booked'
    AND other.appointment_id <> {itself}.appointment_id
    AND other.{resource}_id = NEW.{resource}_id
    AND other.starts_at < NEW.{until}
    AND other.{until} > NEW.starts_at
)
BEGIN
    SELECT RAISE(ABORT, 'no_double_{resource}');
END"""  # noqa: S608 - all words are our own


def _instants(event: str) -> str:
    """Refuse text that is not written as we write instants: the comparison is one of text."""
    wrong = " OR ".join(
        f"NEW.{column} IS NOT strftime('%Y-%m-%d %H:%M:%f000', NEW.{column})"
        for column in ("starts_at", "ends_at", "blocks_until")
    )
    return f"""CREATE TRIGGER instants_{event.lower()}
BEFORE {event} ON appointments
WHEN {wrong}
BEGIN
    SELECT RAISE(ABORT, 'an instant is not written as 2027-02-22 17:30:00.000000');
END"""


def _audit(event: str) -> str:
    """Refuse changes to the audit trail; INSERT OR REPLACE is one in disguise."""
    when = "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)" if event == "INSERT" else ""
    return f"""CREATE TRIGGER audit_append_only_{event.lower()}
BEFORE {event} ON audit
{when}
BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END"""


GUARDS: dict[str, str] = {
    **{
        f"no_double_{resource}_{event.lower()}": _double(event, resource, until)
        for resource, until in (
            ("therapist", "blocks_until"),
            ("room", "blocks_until"),
            ("client", "ends_at"),
        )
        for event in ("INSERT", "UPDATE")
    },
    **{f"instants_{event.lower()}": _instants(event) for event in ("INSERT", "UPDATE")},
    **{
        f"audit_append_only_{event.lower()}": _audit(event)
        for event in ("INSERT", "UPDATE", "DELETE")
    },
}
"""Each trigger's name and text."""

CREATES = tuple(GUARDS.values())


def drops(connection: Connection) -> tuple[str, ...]:
    """Statements that take away the guards that there are."""
    return tuple(f"DROP TRIGGER {name}" for name in _present(connection) if name in GUARDS)


def missing(connection: Connection) -> tuple[str, ...]:
    """Guards that are not there, or not with the text that they have here."""
    present = _present(connection)
    return tuple(name for name, sql in GUARDS.items() if present.get(name) != sql)


def _present(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}
