"""File names for feeds."""

from __future__ import annotations

import re
from hashlib import sha256

LONGEST = 200
"""Characters of a name before ``.ics``; common file systems take 255 bytes."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


def file_name(identifier: str) -> str:
    """Return a safe file name for any id: ``t01`` gives ``t01.ics``.

    Different ids give different names, and no name leaves its folder. Small letters, digits,
    ``-`` and ``_`` stay; every other byte becomes ``~`` and two hex digits, capitals too,
    because on some disks ``T01`` and ``t01`` are one file. An id that would grow too long
    ends in a digest instead.
    """
    octets = identifier.encode("utf-8", "surrogatepass")
    stem = "".join(chr(octet) if octet in _PLAIN else f"~{octet:02x}" for octet in octets)
    if _DEVICE.fullmatch(stem):  # Windows opens the printer, whatever the ending
        stem = f"~{octets[0]:02x}{stem[1:]}"
    if len(stem) > LONGEST:
        digest = sha256(octets).hexdigest()
        stem = f"{stem[: LONGEST - len(digest) - 2]}~~{digest}"
    return f"{stem or '~'}.ics"
