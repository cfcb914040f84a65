"""Whatever goes wrong is a 503 without detail: a program that gets it keeps what it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from office.serve_feeds import Feed, FeedDesk
from tests.web.conftest import Clock, Put
from web.app import make_app

SAID = "This is out of order for the moment.\n"


def run(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def missing(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"no database at all, but a text that somebody saved under its name" * 20)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def older(path: Path) -> None:
    run(path, "UPDATE alembic_version SET version_num = '0003'")


def newer(path: Path) -> None:
    run(path, "UPDATE alembic_version SET version_num = '9999'")


def mutilated(path: Path) -> None:
    run(path, "DROP TABLE feed_links")


FAULTS = [missing, replaced, empty, older, newer, mutilated]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("fetched_before", [True, False])
def test_a_database_that_fails_is_a_503(
    client: httpx.Client,
    path_of: Callable[..., str],
    tmp_path: Path,
    fault: Callable[[Path], None],
    fetched_before: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = path_of()
    etag = client.get(path).headers["etag"] if fetched_before else '"x"'
    fault(tmp_path / "careweave.db")
    for answer in (client.get(path), client.get(path, headers={"If-None-Match": etag})):
        assert (answer.status_code, answer.text) == (503, SAID)
        assert answer.headers["retry-after"] == "60"
        assert not {"etag", "last-modified"} & set(answer.headers)
    assert path not in "".join(it.getMessage() for it in caplog.records if it.name != "httpx")
    assert "Traceback" not in caplog.text


def test_a_locked_database_is_a_503_and_then_works_again(
    client: httpx.Client, path_of: Callable[..., str], tmp_path: Path
) -> None:
    path = path_of()
    lock = sqlite3.connect(tmp_path / "careweave.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    assert client.get(path).status_code == 503
    assert client.get("/healthz").status_code == 503
    lock.execute("ROLLBACK")
    lock.close()
    assert client.get(path).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_while_somebody_writes_a_feed_has_a_tag_but_no_date(
    client: httpx.Client, path_of: Callable[..., str], tmp_path: Path
) -> None:
    path = path_of()
    lock = sqlite3.connect(tmp_path / "careweave.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    answer = client.get(path)
    assert answer.status_code == 200
    assert "last-modified" not in answer.headers
    has_it = {"If-None-Match": answer.headers["etag"]}
    assert client.get(path, headers=has_it).status_code == 304
    since = {"If-Modified-Since": answer.headers["date"]}
    assert client.get(path, headers=since).status_code == 200
    lock.execute("ROLLBACK")
    lock.close()
    assert "last-modified" in client.get(path).headers


def test_a_database_that_is_put_back_is_served_again(
    client: httpx.Client, path_of: Callable[..., str], tmp_path: Path
) -> None:
    path, file = path_of(), tmp_path / "careweave.db"
    assert client.get(path).status_code == 200
    file.rename(tmp_path / "aside.db")
    assert client.get(path).status_code == 503
    (tmp_path / "aside.db").rename(file)
    assert client.get(path).status_code == 200


class Broken(FeedDesk):
    """A desk with a fault that nobody thought of."""

    def fetch(self, secret: str, now: datetime) -> Feed | None:
        raise ValueError(f"Dina Young, 503-555-0101, {secret} at {now}")


def test_a_fault_that_nobody_thought_of_is_a_503_and_told_by_its_kind(
    put: Put, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "careweave")
    client = put(make_app(Broken("no.db"), clock))
    answer = client.get("/feeds/secret.ics")
    client.get("/feeds/secret.ics")  # a line is logged when its answer is out
    assert (answer.status_code, answer.text) == (503, SAID)
    ours = [record.getMessage() for record in caplog.records if record.name == "careweave.web"]
    assert ours[0] == "failed with ValueError"
    assert ours[1].startswith("GET /feeds/{token}.ics 503 ")
    assert "Dina" not in caplog.text
