"""Text that strangers wrote, made harmless for screens, and their addresses made comparable."""

from __future__ import annotations

LONGEST = 500
"""Letters that are kept of a comment."""


def printable(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line, without control characters, cut to ``longest`` letters."""
    line = " ".join("".join(it if it.isprintable() else " " for it in text[: 4 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def address_of(uri: str) -> str:
    """The mail address of a calendar user in lower case; empty where it is none.

    Programs write ``mailto:``, ``MAILTO:`` or the address alone. That the part before the @ may
    tell upper from lower case is theory: no provider does.
    """
    text = uri.strip()
    if text[:7].lower() == "mailto:":
        text = text[7:]
    address = text.strip().strip("<>").casefold()
    name, at, domain = address.rpartition("@")
    plain = bool(name and at and domain) and address.isprintable() and " " not in address
    return address if plain and len(address) <= 254 else ""  # noqa: PLR2004 - RFC 5321's limit
