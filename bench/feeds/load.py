"""Subscribers that poll: requests over kept connections, and how long each one took."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

CONNECTIONS = 16
"""Kept open, as a proxy keeps them; each carries one request at a time."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of a subscriber."""

    path: str
    headers: Mapping[str, str]

    def octets(self) -> bytes:
        """As it goes over the wire."""
        lines = [f"{name}: {value}\r\n" for name, value in self.headers.items()]
        return f"GET {self.path} HTTP/1.1\r\nHost: bench\r\n{''.join(lines)}\r\n".encode()


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of a stretch of load: answers by status, seconds, and each answer's seconds."""

    statuses: Mapping[int, int]
    seconds: float
    waits: Sequence[float]
    octets: int

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def percentile(self, part: float) -> float:
        """The milliseconds within which this part of all answers came."""
        ordered = sorted(self.waits)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)] * 1000


def poll(port: int, asks: Sequence[Ask], seconds: float, count: int | None = None) -> Measured:
    """Ask in turn until the seconds are over, or ``count`` requests are out."""
    return asyncio.run(_poll(port, asks, seconds, count))


async def _poll(port: int, asks: Sequence[Ask], seconds: float, count: int | None) -> Measured:
    turn = islice(cycle([ask.octets() for ask in asks]), count)
    statuses: Counter[int] = Counter()
    waits: list[float] = []
    sizes: list[int] = []
    started = time.perf_counter()

    async def subscriber() -> None:
        line = await asyncio.open_connection("127.0.0.1", port)
        for octets in _until(turn, started + seconds):
            asked = time.perf_counter()
            if line[0].at_eof():  # an older kind of server hangs up after each answer
                line[1].close()
                line = await asyncio.open_connection("127.0.0.1", port)
            line[1].write(octets)
            status, size = await _answer(line[0])
            waits.append(time.perf_counter() - asked)
            statuses[status] += 1
            sizes.append(size)
        line[1].close()

    await asyncio.gather(*(subscriber() for _ in range(CONNECTIONS)))
    return Measured(dict(statuses), time.perf_counter() - started, waits, sum(sizes))


def _until(turn: Iterator[bytes], end: float) -> Iterator[bytes]:
    for octets in turn:
        if time.perf_counter() > end:
            return
        yield octets


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The status and the size of the body, which is thrown away."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    size = int(rest.partition(b"\r\n")[0]) if rest and status != 304 else 0  # noqa: PLR2004 - no body
    await reader.readexactly(size)
    if b"connection: close" in head.lower() or head.startswith(b"HTTP/1.0"):
        await reader.read()  # until it hangs up
    return status, size
