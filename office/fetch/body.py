"""The body of an answer, as long as it may be and no longer, also once it is unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from office.fetch.errors import AnswerError

_GZIP = 16 + zlib.MAX_WBITS
"""What zlib calls gzip's format."""


def read_body(chunks: Iterable[bytes], encoding: str, most_bytes: int) -> bytes:
    """All of it, unpacked if ``encoding`` says so; ``AnswerError`` for more than ``most_bytes``.

    Unpacking stops at the limit: a few kilobytes can hold gigabytes.
    """
    packed = encoding.strip().lower()
    if packed in {"gzip", "x-gzip"}:
        chunks = _unpacked(chunks, most_bytes)
    elif packed not in {"", "identity"}:
        raise AnswerError("sent an answer packed in a way that was not asked for")
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most_bytes:
            raise too_large(most_bytes)
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            yield unpacker.decompress(chunk, most_bytes + 1)
    except zlib.error:
        raise AnswerError("sent an answer that can't be unpacked") from None
    if not unpacker.eof:
        raise AnswerError("sent an answer that broke off")


def too_large(most_bytes: int) -> AnswerError:
    """The fault of an answer that goes on for too long."""
    return AnswerError(f"sent more than {most_bytes // 1_000_000} MB")
