"""The guards on PostgreSQL: exclusion constraints, which hold across transactions.

They are deferred, so two bookings can swap places within one transaction. An index that knows
equal text together with overlapping time would need the extension btree_gist, which a clinic's
server may not have. A range type over text needs none: the range from an id to itself overlaps
exactly the ranges that hold this id.
"""

from __future__ import annotations

from sqlalchemy import Connection

RESOURCES = (("therapist", "blocks_until"), ("room", "blocks_until"), ("client", "ends_at"))


def _double(resource: str, until: str) -> str:
    return f"""ALTER TABLE appointments ADD CONSTRAINT no_double_{resource} EXCLUDE USING gist (
        id_range({resource}_id, {resource}_id, '[]') WITH &&,
        tstzrange(starts_at, {until}) WITH &&
    ) WHERE (status = 'booked' AND NOT contested) DEFERRABLE INITIALLY DEFERRED"""


def _refuse(resource: str, until: str) -> str:
    """One branch of the function below: refuse mine if it overlaps a contested booking."""
    return f"""
    IF EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.status = 'booked' AND other.contested
        AND other.{resource}_id = mine.{resource}_id
        AND other.starts_at < mine.{until} AND other.{until} > mine.starts_at
    ) THEN
        RAISE EXCEPTION 'a {resource} would have two appointments at once'
        USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'no_double_{resource}';
    END IF;"""  # noqa: S608 - all words are our own


# The exclusion constraints leave contested bookings out, also against new ones. This trigger
# closes that door. It looks at the row as it is at the end of the transaction, not as it was
# when the event was queued.
_NOT_ON_CONTESTED = f"""CREATE FUNCTION not_on_contested() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine appointments%%ROWTYPE;
BEGIN
    SELECT * INTO mine FROM appointments WHERE appointment_id = NEW.appointment_id
    AND status = 'booked' AND NOT contested;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    {"".join(_refuse(*pair) for pair in RESOURCES)}
    RETURN NULL;
END $$"""  # noqa: S608 - all words are our own

_APPEND_ONLY = """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_append_only';
END $$"""

DROPS = (
    *(
        f"ALTER TABLE IF EXISTS appointments DROP CONSTRAINT IF EXISTS no_double_{resource}"
        for resource, _ in RESOURCES
    ),
    "DROP FUNCTION IF EXISTS not_on_contested CASCADE",
    "DROP FUNCTION IF EXISTS audit_append_only CASCADE",
    "DROP TYPE IF EXISTS id_range",
)
"""Statements that take away the guards, whichever there are; triggers go with their function."""

CREATES = (
    'CREATE TYPE id_range AS RANGE (subtype = text, collation = "C")',
    *(_double(resource, until) for resource, until in RESOURCES),
    _NOT_ON_CONTESTED,
    """CREATE CONSTRAINT TRIGGER not_on_contested AFTER INSERT OR UPDATE ON appointments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION not_on_contested()""",
    _APPEND_ONLY,
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)

CONSTRAINTS = tuple(f"no_double_{resource}" for resource, _ in RESOURCES)
TRIGGERS = ("not_on_contested", "audit_append_only")

_PRESENT = """
    SELECT conname FROM pg_constraint
    WHERE conrelid = to_regclass('appointments') AND contype = 'x' AND condeferred
    UNION ALL
    SELECT tgname FROM pg_trigger
    WHERE tgrelid IN (to_regclass('appointments'), to_regclass('audit')) AND tgenabled = 'O'
"""


def missing(connection: Connection) -> tuple[str, ...]:
    """Guards that are not there or not switched on."""
    present = set(connection.exec_driver_sql(_PRESENT).scalars())
    return tuple(name for name in (*CONSTRAINTS, *TRIGGERS) if name not in present)
