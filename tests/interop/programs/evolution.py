"""evolution-data-server, the store under GNOME Calendar and Evolution, on a bus of its own."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from tests.interop.readers import Entry, run, told
from tests.interop.site import Site

CLIENT = Path(__file__).with_name("evolution_client.py")
PYTHON = Path("/usr/bin/python3")
"""Debian's, which has the bindings."""

PATIENCE = 5
"""Seconds until what was fetched must be shown; where nothing changed, all of them are waited."""


class Evolution:
    """A running store; it is ended with the block."""

    name = "evolution-data-server"
    program = Path("/usr/libexec/evolution-source-registry")

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="careweave-evolution-")
        home = self._folder.name
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", PYTHON, CLIENT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": home,
                "XDG_RUNTIME_DIR": home,
                "GSETTINGS_BACKEND": "memory",
                "TZ": "Asia/Tokyo",  # none of our test zones
                "LC_ALL": "C.UTF-8",
            },
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()  # the client ends, and with it the bus and all on it
        try:
            self._process.wait(PATIENCE)
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._folder.cleanup()

    def version(self) -> str:
        """The version of Debian's package."""
        said = run("dpkg-query", "-W", "-f", "${Version}", "evolution-data-server")
        return said.partition("-")[0]

    def subscribe(self, url: str) -> Followed:
        """Follow an address, and wait until there is something to see."""
        followed = Followed(self, str(self.ask("subscribe", url)))
        followed.wait(bool)
        return followed

    def entries(self, calendar: bytes) -> list[Entry]:
        """What it shows of a calendar to which it subscribes."""
        with Site() as site:
            site.pages["/feed.ics"] = calendar
            return self.subscribe(site.url("/feed.ics")).shown()

    def ask(self, task: str, word: str) -> Any:
        """Let the client do something; AssertionError where it can't."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([task, word]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"{self.name} has failed to {task} {word}"
        return json.loads(line)


class Followed:
    """One address that the store follows."""

    def __init__(self, store: Evolution, uid: str) -> None:
        self._store, self._uid = store, uid

    def fetch(self) -> None:
        """Let it look at the address, and wait a while for what it shows to change."""
        before = self.shown()
        self._store.ask("refresh", self._uid)
        self.wait(lambda shown: shown != before)

    def shown(self) -> list[Entry]:
        """What it shows now."""
        return told(map(json.dumps, self._store.ask("entries", self._uid)))

    def wait(self, until: Callable[[list[Entry]], bool]) -> None:
        """Until it shows what is wanted, or for long enough."""
        end = time.monotonic() + PATIENCE
        while not until(self.shown()) and time.monotonic() < end:
            time.sleep(0.2)
