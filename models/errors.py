"""What can go wrong with the record, said to people.

Alembic and the database drivers each have their own exceptions; ``explain`` turns the ones that
a clinic can do something about into a ``StoreError`` and leaves our own mistakes alone.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The record can't be used as asked; the message names it and says what to do."""


class LockedError(StoreError):
    """Another program is writing, and for longer than this one waits."""


class DoubleBookingError(StoreError):
    """The database refused an appointment because somebody or a room would be booked twice."""


_LOCKED = "is locked by another program. Maybe wait until that one is done?"

_SQLITE = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_FULL": "can't grow: the disk is full. Nothing was changed. Maybe free some space?",
    "SQLITE_READONLY": "can't be written to. Maybe allow writing for its file and its folder?",
    "SQLITE_NOTADB": "is not a database. Maybe another file was meant?",
    "SQLITE_CORRUPT": "is damaged. Maybe restore the last backup?",
    "SQLITE_CANTOPEN": "can't be opened. Maybe allow reading and writing it and its folder?",
    "SQLITE_IOERR": "can't be read or written by the disk. Maybe check the disk and its space?",
    "SQLITE_PERM": "may not be opened. Maybe check who owns its file?",
}

_POSTGRESQL = {
    "55P03": _LOCKED,
    "40P01": "was changed by two programs at once. Nothing was changed here. Maybe try again?",
    "40001": "was changed by two programs at once. Nothing was changed here. Maybe try again?",
    "53100": "can't grow: the disk is full. Nothing was changed. Maybe free some space?",
    "25006": "can't be written to. Maybe it is a copy, and the main server was meant?",
    "42501": "doesn't allow this to its user. Maybe ask its owner for the rights?",
    "57P01": "was shut down. Nothing was changed. Maybe try again when it is back?",
}


def explain(error: DBAPIError, name: str) -> StoreError | None:
    """What ``error`` means for the database ``name``; None where it is a mistake of ours."""
    double = _double_booking(error)
    if double is not None:
        return double
    sentence = _sqlite_sentence(error) or _postgresql_sentence(error)
    kind = LockedError if sentence == _LOCKED else StoreError
    return kind(f"the database {name} {sentence}") if sentence else None


def _double_booking(error: DBAPIError) -> DoubleBookingError | None:
    """The guards' refusal: both databases say which guard it was."""
    diagnosis = getattr(error.orig, "diag", None)
    guard = str(getattr(diagnosis, "constraint_name", None) or error.orig)
    for resource in ("therapist", "room", "client"):
        if guard == f"no_double_{resource}":
            return DoubleBookingError(
                f"a {resource} would have two appointments at once, so nothing was changed. "
                "Maybe plan the weeks again, with the facts as they are now?"
            )
    return None


def _sqlite_sentence(error: DBAPIError) -> str | None:
    name = getattr(error.orig, "sqlite_errorname", None) or ""
    return next((text for prefix, text in _SQLITE.items() if name.startswith(prefix)), None)


def _postgresql_sentence(error: DBAPIError) -> str | None:
    """By SQLSTATE; a failure to connect has none and tells the reason in words."""
    try:
        state = error.orig.sqlstate  # type: ignore[union-attr]  # psycopg's, and only psycopg's
    except AttributeError:
        return None
    if state is None or state.startswith(("08", "28", "3D")):
        reason = " ".join(str(error.orig).split()).rstrip(".?")
        return f"can't be reached: {reason}. Maybe check its address, user and password?"
    return _POSTGRESQL.get(state)
