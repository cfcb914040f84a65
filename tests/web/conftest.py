"""The application on the small clinic network, at an instant that tests choose.

One real server on the loopback answers for all tests; each puts its own application on stage.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from office.feed_links import link
from office.serve_feeds import FeedDesk
from tests.office.clinic import NOW, settle
from web.app import make_app
from web.server import address_of, listen, make_server


class Stage:
    """An application that hands everything on to another one."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@dataclass
class Clock:
    """Stands still until somebody sets it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clinic(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file that knows the clinics, and waits for locks no longer than a test should."""
    path = shutil.copy(sqlite_template, tmp_path / "careweave.db")
    return settle(f"sqlite:///{path}?timeout=0.2", tmp_path)


@pytest.fixture(scope="session")
def stage() -> Iterator[tuple[Stage, str]]:
    """A server that runs, and its address."""
    stage, sock = Stage(), listen("127.0.0.1", 0)
    server = make_server(stage)
    thread = Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    yield stage, address_of(sock, tls=False)
    server.should_exit = True
    thread.join()


Put = Callable[[ASGIApp], httpx.Client]


@pytest.fixture
def put(stage: tuple[Stage, str]) -> Iterator[Put]:
    """Puts an application on stage, and gives a client that asks it."""
    with httpx.Client(base_url=stage[1]) as client:

        def put(app: ASGIApp) -> httpx.Client:
            stage[0].app = app
            return client

        yield put


@pytest.fixture
def desk(clinic: str) -> Iterator[FeedDesk]:
    desk = FeedDesk(clinic)
    yield desk
    desk.close()


@pytest.fixture
def client(put: Put, desk: FeedDesk, clock: Clock) -> httpx.Client:
    """Asks the application of the small clinic network."""
    return put(make_app(desk, clock))


@pytest.fixture
def path_of(clinic: str) -> Callable[..., str]:
    """Makes a link and gives its path."""

    def make(kind: str = "client", subject_id: str = "dina") -> str:
        made = link(clinic, kind, subject_id, now=NOW, who="mia")
        return "/feeds" + made.https.partition("/feeds")[2]

    return make
