"""The libraries under many calendar programs: libical, ical.js and vobject."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.interop.readers import PEERS, SOURCES, Entry, run, told

PYTHON = PEERS / "python" / "bin" / "python"


class Libical:
    """The C library under Evolution, GNOME Calendar, KDE and Cyrus."""

    name = "libical"
    program = PEERS / "libical"

    def version(self) -> str:
        """The version that was compiled against."""
        return run(self.program, "version").strip()

    def entries(self, calendar: bytes) -> list[Entry]:
        """What it reads."""
        return told(run(self.program, "entries", given=calendar).splitlines())

    def faults(self, calendar: bytes) -> list[str]:
        """What breaks RFC 5545, or the tables of RFC 5546 for the calendar's METHOD."""
        return run(self.program, "faults", given=calendar).splitlines()

    def classify(self, message: bytes, known: bytes | None, who: str) -> str:
        """What a message is to an attendee, who may know of the appointment: REQUEST-NEW ..."""
        with TemporaryDirectory() as folder:
            new, old = Path(folder, "new.ics"), Path(folder, "old.ics")
            new.write_bytes(message)
            if known is not None:
                old.write_bytes(known)
            return run(self.program, "classify", new, old if known else "-", who).strip()


class IcalJs:
    """The library under Thunderbird and Nextcloud."""

    name = "ical.js"
    program = PEERS / "node"
    package = PEERS / "npm" / "node_modules" / "ical.js"

    def version(self) -> str:
        """The version that npm installed."""
        text = (self.package / "package.json").read_text(encoding="utf-8")
        return str(json.loads(text)["version"])

    def entries(self, calendar: bytes) -> list[Entry]:
        """What it reads."""
        return told(self._said("entries", calendar).splitlines())

    def types(self, calendar: bytes) -> dict[str, str]:
        """The type that it takes each of the calendar's own properties for."""
        types: dict[str, str] = json.loads(self._said("types", calendar))
        return types

    def _said(self, task: str, calendar: bytes) -> str:
        library = self.package / "dist" / "ical.js"
        return run(self.program, SOURCES / "icaljs.mjs", library, task, given=calendar)


class Vobject:
    """A Python library, under Radicale and many scripts."""

    name = "vobject"
    program = PYTHON

    def version(self) -> str:
        """The version that pip installed."""
        return installed("vobject")

    def entries(self, calendar: bytes) -> list[Entry]:
        """What it reads."""
        return told(run(PYTHON, SOURCES / "vobject_entries.py", given=calendar).splitlines())


def installed(package: str) -> str:
    """The version of a package in the peers' environment."""
    code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
    return run(PYTHON, "-c", code, package).strip()
