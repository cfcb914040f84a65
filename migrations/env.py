"""Runs the migrations in one transaction, with the guards away while tables are rebuilt."""

from __future__ import annotations

import os

from alembic import context
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.engine import make_engine, parse, writer
from models.guards import drop_guards, install_guards
from models.tables import metadata


def run(connection: Connection) -> None:
    """Migrate, then put the guards back, if these are the tables that they are made for.

    A batch operation on SQLite copies the table and loses its triggers without a word, so it
    is not left to each migration to remember them.
    """
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        drop_guards(connection)
        context.run_migrations()
        _check_references(connection)
        heads = context.get_context().get_current_heads()
        if heads and heads == tuple(ScriptDirectory.from_config(context.config).get_heads()):
            install_guards(connection)


def _check_references(connection: Connection) -> None:
    """SQLite checks no foreign keys while it migrates; a broken one takes everything back."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise ValueError(f"this migration leaves rows that refer to nothing: {broken[:5]}")


if context.is_offline_mode():
    raise SystemExit("The guards need a database to look at. Maybe run it without --sql?")

given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    address = context.get_x_argument(as_dictionary=True).get("db")
    url = parse(address or os.environ.get("CAREWEAVE_DB", "careweave.db"))
    with writer(make_engine(url, create=True, migrating=True)).begin() as own:
        run(own)
