"""Calendar programs as fixtures.

``make peers`` sets up the light ones, with which every run tests; ``make interop`` sets up and
adds the heavy ones (``CAREWEAVE_INTEROP=1``), and lets ``page.py`` write what came of it
(``CAREWEAVE_INTEROP=write``). Tests fail where a program is missing;
``CAREWEAVE_TEST_NO_PEERS=1`` says that this is meant, and skips them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.interop.page import Page
from tests.interop.programs.evolution import Evolution
from tests.interop.programs.mail_system import MailSystem
from tests.interop.programs.thunderbird import Thunderbird
from tests.interop.readers import Client, Reader, Subscriber
from tests.interop.readers.khal import Khal
from tests.interop.readers.libraries import IcalJs, Libical, Vobject
from tests.interop.site import Site

HEAVY = os.environ.get("CAREWEAVE_INTEROP", "") != ""

NO_PEERS = (
    "There is no {} to test with, in {}. Maybe run make {}, or set CAREWEAVE_TEST_NO_PEERS=1 "
    "to go without?"
)

THUNDERBIRD = Thunderbird()
LIBRARIES = (Libical(), IcalJs(), Vobject())
SUBSCRIBERS: tuple[Subscriber, ...] = (Khal(), *((THUNDERBIRD, Evolution()) if HEAVY else ()))
READERS: tuple[Reader, ...] = (*LIBRARIES, *SUBSCRIBERS)

Differs = Callable[[str], None]

collect_ignore = [] if HEAVY else ["programs"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "behaviour(line, client): what the page says of this test")
    if os.environ.get("CAREWEAVE_INTEROP") == "write":
        config.pluginmanager.register(Page())


@pytest.fixture(scope="session")
def started() -> Iterator[Callable[[Client], None]]:
    """Start a program once, and end it with the tests; fail where it is not set up."""
    running: set[str] = set()
    with ExitStack() as until_the_end:

        def start(client: Client) -> None:
            if not client.program.exists():
                missing(client)
            if isinstance(client, (Thunderbird, Evolution)) and client.name not in running:
                until_the_end.enter_context(client)
                running.add(client.name)

        yield start


def missing(client: Client) -> None:
    if os.environ.get("CAREWEAVE_TEST_NO_PEERS") == "1":
        pytest.skip(f"CAREWEAVE_TEST_NO_PEERS=1: nothing is tested with {client.name}")
    target = "interop" if HEAVY else "peers"
    pytest.fail(NO_PEERS.format(client.name, client.program, target))


@pytest.fixture(params=READERS, ids=lambda it: it.name)
def reader(request: pytest.FixtureRequest, started: Callable[[Client], None]) -> Reader:
    """Each program that reads calendars."""
    chosen: Reader = request.param
    started(chosen)
    return chosen


@pytest.fixture(params=SUBSCRIBERS, ids=lambda it: it.name)
def subscriber(request: pytest.FixtureRequest, started: Callable[[Client], None]) -> Subscriber:
    """Each program that follows addresses."""
    chosen: Subscriber = request.param
    started(chosen)
    return chosen


@pytest.fixture(params=LIBRARIES[:2], ids=lambda it: it.name)
def library(request: pytest.FixtureRequest, started: Callable[[Client], None]) -> Reader:
    """The libraries under those programs that take invites."""
    chosen: Reader = request.param
    started(chosen)
    return chosen


@pytest.fixture
def libical(started: Callable[[Client], None]) -> Libical:
    """The validator and classifier."""
    started(chosen := Libical())
    return chosen


@pytest.fixture
def icaljs(started: Callable[[Client], None]) -> IcalJs:
    """The one that knows types."""
    started(chosen := IcalJs())
    return chosen


@pytest.fixture
def thunderbird(started: Callable[[Client], None]) -> Thunderbird:
    """The one that follows addresses too."""
    started(THUNDERBIRD)
    return THUNDERBIRD


@pytest.fixture
def mail_system(started: Callable[[Client], None]) -> Iterator[MailSystem]:
    """A mail server with mailboxes that are empty."""
    started(chosen := MailSystem())
    with chosen:
        yield chosen


@pytest.fixture(autouse=HEAVY)
def on_the_page(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    """Say which line and column of the page a test fills.

    The column is that of the only client that the test asks for, or of the one that is named.
    """
    marker = request.node.get_closest_marker("behaviour")
    if marker is None:
        return
    line, *named = marker.args
    known = {"reader", "subscriber", "library", "libical", "icaljs", "thunderbird", "mail_system"}
    (name,) = named or known.intersection(request.fixturenames)
    client: Client = request.getfixturevalue(name)
    for key, value in ("behaviour", line), ("client", client.name), ("version", client.version()):
        record_property(key, value)


@pytest.fixture
def differs(record_property: Callable[[str, object], None]) -> Differs:
    """Tell the page how a program differs from what we want."""
    return lambda how: record_property("differs", how)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server whose pages a test may change."""
    with Site() as running:
        yield running
