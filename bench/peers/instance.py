"""What a peer is asked, read from its command line, and the facts that it plans from."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from office.exchange import read_folder
from scheduler.horizon import Horizon
from scheduler.problem import Problem
from scheduler.settings import Settings


@dataclass(frozen=True, slots=True)
class Order:
    """Which weeks of which folder to plan, for how long, and where the schedules go.

    ``seconds`` count from the moment when the facts were read. ``grid`` is in minutes.
    """

    folder: Path
    out: Path
    start: date
    weeks: int
    as_of: date
    grid: int
    seconds: float
    seed: int

    def read(self) -> Problem:
        """The facts of the folder as the engine's problem. ``ExchangeFaults`` if it has any."""
        return Problem(
            read_folder(self.folder),
            Horizon(self.start, self.weeks),
            self.as_of,
            Settings(grid=self.grid),
        )

    @property
    def arguments(self) -> list[str]:
        """The command line that gives this order."""
        return [
            *(str(self.folder), str(self.out)),
            *("--from", str(self.start), "--weeks", str(self.weeks)),
            *("--as-of", str(self.as_of), "--grid", str(self.grid)),
            *("--seconds", f"{self.seconds:g}", "--seed", str(self.seed)),
        ]


def parse(what: str, arguments: Sequence[str] | None = None) -> Order:
    """The order of a command line; ``what`` is the peer in a sentence, for ``--help``."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("folder", type=Path, metavar="INSTANCE_DIR", help="an exchange folder")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl", help="where better schedules go")
    parser.add_argument(
        "--from", dest="start", type=date.fromisoformat, required=True, help="the first Monday"
    )
    parser.add_argument("--weeks", type=int, default=6)
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day of planning")
    parser.add_argument("--grid", type=int, default=15, help="minutes between starts")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    return Order(**{**vars(given), "as_of": given.as_of or given.start})
