"""Opening the record: what is wrong with it is said to people."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from models.engine import journal_mode, parse
from models.network import load_network, save_network
from models.store import Store, StoreError, open_store, upgrade
from scheduler.facts import Network
from tests.models.samples import NOW, appointment, at, draft, network, save, visit

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "careweave.db"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the file for writing."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


def test_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(StoreError, match=r"careweave.db does not exist. Maybe run careweave db up"):
        open_store(str(path))
    assert not path.exists()


def test_a_folder(tmp_path: Path) -> None:
    for door in (open_store, upgrade):
        with pytest.raises(StoreError, match=r"is a folder. Maybe"):
            door(str(tmp_path))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder .*nowhere does not exist"):
        upgrade(str(tmp_path / "nowhere" / "careweave.db"))


def test_a_text_file_is_left_alone(path: Path) -> None:
    path.write_text("location_id,name\n" * 100)
    for door in (open_store, upgrade):
        with pytest.raises(StoreError, match=r"is not a database. Maybe another file"):
            door(str(path))
    assert path.read_text() == "location_id,name\n" * 100


def test_an_empty_file_wants_tables(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match=r"has no tables yet. Maybe run careweave db upgrade"):
        open_store(str(path))
    upgrade(str(path))
    open_store(str(path)).dispose()


@pytest.mark.parametrize("empty_database_url", ["postgresql"], indirect=True)
def test_an_empty_database_on_a_server_wants_tables(empty_database_url: str) -> None:
    with pytest.raises(StoreError, match=r"has no tables yet. Maybe run careweave db upgrade"):
        open_store(empty_database_url)


def test_a_foreign_database_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE recipes (id INTEGER)")
    foreign.close()
    for door in (open_store, upgrade):
        with pytest.raises(StoreError, match="holds tables that are not careweave's"):
            door(str(path))


def test_another_programs_alembic_database_is_foreign(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    store = open_store(empty_database_url)
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'c0ffee'"))
        for table in ("draft_visits", "draft_unbooked", "care_plan_phases"):
            session.execute(text(f"DROP TABLE {table}"))
        session.execute(text("ALTER TABLE care_plans RENAME TO recipes"))
    store.dispose()
    with pytest.raises(StoreError, match="not careweave's"):
        open_store(empty_database_url)


def test_a_newer_record_is_left_alone(database_url: str) -> None:
    store = open_store(database_url)
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    store.dispose()
    for door in (open_store, upgrade):
        with pytest.raises(StoreError, match=r"made by a newer careweave. Maybe update this one"):
            door(database_url)


def test_a_locked_file(path: Path) -> None:
    upgrade(str(path))
    impatient = f"sqlite:///{path}?timeout=0.05"
    store = open_store(impatient)
    with locked(path):
        for door in (open_store, upgrade):
            with pytest.raises(StoreError, match=r"is locked by another program. Maybe wait"):
                door(impatient)
        with pytest.raises(StoreError, match="is locked by another program"):
            save(store)
    save(store)
    store.dispose()


def test_a_reader_does_not_keep_a_writer_out(store: Store) -> None:
    save(store, appointment("a1"))
    with store.reading() as reading:
        assert len(load_network(reading).appointments) == 1
    with store.writing() as session:
        save_network(session, network(appointment("a2", "p2", at(1, "10:00"))))


def test_a_large_change_keeps_no_reader_out_before_its_commit(path: Path) -> None:
    upgrade(str(path))
    store = open_store(f"sqlite:///{path}?timeout=0.05")
    with store.writing() as session:
        session.execute(text("CREATE TABLE large (content)"))
        for _ in range(8):
            session.execute(text("INSERT INTO large VALUES (randomblob(1000000))"))
        with store.reading() as reading:
            assert load_network(reading) == Network()
    store.dispose()


def test_writers_wait_for_each_other(store: Store) -> None:
    """The second one would be told that it is locked out, were it not patient."""
    save(store)
    draft(store, [visit("p1", at(0, "10:00"))])
    draft(store, [visit("p2", at(0, "10:00"))])


def test_opened_for_reading_only(database_url: str) -> None:
    store = open_store(database_url, readonly=True)
    with pytest.raises(StoreError, match="was opened for reading only"), store.writing():
        pass
    with store.reading() as session:
        assert load_network(session) == Network()
    with pytest.raises(StoreError, match="can't be written to"), store.reading() as session:
        session.execute(text("DELETE FROM clients"))
    store.dispose()


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who may not do everything, should we be root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "careweave.db"
        upgrade(str(path))
        path.chmod(0o444)
        with without_rights():
            with pytest.raises(StoreError, match=r"can't be written to. Maybe"):
                open_store(str(path))
            with pytest.raises(StoreError, match=r"can't be written to. Maybe"):
                upgrade(str(path))
            store = open_store(str(path), readonly=True)
            with store.reading() as session:
                assert load_network(session) == Network()
            store.dispose()


def test_a_folder_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "careweave.db"
        upgrade(str(path))
        path.chmod(0o666)
        Path(folder).chmod(0o555)
        with without_rights():
            with pytest.raises(StoreError, match=r"since its folder can't. Maybe make the folder"):
                open_store(str(path))
            with pytest.raises(StoreError, match=r"can't be opened. Maybe allow reading and writ"):
                upgrade(str(path.with_name("new.db")))
            open_store(str(path), readonly=True).dispose()
        Path(folder).chmod(0o755)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_is_set_to_read_only_is_not_overruled(database_url: str) -> None:
    store = open_store(database_url)
    with store.engine.begin() as connection:
        name = connection.engine.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    store.dispose()
    with store.reading() as session:  # a pooled connection that read before it writes
        load_network(session)
    with pytest.raises(StoreError, match=r"can't be written to. Maybe it is a copy"):
        save(store)
    with store.reading() as session:
        assert load_network(session) == Network()
    store.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite's writers wait
def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.reading() as reading:
        assert load_network(reading) == Network()
        save(store)
        reading.expire_all()
        assert load_network(reading) == Network()
    with store.reading() as reading:
        assert load_network(reading) != Network()


@pytest.mark.parametrize("timeout", ["abc", "-1", "nan", "1&timeout=2"])
def test_a_timeout_that_is_none(path: Path, timeout: str) -> None:
    for door in (open_store, upgrade):
        with pytest.raises(StoreError, match=r"careweave.db is asked for with timeout=.*Maybe"):
            door(f"sqlite:///{path}?timeout={timeout}")
    assert not path.exists()


def test_a_server_that_is_not_there() -> None:
    for door in (open_store, upgrade):
        with pytest.raises(StoreError, match=r"clinic@127.0.0.1:1/x can't be reached: .*Maybe"):
            door("postgresql://clinic@127.0.0.1:1/x")


def test_no_password_is_shown() -> None:
    with pytest.raises(StoreError) as told:
        open_store("postgresql://clinic:s3cret@127.0.0.1:1/x")
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize("address", ["mysql://clinic/x", "sqlite://", "postgresql://a:b:c:d/x"])
def test_an_address_of_another_kind(address: str) -> None:
    with pytest.raises(StoreError, match=r"database.* can't"):
        open_store(address)


def test_an_address_may_be_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("a b%20?.db").database == str(tmp_path / "a b%20?.db")
    upgrade("a b%20?.db")
    assert [it.name for it in tmp_path.iterdir()] == ["a b%20?.db"]
    open_store("a b%20?.db").dispose()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 0), "WAL"),
    ],
)
def test_wal_only_where_it_is_sound(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_nothing_is_kept_of_a_unit_of_work_that_fails(store: Store) -> None:
    def fail() -> None:
        with store.writing() as session:
            save_network(session, network(), now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as session:
        assert load_network(session) == Network()
