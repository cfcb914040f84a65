"""The door to the record: open it, read in it, write in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.engine import make_engine, name_of, parse, reader, writer
from models.errors import DoubleBookingError, LockedError, StoreError, explain
from models.guards import guards_in_place
from models.revisions import State, state_of
from models.upgrade import UpgradeReport, upgrade

__all__ = [
    "DoubleBookingError",
    "LockedError",
    "Store",
    "StoreError",
    "UpgradeReport",
    "open_store",
    "upgrade",
]

EFFECTIVE = os.access in os.supports_effective_ids


@dataclass(frozen=True, slots=True)
class Store:
    """An open record. ``name`` is what people call it; ``engine`` is SQLAlchemy's.

    ``path`` is that of SQLite's file, and ``file`` the device and number that it had when it was
    opened; a server has neither.
    """

    name: str
    engine: Engine
    readonly: bool = False
    path: Path | None = None
    file: tuple[int, int] | None = None

    @property
    def in_place(self) -> bool:
        """Whether the file that was opened still lies where it lay; a server is its own place.

        SQLite goes on with a file that was deleted or replaced as if nothing had happened.
        """
        return self.path is None or self.file == _file_at(self.path)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the record and leaves it as it is."""
        with self._explained(), Session(reader(self.engine), autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[Session]:
        """The only writing session there is: commits at the end, or nothing was changed.

        ``LockedError`` where the record is locked for longer than ``patience``, in seconds, or
        than people are made to wait. ``StoreError`` where it is read-only, the disk is full, or
        the guards refuse a double booking.
        """
        if self.readonly:
            raise StoreError(f"the database {self.name} was opened for reading only")
        with self._explained(), Session(writer(self.engine, patience)) as session, session.begin():
            session.connection()  # takes the lock now, so that what is read stays true
            yield session

    def dispose(self) -> None:
        """Close all connections; the store opens new ones when it is used again."""
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            explained = explain(error, self.name)
            if explained is None:
                raise
            raise explained from error


def open_store(url: str, *, readonly: bool = False) -> Store:
    """Open the record at a URL or file path; it must be there and up to date.

    ``StoreError`` says what is wrong and what to do: nothing there, no database, not ours,
    older or newer than this program, locked, not writable, not reachable, guards missing.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        _check_file(parsed, readonly=readonly)
    path = Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None
    file = _file_at(path) if path else None
    store = Store(name_of(parsed), make_engine(parsed, readonly=readonly), readonly, path, file)
    try:
        _check(store)
    except BaseException:
        store.dispose()
        raise
    return store


def _file_at(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _check_file(url: URL, *, readonly: bool) -> None:
    path = Path(str(url.database))
    if path.is_dir():
        raise StoreError(f"the database {path} is a folder. Maybe {path / 'careweave.db'}?")
    if not path.exists():
        raise StoreError(
            f"the database {path} does not exist. Maybe run careweave db upgrade, which makes it?"
        )
    if readonly:
        return
    if not os.access(path, os.W_OK, effective_ids=EFFECTIVE):
        raise StoreError(f"the database {path} can't be written to. Maybe make the file writable?")
    if not os.access(path.parent, os.W_OK, effective_ids=EFFECTIVE):  # SQLite's journal lies there
        raise StoreError(
            f"the database {path} can't be written to, since its folder can't. "
            "Maybe make the folder writable?"
        )


def _check(store: Store) -> None:
    """Refuse a database that this program can't work with."""
    repair = "Maybe run careweave db upgrade?"
    with store.reading() as session:
        connection = session.connection()
        state = state_of(connection)
        missing = guards_in_place(connection) if state is State.CURRENT else ()
    if state is State.EMPTY:
        raise StoreError(f"the database {store.name} has no tables yet. {repair}")
    if state is State.OLDER:
        raise StoreError(f"the database {store.name} is older than this careweave. {repair}")
    state.refuse(store.name)
    if missing:
        raise StoreError(
            f"the database {store.name} lacks the guards {', '.join(missing)}. {repair}"
        )
