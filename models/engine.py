"""How the database is reached: addresses, pragmas and the way transactions begin."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from models.errors import StoreError

PATIENCE = 20
"""Seconds to wait for another program's lock. ``?timeout=`` in a SQLite URL says otherwise."""

WRITING = "careweave_writing"
"""Execution option of connections that take the writer's lock when they begin."""

WAITING = "careweave_waiting"
"""Execution option of connections that have another patience, in seconds."""

READING = "careweave_reading"
"""Execution option of connections that see one moment of the record and leave it as it is."""

WRITER_LOCK = 0x0CA4E
"""PostgreSQL's advisory lock for the one writer; any number that nobody else uses."""


def parse(address: str) -> URL:
    """``address`` as a URL: ``postgresql://…``, ``sqlite:///…``, or the bare path of a file."""
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).absolute()))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError("the database's address can't be read. Maybe careweave.db?") from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        _check_timeout(url)
        return url.set(database=str(Path(url.database).absolute()))
    raise StoreError(
        f"the database {url.render_as_string()} is of a kind that careweave can't use. "
        "Maybe a file like careweave.db, or postgresql://user@host/name?"
    )


def _check_timeout(url: URL) -> None:
    patience = url.query.get("timeout", str(PATIENCE))
    if not (isinstance(patience, str) and re.fullmatch(r"[0-9]{1,4}([.][0-9]+)?", patience)):
        raise StoreError(
            f"the database {url.database} is asked for with timeout={patience!r}, which is no "
            f"number of seconds below 10000. Maybe timeout={PATIENCE}?"
        )


def name_of(url: URL) -> str:
    """What people call the database: the file's path, or the address without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string()


def make_engine(
    url: URL, *, create: bool = False, readonly: bool = False, migrating: bool = False
) -> Engine:
    """An engine for a URL that ``parse`` gave; nothing is opened yet.

    ``create`` lets SQLite create the file. ``migrating`` leaves foreign keys unchecked while
    tables are rebuilt, and on PostgreSQL makes no difference.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, create=create, readonly=readonly, foreign_keys=not migrating)
    return _postgresql(url)


def _sqlite(url: URL, *, create: bool, readonly: bool, foreign_keys: bool) -> Engine:
    query = {
        "timeout": str(PATIENCE),
        **url.query,
        "uri": "true",
        "mode": "rwc" if create else "rw",
    }
    engine = create_engine(url.set(database=f"file:{quote(str(url.database))}", query=query))

    @event.listens_for(engine, "connect")
    def connect(dbapi: sqlite3.Connection, _: object) -> None:
        dbapi.isolation_level = None  # else Python begins transactions when it sees fit
        dbapi.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        dbapi.execute("PRAGMA synchronous = FULL")
        dbapi.execute("PRAGMA trusted_schema = OFF")
        if readonly:
            dbapi.execute("PRAGMA query_only = ON")
        else:
            dbapi.execute(f"PRAGMA journal_mode = {journal_mode(sqlite3.sqlite_version_info)}")
            # A full cache would be written to the file before the commit, and without WAL that
            # keeps every reader out until then.
            dbapi.execute("PRAGMA cache_spill = OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns writer may find its data changed meanwhile, and fails without
        # waiting. So writers take the lock at once.
        options = connection.get_execution_options()
        patience = options.get(WAITING, float(str(query["timeout"])))
        connection.connection.cursor().execute(f"PRAGMA busy_timeout = {1000 * patience:.0f}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITING) else "BEGIN")

    return engine


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL where this SQLite has the repair of the WAL-reset bug, which could lose commits.

    Repaired in 3.51.3, 3.50.7 and 3.44.6: https://sqlite.org/wal.html#walresetbug
    """
    repaired = (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
    return "WAL" if repaired else "DELETE"


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise StoreError(
            f"the database {name_of(url)} needs the driver psycopg. "
            "Maybe pip install 'careweave[postgres]'?"
        ) from None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(READING):
            # Said by each transaction: an option of SQLAlchemy's would be taken back by making
            # the connection a writing one, and overrule a server that is set to read only.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # One writer at a time, as on SQLite: what a transaction read stays true until it commits.
        if options.get(WRITING):
            patience = 1000 * options.get(WAITING, PATIENCE)
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience:.0f}ms'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    return engine


def reader(engine: Engine) -> Engine:
    """``engine`` for a unit of work that reads: it sees one moment of the record."""
    return engine.execution_options(**{READING: True})


def writer(engine: Engine, patience: float | None = None) -> Engine:
    """``engine`` for a unit of work that may write: it is the only one.

    It waits for others as many seconds as ``patience`` says, or else as everybody does.
    """
    waiting = {} if patience is None else {WAITING: patience}
    return engine.execution_options(**{WRITING: True, **waiting})
