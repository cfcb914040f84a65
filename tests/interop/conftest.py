"""Calendar programs as fixtures, and the page of what each of them made of our calendars.

``reader`` runs a test with each program. A test that is marked ``behaviour`` becomes a line of
docs/calendar-interop.md when ``make interop`` writes it. The programs are set up by
``make peers``; tests fail where one is missing, and ``CAREWEAVE_TEST_NO_PEERS=1`` says that
this is meant, and skips them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.interop.readers import Reader
from tests.interop.readers.libraries import IcalJs, Libical, Vobject
from tests.interop.readers.subscription import Khal, Subscription
from tests.interop.site import Site

NO_PEERS = (
    "There is no {} to test with, in {}. Maybe run make peers, or set CAREWEAVE_TEST_NO_PEERS=1 "
    "to go without?"
)

Differs = Callable[[str], None]

READERS = {it.name: it for it in (Libical(), IcalJs(), Vobject(), Khal())}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "behaviour(line): what the page says of this test")


def require(reader: Any) -> None:
    """Fail where a program is not set up, or skip where that is meant."""
    if not reader.program.exists():
        if os.environ.get("CAREWEAVE_TEST_NO_PEERS") == "1":
            pytest.skip(f"CAREWEAVE_TEST_NO_PEERS=1: nothing is tested with {reader.name}")
        pytest.fail(NO_PEERS.format(reader.name, reader.program))


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each program that reads calendars."""
    chosen = READERS[request.param]
    require(chosen)
    return chosen


@pytest.fixture(scope="session")
def libical() -> Libical:
    """The validator and classifier."""
    require(Libical)
    return Libical()


@pytest.fixture(scope="session")
def icaljs() -> IcalJs:
    """The one that knows types."""
    require(IcalJs)
    return IcalJs()


@pytest.fixture(scope="session")
def khal() -> Khal:
    """The one that subscribes."""
    require(Khal)
    return Khal()


@pytest.fixture
def differs(record_property: Callable[[str, object], None]) -> Differs:
    """Tell the page how a program differs from what we want."""
    return lambda how: record_property("differs", how)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server whose pages a test may change."""
    with Site() as running:
        yield running


@pytest.fixture
def subscribe(khal: Khal, tmp_path: Path) -> Callable[[str], Subscription]:
    """Follow an address with vdirsyncer."""
    folder = tmp_path / "subscription"
    folder.mkdir()
    return lambda url: Subscription(folder, url)
