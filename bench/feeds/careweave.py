"""Our own server, on the demo's clinics, with a link for each of many subscribers."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from bench.feeds.load import Ask
from models.feed_links import FeedKind, FeedLinkRow
from office.demo import NETWORK, demo_order
from office.feed_contents import Clinic
from office.feed_links import token_hash
from office.import_folder import import_folder
from office.publish import publish
from office.record import reading, writing
from office.schedule_weeks import schedule_weeks
from office.upgrade_database import upgrade_database

Subject = tuple[FeedKind, str]


def published(folder: Path) -> tuple[str, Mapping[Subject, bytes]]:
    """The database of the demo's four clinics with a schedule, and all calendars in it."""
    db, now = str(folder / "careweave.db"), datetime.now(UTC)
    upgrade_database(db)
    import_folder(db, NETWORK, now=now, who="bench")
    schedule_weeks(db, demo_order(2, 0), now=now, who="bench")
    publish(db, now=now, who="bench")
    with reading(db) as session:
        clinic = Clinic.load(session, now.date())
    calendars = {
        (kind, key): clinic.material(kind, key).calendar()
        for kind in FeedKind
        for key in clinic.names[kind]
    }
    return db, calendars


def subscribe(db: str, subjects: Sequence[Subject], count: int) -> list[Ask]:
    """A link for each of ``count`` subscribers, in turn for each subject; their requests.

    Each has an address of its own, as a proxy would tell.
    """
    tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    now = datetime.now(UTC)
    with writing(db) as session:
        session.add_all(
            FeedLinkRow(
                kind=kind,
                subject_id=key,
                token_hash=token_hash(token),
                created_at=now,
                created_by="bench",
            )
            for token, (kind, key) in zip(tokens, islice(cycle(subjects), count), strict=True)
        )
    return [
        Ask(
            f"/feeds/{token}.ics",
            {"Accept-Encoding": "gzip", "X-Forwarded-For": f"10.0.{number // 256}.{number % 256}"},
        )
        for number, token in enumerate(tokens)
    ]


@contextmanager
def serving(db: str, log: Path) -> Iterator[tuple[int, int]]:
    """The command itself, behind a proxy that is us: its port and its process."""
    program = "from cli.main import main; main()"
    command = [sys.executable, "-c", program, "--db", db, "serve", "--port", "0", "--behind-proxy"]
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            said = process.stdout.readline() if process.stdout else ""
            yield int(said.split()[3].rstrip(".").rpartition(":")[2]), process.pid
        finally:
            process.terminate()
