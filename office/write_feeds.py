"""Write the published schedule as calendar files: one a therapist, location, room and client.

A file is only touched where it changes, so that a web server's "not modified" stays true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from feeds import file_name
from models.audit import last_day
from models.feed_links import FeedKind
from models.schedule import published_run
from office.errors import OfficeError, unwritable
from office.feed_appointments import LONG_AGO
from office.feed_contents import Clinic
from office.record import reading


@dataclass(frozen=True, slots=True)
class WrittenFeeds:
    """How many files there are of each kind, and how many of all had to be written anew."""

    folder: Path
    therapists: int
    locations: int
    rooms: int
    clients: int
    changed: int


def write_feeds(db: str, folder: Path) -> WrittenFeeds:
    """Write ``therapists/``, ``locations/``, ``rooms/`` and ``clients/`` below ``folder``.

    ``OfficeError`` where that is impossible.
    """
    with reading(db) as session:
        clinic = Clinic.load(session, _day(session))
    counts, changed = {}, 0
    try:
        for kind in FeedKind:
            subjects = clinic.names[kind]
            counts[f"{kind}s"] = len(subjects)
            for key in subjects:
                path = folder / f"{kind}s" / file_name(key)
                changed += _write(path, clinic.material(kind, key).calendar())
    except OSError as error:
        raise OfficeError(unwritable(folder, error)) from error
    return WrittenFeeds(folder, **counts, changed=changed)


def _day(session: Session) -> date:
    """The day around which files tell of appointments: that of the last planning.

    It is not today, so that files change only when something was published. Before there is a
    plan it is the day on which the record last changed.
    """
    run = published_run(session)
    return run.as_of if run else last_day(session) or LONG_AGO.date()


def _write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written; a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == content:
        return False
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)
    return True
