"""Measure: ``python -m bench.feeds [--radicale PROGRAM] [--seconds S]``, or ``make bench-feeds``.

The load comes from this process and the server is another one, so two cores are busy.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path

from bench.feeds import careweave, radicale
from bench.feeds.load import Ask, Measured, poll
from models.feed_links import FeedKind
from office.settings import set_setting

SUBSCRIBERS = 2000
LONGEST = 15
"""Seconds for what every subscriber asks once."""

HEAD = """\
| server | subscribers get | answers | per second | median | 99th percentile | kB each |
|---|---|--:|--:|--:|--:|--:|"""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.feeds")
    parser.add_argument("--radicale", type=Path, help="Radicale's program, to measure it as well")
    parser.add_argument("--seconds", type=float, default=5, help="of each kind of load")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        db, calendars = careweave.published(folder)
        print(f"{SUBSCRIBERS:,} subscribers of {len(calendars):,} calendars", end=", ")
        print(f"{sum(map(len, calendars.values())) / len(calendars) / 1000:.1f} kB on average.\n")
        print(HEAD, flush=True)
        _measure_ours(db, calendars, folder, given.seconds)
        if given.radicale:
            _measure_radicale(given.radicale, calendars, folder, given.seconds)


def _measure_ours(
    db: str, calendars: Mapping[careweave.Subject, bytes], folder: Path, seconds: float
) -> None:
    asks = careweave.subscribe(db, list(calendars), SUBSCRIBERS)
    with careweave.serving(db, folder / "log") as (port, process):
        _tell("Careweave, all calendars", "their first fetch", poll(port, asks, LONGEST, len(asks)))
        known = _measure_both("Careweave, all calendars", port, asks, len(calendars), seconds)
        set_setting(db, "clinic_name", "Willow", now=datetime.now(UTC), who="bench")
        _tell("Careweave, all calendars", "after a change", poll(port, known, LONGEST, len(known)))
        therapists = _therapists(calendars)
        asks = careweave.subscribe(db, therapists, SUBSCRIBERS)
        _measure_both("Careweave, 5 therapists", port, asks, len(therapists), seconds)
        _tell_memory(process)


def _measure_radicale(
    program: Path, calendars: Mapping[careweave.Subject, bytes], folder: Path, seconds: float
) -> None:
    with radicale.serving(program, folder) as (port, process):
        of = radicale.upload(port, {key: calendars[key] for key in _therapists(calendars)})
        asks = list(islice(cycle(of.values()), SUBSCRIBERS))
        _measure_both("Radicale, 5 therapists", port, asks, len(of), seconds)
        _tell_memory(process)


def _therapists(calendars: Mapping[careweave.Subject, bytes]) -> list[careweave.Subject]:
    """A few large calendars: Radicale keeps each entry in a file, and takes its time for that."""
    return [it for it in calendars if it[0] is FeedKind.THERAPIST][:5]


def _measure_both(
    server: str, port: int, asks: Sequence[Ask], calendars: int, seconds: float
) -> list[Ask]:
    """Subscribers who have nothing yet, and the same ones once they have it, who are returned."""
    known = _with_tags(port, asks, calendars)
    _tell(server, "the whole calendar", poll(port, asks, seconds))
    _tell(server, "what they have already", poll(port, known, seconds))
    return known


def _with_tags(port: int, asks: Sequence[Ask], calendars: int) -> list[Ask]:
    """The same requests, by subscribers who have the calendar already.

    The first so many ask for each calendar once, and those after them for the same in turn.
    """
    connection = HTTPConnection("127.0.0.1", port)
    tags = []
    for ask in asks[:calendars]:
        connection.request("GET", ask.path, headers=dict(ask.headers))
        answer = connection.getresponse()
        answer.read()
        names = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
        tags.append({name: answer.headers[tag] for name, tag in names})
    connection.close()
    return [
        replace(ask, headers={**ask.headers, **known})
        for ask, known in zip(asks, cycle(tags), strict=False)
    ]


def _tell(server: str, what: str, seen: Measured) -> None:
    statuses = ", ".join(f"{count:,} × {status}" for status, count in sorted(seen.statuses.items()))
    each = seen.octets / len(seen.waits) / 1000
    print(
        f"| {server} | {what} | {statuses} | {seen.per_second:,.0f} | "
        f"{seen.percentile(0.5):.0f} ms | {seen.percentile(0.99):.0f} ms | {each:.1f} |",
        flush=True,
    )


def _tell_memory(process: int) -> None:
    """On Linux, where the kernel knows it."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        (peak,) = [it for it in status.read_text().splitlines() if it.startswith("VmHWM")]
        print(f"| | memory at most | {int(peak.split()[1]) / 1000:.0f} MB | | | | |", flush=True)


if __name__ == "__main__":
    main()
