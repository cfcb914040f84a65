"""Calendar programs that no one here wrote, and what each makes of a calendar.

Each reads the same bytes and tells of entries in the same words, so that one test judges all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

PEERS = Path(sys.prefix) / "peers"
"""Where ``make peers`` puts them: an environment, a folder and a program of their own."""

SOURCES = Path(__file__).parent

PATIENCE = 60
"""Seconds after which a program that does not end is taken for stuck."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """What a program shows of an appointment; instants are UTC, naive where it saw no zone.

    UIDs stay out of it, since vdirsyncer gives each entry of a subscription one of its own.
    """

    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    cancelled: bool


class Client(Protocol):
    """A program that deals with calendars."""

    @property
    def name(self) -> str:
        """What the page calls it."""

    @property
    def program(self) -> Path:
        """Where it is, if it is set up."""

    def version(self) -> str:
        """The version that was run."""


class Reader(Client, Protocol):
    """A program that reads a calendar."""

    def entries(self, calendar: bytes) -> list[Entry]:
        """What it shows, in order of time; AssertionError with its own words where it fails."""


class Subscription(Protocol):
    """An address that a program follows."""

    def fetch(self) -> None:
        """Look at it once more."""

    def shown(self) -> list[Entry]:
        """What the program shows now, in order of time."""


class Subscriber(Reader, Protocol):
    """A program that follows addresses."""

    def subscribe(self, url: str) -> Subscription:
        """Follow an address; its entries are there afterwards."""


def run(
    *command: str | Path, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> str:
    """Return what a program says; AssertionError with what it complains of where it fails.

    The machine's zone is none of our test zones, lest a program get times right by chance.
    """
    done = subprocess.run(
        [str(word) for word in command],
        input=given,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", **(environment or {})},
    )
    said = done.stdout.decode()
    assert done.returncode == 0, f"{command}: {said}{done.stderr.decode(errors='replace')}"
    return said


def told(lines: Iterable[str]) -> list[Entry]:
    """Entries from lines of JSON, as the little programs beside this file write them."""
    rows = [json.loads(line) for line in lines]
    return sorted(
        Entry(
            instant(row["starts_at"]),
            instant(row["ends_at"]),
            row["summary"],
            row["location"],
            row["description"],
            row["cancelled"],
        )
        for row in rows
    )


def instant(text: str) -> datetime:
    """The instant in UTC; a floating time stays naive, and so equals nothing that we wrote."""
    read = datetime.fromisoformat(text)
    return read.astimezone(UTC) if read.tzinfo else read
