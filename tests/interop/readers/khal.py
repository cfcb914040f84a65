"""A subscription with vdirsyncer, shown by khal: what people use who live in a terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import finalize

from tests.interop.readers import PEERS, Entry, run
from tests.interop.readers.libraries import installed
from tests.interop.site import Site

BIN = PEERS / "python" / "bin"

VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair feed]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/entries"
fileext = ".ics"
"""

KHAL = """
[calendars]
[[feed]]
path = {folder}/entries
readonly = True
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[sqlite]
path = {folder}/khal.db
"""

SPAN = ("2026-01-01", "5500d")
"""What khal is asked to list: beyond all of our appointments, up to 2041."""

FIELDS = ("start-long", "end-long", "title", "location", "description", "status")


class Followed:
    """One address that vdirsyncer follows, in a folder."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        (folder / "entries").mkdir()
        for name, text in (("vdirsyncer", VDIRSYNCER), ("khal", KHAL)):
            (folder / name).write_text(text.format(folder=folder, url=url), encoding="utf-8")
        self._vdirsyncer("discover")
        self.fetch()

    def fetch(self) -> None:
        """Look at the address once more."""
        self._vdirsyncer("sync")

    def shown(self) -> list[Entry]:
        """What khal shows of it; it tells times in UTC, as it is told to."""
        fields = [word for field in FIELDS for word in ("--json", field)]
        config = ("-c", self.folder / "khal")
        lines = run(BIN / "khal", *config, "list", "--once", *SPAN, *fields).splitlines()
        return sorted(_entry(row) for line in lines for row in json.loads(line))

    def _vdirsyncer(self, task: str) -> None:
        run(BIN / "vdirsyncer", "-c", self.folder / "vdirsyncer", task)


def _entry(row: dict[str, str]) -> Entry:
    starts_at, ends_at = (
        datetime.fromisoformat(row[name]).replace(tzinfo=UTC) for name in FIELDS[:2]
    )
    texts = row["title"], row["location"], row["description"]
    return Entry(starts_at, ends_at, *texts, cancelled=row["status"] == "CANCELLED")


class Khal:
    """Each calendar as a fresh subscription."""

    name = "vdirsyncer + khal"
    program = BIN / "khal"

    def version(self) -> str:
        """The versions that pip installed."""
        return f"{installed('vdirsyncer')} + {installed('khal')}"

    def subscribe(self, url: str) -> Followed:
        """Follow an address; the folder goes with the subscription."""
        folder = TemporaryDirectory(prefix="careweave-vdirsyncer-")
        followed = Followed(Path(folder.name), url)
        finalize(followed, folder.cleanup)
        return followed

    def entries(self, calendar: bytes) -> list[Entry]:
        """What khal shows after vdirsyncer fetched the calendar from a server."""
        with Site() as site:
            site.pages["/feed.ics"] = calendar
            return self.subscribe(site.url("/feed.ics")).shown()
