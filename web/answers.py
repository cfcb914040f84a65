"""The answers that are no calendar: short, the same for everybody, and without any detail."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

RETRY = 60
"""Seconds after which to try again when the record could not be read."""

PRIVATE = {
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer says: the address is a secret, so keep it out of indexes and referrers."""


def plain(status: int, text: str, **headers: str) -> PlainTextResponse:
    """A line of text that nobody keeps."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return PlainTextResponse(
        f"{text}\n", status, headers={**PRIVATE, "Cache-Control": "no-store", **more}
    )


def not_found() -> PlainTextResponse:
    """For every address that opens nothing, be it wrong, replaced, revoked or a guess."""
    return plain(404, "There is nothing at this address.")


def unavailable() -> PlainTextResponse:
    """For every fault: programs keep what they have, where an empty 200 would clear it."""
    return plain(503, "This is out of order for the moment.", Retry_After=str(RETRY))


def too_many(seconds: int) -> PlainTextResponse:
    """For who asks too often."""
    return plain(429, "That was too often.", Retry_After=str(seconds))
