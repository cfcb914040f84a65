"""What was measured, as JSON below ``bench/results/``: the page is made from it alone."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.judging import Judged
from bench.peers.everybody import ROOT

FOLDER = ROOT / "bench" / "results"

_MEASURED = (
    *("bench/peers", "bench/instances", "demo"),
    *("scheduler", "verifier", "constraints.txt"),
)
"""What the figures depend on: changes of anything else leave them valid."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a peer stood at a moment: points of its best schedule and its bound, where known."""

    seconds: float
    points: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """One run of one peer on one instance.

    ``first`` is when its first full schedule was there, in seconds. ``failed`` says why there is
    none. ``load`` is how many other jobs wanted the machine when it began.
    """

    peer: str
    instance: str
    seed: int
    seconds: float
    commit: str
    machine: str
    version: str
    day: str
    load: float
    first: float | None = None
    judged: tuple[Judged, ...] = ()
    curve: tuple[Point, ...] = field(default=())
    failed: str | None = None


def path_of(instance: str, peer: str, seed: int, folder: Path = FOLDER) -> Path:
    """The file of one run."""
    return folder / instance / f"{peer}-{seed}.json"


def save(result: Result, folder: Path = FOLDER) -> None:
    """Keep a result, instead of an earlier one of the same run."""
    path = path_of(result.instance, result.peer, result.seed, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Result | None:
    """The result in a file, if there is one that can be read."""
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        said["judged"] = tuple(Judged(**one) for one in said["judged"])
        said["curve"] = tuple(Point(**one) for one in said["curve"])
        return Result(**said)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def every(folder: Path = FOLDER) -> Iterator[Result]:
    """All results, in the order of their files' names."""
    for path in sorted(folder.glob("*/*.json")):
        result = load(path)
        if result is not None:
            yield result


def commit() -> str:
    """The last commit that changed what is measured, and whether something has changed since.

    Without Git, ``unknown``: then nothing counts as measured already.
    """
    try:
        last = _git("log", "-1", "--format=%h", "--", *_MEASURED)
        changed = _git("status", "--porcelain", "--", *_MEASURED)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{last} with changes" if changed else last


def is_settled(name: str) -> bool:
    """Whether a commit's name says all about what was measured."""
    return " " not in name and name not in {"", "unknown"}


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def machine() -> str:
    """Cores, processor, memory, system and Python."""
    processor = platform.processor() or platform.machine()
    info, memory = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if info.exists():
        names = [x.partition(":")[2] for x in info.read_text().splitlines() if "model name" in x]
        processor = " ".join((names or [processor])[0].split())
    size = ""
    if memory.exists():
        size = f", {int(memory.read_text().split()[1]) / 2**20:.0f} GiB"
    python = platform.python_version()
    return f"{os.cpu_count()} × {processor}{size}, {platform.system()}, Python {python}"
