"""Measure: ``python -m bench.ties [DIR] [--ties 2 6] [--seconds 60 120] [--seed 1]``.

Ties the regions of a network, plans six weeks in parts and then together, has the verifier
judge each schedule, and prints the table in Markdown. Without DIR it makes five regions.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.networks.folder import write_network
from bench.ties.compare import Row, compare
from bench.ties.network import tie
from office.exchange import read_folder
from scheduler.horizon import Horizon
from scheduler.problem import Problem
from scheduler.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.facts import Network

FIRST_DAY = date(2027, 2, 22)
WEEKS = 6
REGIONS = 5

HEAD = """\
| therapists in two | seconds, and taken | | parts | booked | at most | points | bound | gap |
|--:|--:|---|--:|--:|--:|--:|--:|--:|"""


def main() -> None:
    """Print the table row by row; what is under way goes to standard error."""
    given = _arguments()
    network = _network(given.folder, given.seed)
    print(HEAD, flush=True)
    for row in _rows(network, given.ties, given.seconds, given.seed):
        print(_line(row), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.ties")
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="an exchange folder")
    parser.add_argument("--ties", type=int, nargs="+", default=[2, 6], help="therapists (2 6)")
    parser.add_argument("--seconds", type=float, nargs="+", default=[60.0, 120.0], help="(60 120)")
    parser.add_argument("--seed", type=int, default=1, help="of networks, ties and search (1)")
    return parser.parse_args()


def _network(folder: Path | None, seed: int) -> Network:
    if folder is not None:
        return read_folder(folder)
    with TemporaryDirectory() as place:
        write_network(Path(place), REGIONS, seed, FIRST_DAY)
        return read_folder(Path(place))


def _rows(network: Network, ties: list[int], seconds: list[float], seed: int) -> Iterator[Row]:
    for count in ties:
        tied = tie(network, FIRST_DAY, count, seed)
        problem = Problem(tied, Horizon(FIRST_DAY, WEEKS), FIRST_DAY, Settings())
        for limit in seconds:
            for together in (False, True):
                print(f"{count} ties, {limit:g} s …", file=sys.stderr, flush=True)
                yield compare(problem, count, limit, seed, together=together)


def _line(row: Row) -> str:
    found = row.outcome
    figures = [
        str(row.ties),
        f"{row.limit:g}, {found.seconds:.0f}",
        "together" if row.together else "in parts, repaired",
        str(row.parts),
        f"{found.booked:,}",
        f"{found.most_bookable:,}",
        f"{found.points:,}",
        f"{found.bound:,}",
        f"{found.gap:.2%}",
    ]
    return f"| {' | '.join(figures)} |"


if __name__ == "__main__":
    main()
