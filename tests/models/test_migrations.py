"""The tables come from the migrations, up and down, and the guards with them."""

from __future__ import annotations

import ast
from typing import Literal

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from models.engine import make_engine, parse, writer
from models.guards import drop_guards, guards_in_place
from models.revisions import alembic_config
from models.store import StoreError, open_store, upgrade
from models.tables import metadata
from tests.models.samples import ROOT, appointment, at, save

HEAD = "0008"

ALL_AT_ONCE = text("""
    UPDATE appointments SET (starts_at, ends_at, blocks_until) = (
        SELECT starts_at, ends_at, blocks_until FROM appointments WHERE appointment_id = 'a1'
    )
""")


def migrate(connection: Connection, down_to: str) -> None:
    command.downgrade(alembic_config(connection), down_to)


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def test_up_down_and_up_again(empty_database_url: str) -> None:
    assert upgrade(empty_database_url).before is None
    engine = make_engine(parse(empty_database_url), migrating=True)
    with writer(engine).begin() as connection:
        assert tables(connection) == {*metadata.tables, "alembic_version"}
        migrate(connection, "base")
        assert tables(connection) == {"alembic_version"}
    engine.dispose()
    report = upgrade(empty_database_url)
    assert (report.before, report.after, report.changed) == (None, HEAD, True)
    open_store(empty_database_url).dispose()  # refuses missing guards


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    report = upgrade(database_url)
    assert (report.before, report.after, report.changed) == (HEAD, HEAD, False)


def test_tables_and_classes_agree(database_url: str) -> None:
    store = open_store(database_url)
    with store.reading() as session:
        options = {"compare_server_default": True}
        context = MigrationContext.configure(session.connection(), opts=options)
        assert compare_metadata(context, metadata) == []
        assert checks(session.connection()) == {
            str(it.name)
            for table in metadata.tables.values()
            for it in table.constraints
            if str(it.name).startswith("ck_")
        }
    store.dispose()


def checks(connection: Connection) -> set[str]:
    """Names of CHECK constraints, which Alembic does not compare."""
    seen = inspect(connection)
    return {
        str(it["name"])
        for table in seen.get_table_names()
        for it in seen.get_check_constraints(table)
    }


def test_an_older_record_is_named_and_can_be_upgraded(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = make_engine(parse(empty_database_url), migrating=True)
    with writer(engine).begin() as connection:
        migrate(connection, "0002")
    engine.dispose()
    with pytest.raises(StoreError, match=r"is older than this careweave. Maybe run careweave db"):
        open_store(empty_database_url)
    assert upgrade(empty_database_url).before == "0002"
    open_store(empty_database_url).dispose()


def test_a_lost_guard_is_missed_at_once_and_upgrade_puts_it_back(database_url: str) -> None:
    store = open_store(database_url)
    sqlite = store.engine.dialect.name == "sqlite"
    lost = "no_double_room_update" if sqlite else "no_double_room"
    drop = f"TRIGGER {lost}" if sqlite else f"CONSTRAINT {lost}"
    with store.writing() as session:
        session.execute(text(f"DROP {drop}" if sqlite else f"ALTER TABLE appointments DROP {drop}"))
        assert guards_in_place(session.connection()) == (lost,)
    store.dispose()
    with pytest.raises(
        StoreError, match=f"lacks the guards {lost}. Maybe run careweave db upgrade"
    ):
        open_store(database_url)
    upgrade(database_url)
    open_store(database_url).dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_guard_that_is_switched_off_is_missed(database_url: str) -> None:
    store = open_store(database_url)
    with store.writing() as session:
        session.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_append_only"))
    store.dispose()
    with pytest.raises(StoreError, match="lacks the guards audit_append_only"):
        open_store(database_url)


def test_a_rebuilt_table_gets_its_guards_back(database_url: str) -> None:
    """A batch operation copies the table on SQLite, and its triggers are gone."""
    store = open_store(database_url)
    with store.writing() as session:
        connection = session.connection()
        operations = Operations(MigrationContext.configure(connection))
        # PostgreSQL alters in place, and would not drop what other tables refer to.
        copies: Literal["always", "never"] = (
            "always" if connection.dialect.name == "sqlite" else "never"
        )
        with operations.batch_alter_table("appointments", recreate=copies) as batch:
            batch.alter_column("sequence", nullable=True)
        if store.engine.dialect.name == "sqlite":
            assert len(guards_in_place(connection)) == 8  # 3 x 2 against doubles, 2 for instants
    store.dispose()
    upgrade(database_url)
    open_store(database_url).dispose()


def test_doubles_from_a_time_without_guards_are_marked(database_url: str) -> None:
    store = open_store(database_url)
    save(store, appointment("a1"), appointment("a2", "p2", at(1, "10:00")))
    with store.writing() as session:
        drop_guards(session.connection())
        session.execute(ALL_AT_ONCE)
    store.dispose()
    upgrade(database_url)
    store = open_store(database_url)
    with store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM appointments WHERE contested")) == 2
    store.dispose()


def test_migrations_import_nothing_of_today() -> None:
    for file in (ROOT / "migrations" / "versions").glob("*.py"):
        nodes = [
            it for it in ast.walk(ast.parse(file.read_text())) if isinstance(it, ast.ImportFrom)
        ]
        names = {str(node.module).partition(".")[0] for node in nodes}
        assert names <= {"__future__", "alembic", "migrations", "typing"}, file.name


def test_migrations_carry_their_date() -> None:
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    assert files
    assert all(file.name[:4].isdecimal() and file.name[8] == "_" for file in files)
