"""The files of a folder: which are there, and their bytes once they can be trusted as text."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Iterable
from pathlib import Path

from office.exchange.faults import ExchangeFaults, Fault, maybe
from office.exchange.tables import TABLES

MAX_BYTES = 64 * 2**20
"""A larger file is no clinic network, and is refused before it is read."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF8 = "a text in UTF-8. Maybe save the file as 'CSV UTF-8'?"


def list_files(folder: Path) -> tuple[dict[str, Path], list[Fault]]:
    """The files of the contract that a folder holds, by table, and the faults of the others.

    Raises ``ExchangeFaults`` where the folder can't be listed or holds no ``.csv`` file.
    """
    try:
        found = sorted(path.name for path in folder.iterdir())
    except (OSError, ValueError) as error:
        raise _refused(folder, "a folder that can be read", error) from error
    paths = {table.name: folder / table.file for table in TABLES if table.file in found}
    strangers = strangers_among(found)
    if not paths and not strangers:
        raise _refused(folder, f"a folder with files such as {TABLES[0].file}")
    return paths, strangers


def strangers_among(names: Iterable[str]) -> list[Fault]:
    """A fault for each ``.csv`` file that is not of the contract.

    Other files, and hidden ones, are nobody's business.
    """
    known = [table.file for table in TABLES]
    return [
        Fault(name, None, None, None, f"no other .csv file in the folder{maybe(name, known)}")
        for name in names
        if name not in known and name.lower().endswith(".csv") and not name.startswith(".")
    ]


def read_content(path: Path) -> bytes:
    """The bytes of a file, which are UTF-8 without a byte-order mark and hold no NUL.

    Raises ``ExchangeFaults`` where they are not, or the file is too large or not a file.
    """
    try:
        status = path.stat()  # opening comes later: it would wait for ever on a named pipe
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, "a file; this is something else of that name")
        if status.st_size > MAX_BYTES:
            size = f"{status.st_size / 2**20:.0f}"
            raise _refused(path, f"at most {MAX_BYTES // 2**20} MiB; this file has {size} MiB")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
    except OSError as error:
        raise _refused(path, "a file that can be read", error) from error
    _check_encoding(path, content)
    return content.removeprefix(codecs.BOM_UTF8)


def _check_encoding(path: Path, content: bytes) -> None:
    if content.startswith(_UTF16):
        raise _undecodable(path, content, 0, "UTF-16")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        at = error.start
        raise _undecodable(path, content, at, f"byte 0x{content[at]:02x} at offset {at}") from error
    nul = content.find(b"\0")
    if nul >= 0:
        raise _undecodable(path, content, nul, f"a NUL byte at offset {nul}")


def _undecodable(path: Path, content: bytes, offset: int, found: str) -> ExchangeFaults:
    line = content.count(b"\n", 0, offset) + 1
    return ExchangeFaults([Fault(path.name, line, None, found, _UTF8)])


def _refused(path: Path, expected: str, error: Exception | None = None) -> ExchangeFaults:
    if error is not None:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        expected = f"{expected} ({reason})"
    return ExchangeFaults([Fault(path.name or str(path), None, None, None, expected)])
