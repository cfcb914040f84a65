"""The small clinic network, weeks from today, run by its commands as its staff would."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.interop.readers import PATIENCE, run
from tests.office.clinic import FILES, MONDAY

ROOT = Path(__file__).parents[3]
MAILBOX = "appointments@willow.example"


CAREWEAVE = (sys.executable, "-c", "from cli.main import main; main()")


def careweave(db: Path, *words: str, **environment: str) -> Any:
    """Run a command; what it tells a program, or None where it has nothing to tell."""
    environment["PYTHONPATH"] = str(ROOT)
    said = run(*CAREWEAVE, "--db", db, *words, environment=environment)
    return json.loads(said) if "--json" in words else None


class Clinic:
    """A clinic with a database in a folder, whose first Monday lies weeks ahead."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.db = folder / "careweave.db"
        today = datetime.now(UTC).date()
        self.monday = today + timedelta(days=21 - today.weekday())

    def open(self) -> None:
        """Begin: with a mailbox, the facts, and a first schedule."""
        careweave(self.db, "db", "upgrade")
        careweave(self.db, "settings", "set", "mailbox", MAILBOX)
        careweave(self.db, "settings", "set", "clinic_name", "Willow")
        self.know()
        self.publish()

    def copy(self, folder: Path) -> Clinic:
        """Another one that is just as far."""
        shutil.copy(self.db, folder)
        return Clinic(folder)

    def know(self, changes: Mapping[str, tuple[str, str]] | None = None, **more: str) -> None:
        """Take in the facts, with a text in some files replaced by another, and ``more`` files.

        Nobody has an appointment yet. Dates are moved to the weeks ahead.
        """
        exchange = self._folder / "exchange"
        exchange.mkdir(exist_ok=True)
        for name, content in {**FILES, **more}.items():
            old, new = (changes or {}).get(name, ("", ""))
            assert old in content, (name, old)
            text = content.replace(old, new) if old else content
            if name != "appointments":
                (exchange / f"{name}.csv").write_text(self._ahead(text), encoding="utf-8")
        careweave(self.db, "import", str(exchange))

    def publish(self) -> None:
        """Plan two weeks anew, and publish them."""
        careweave(self.db, "schedule", "--from", str(self.monday), "--weeks", "2", "--seconds", "2")
        careweave(self.db, "publish", "--yes")

    def send(self, port: int) -> int:
        """Send all mails that wait to the server at a port; how many there were."""
        server = f"smtp://127.0.0.1:{port}"
        command = ("invites", "send", "--now-anyway", "--json")
        return int(careweave(self.db, *command, CAREWEAVE_SMTP=server)["sent"])

    def poll(self, port: int, password: str) -> Mapping[str, Any]:
        """Read the clinic's mailbox by IMAP at a port: how many answers hold, were set aside ..."""
        address = f"imap://{quote(MAILBOX, safe='')}@127.0.0.1:{port}/INBOX"
        secrets = {"CAREWEAVE_IMAP": address, "CAREWEAVE_IMAP_PASSWORD": password}
        taken: Mapping[str, Any] = careweave(self.db, "replies", "poll", "--json", **secrets)
        return taken

    def to_rebook(self) -> int:
        """How many sessions were declined, and are listed for another time."""
        return len(careweave(self.db, "replies", "list", "--json")["to_rebook"])

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The address of its feed server, which runs as long as the block."""
        server = subprocess.Popen(
            [*CAREWEAVE, "--db", self.db, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert server.stdout
        try:
            yield server.stdout.readline().split()[3].rstrip(".")
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=PATIENCE)

    def path(self, kind: str, key: str) -> str:
        """A new secret address of a feed, below that of the server."""
        link = careweave(self.db, "feeds", "link", kind, key, "--json")
        return urlsplit(str(link["https"])).path

    def _ahead(self, text: str) -> str:
        delta = self.monday - MONDAY
        return re.sub(
            r"\b\d{4}-\d{2}-\d{2}\b",
            lambda it: str(date.fromisoformat(it[0]) + delta),
            text,
        )
