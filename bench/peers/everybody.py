"""Who is compared, on what, and which version of what each of them is."""

from __future__ import annotations

import importlib
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.peers.instance import Order

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / ".bench"
MONDAY, WEEKS = date(2027, 2, 22), 6


@dataclass(frozen=True, slots=True)
class Peer:
    """One way to plan: its module below ``bench.peers``, its name on the page, its version.

    ``seeded``: each seed gives another schedule, so several are run and the median counts.
    """

    name: str
    title: str
    version: Callable[[], str]
    seeded: bool = False

    @property
    def settings(self) -> str:
        """How it is run, in its own words: its module's docstring, as Markdown."""
        said = importlib.import_module(f"bench.peers.{self.name}").__doc__ or ""
        _, _, rest = said.strip().partition("\n\n")
        titled = re.sub(r"^(.+)\n-+$", r"**\1**", rest or said, flags=re.MULTILINE)
        return titled.replace("``", "`").strip()


@dataclass(frozen=True, slots=True)
class Instance:
    """Six weeks of a clinic network, and who is run on them."""

    name: str
    folder: Path
    grid: int
    what: str
    everybody: bool = True

    def order(self, out: Path, seconds: float, seed: int) -> Order:
        """What to ask of a peer."""
        return Order(self.folder, out, MONDAY, WEEKS, MONDAY, self.grid, seconds, seed)


def _ours() -> str:
    return f"this commit, OR-Tools {version('ortools')} inside"


def _cpsat() -> str:
    return f"OR-Tools {version('ortools')}"


def _highs() -> str:
    return _installed("highs", "highspy")


def _timefold() -> str:
    return _installed("timefold", "timefold")


def _installed(environment: str, package: str) -> str:
    """A package's version in an environment of its own."""
    python = ENVIRONMENTS / environment / "bin" / "python"
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    if not python.exists():
        return f"{package}: not installed"
    done = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    return f"{package} {done.stdout.strip() or 'of unknown version'}"


def _in_here() -> str:
    return "written here"


PEERS = (
    Peer("ours", "Careweave", _ours, seeded=True),
    Peer("front_desk", "a good front desk", _in_here),
    Peer("ruin_and_recreate", "ruin and recreate", _in_here),
    Peer("cpsat", "CP-SAT, one model", _cpsat),
    Peer("highs", "HiGHS, the same matrix", _highs),
    Peer("timefold", "Timefold", _timefold),
)

INSTANCES = (
    Instance(
        "portland",
        ROOT / "demo" / "portland",
        15,
        "The demo: four clinics, with 334 promises for the first two weeks.",
    ),
    Instance(
        "portland-fresh",
        ROOT / "bench" / "instances" / "portland-fresh",
        15,
        "Four clinics with fuller weeks that begin anew: no history, and nothing is promised.",
    ),
    Instance(
        "portland-5-minutes",
        ROOT / "demo" / "portland",
        5,
        "The demo again, with starts every five minutes: three times as many slots.",
        everybody=False,
    ),
)
