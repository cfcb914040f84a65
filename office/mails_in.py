"""Mails out of files: one mail, a calendar, an mbox, or a folder of these."""

from __future__ import annotations

import mailbox
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from feeds.replies import MOST_BYTES, Mail, Unreadable
from office.errors import OfficeError

ENDINGS = frozenset((".eml", ".ics", ".mbox", ".mbx"))
"""What is read in a folder."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The bytes of one mail. ``refused`` says why they are not all of it, where they are not."""

    content: bytes
    refused: Mail | None = None


def within_bounds(content: bytes) -> Incoming:
    """A mail, of which no more is kept than is ever read."""
    if len(content) <= MOST_BYTES:
        return Incoming(content)
    said = Unreadable(f"it has more than {MOST_BYTES:,} bytes: these are its first ones")
    return Incoming(content[:MOST_BYTES], Mail((said,)))


def mails_in(path: Path) -> Iterator[Incoming]:
    """Every mail of a file or folder; ``OfficeError`` for one that can't be read."""
    try:
        if path.is_dir():
            files = sorted(it for it in path.rglob("*") if it.suffix.lower() in ENDINGS)
            for file in files:
                yield from _in_file(file)
        else:
            yield from _in_file(path)
    except OSError as error:
        raise OfficeError(
            f"{str(path)!r} can't be read: {error.strerror}. Maybe another file?"
        ) from error


def mails_in_stream(stream: BinaryIO) -> Iterator[Incoming]:
    """Every mail of a stream, which is kept in a file of its own while it is read."""
    with tempfile.NamedTemporaryFile(prefix="careweave-") as file:
        shutil.copyfileobj(stream, file)
        file.flush()
        yield from mails_in(Path(file.name))


def _in_file(path: Path) -> Iterator[Incoming]:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if not content.startswith(b"From "):
        yield within_bounds(content)
        return
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as file:
                yield within_bounds(file.read(MOST_BYTES + 1))
    finally:
        box.close()
