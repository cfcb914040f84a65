"""Timefold's side: a Java program of ours, compiled against the jars of Timefold's wheel."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parents[3] / ".bench" / "timefold"
"""Where ``make .bench/timefold/ready`` puts the jars and the classes."""

_THREADS = 1
"""Collectors of garbage beside the one thread that searches: the machine is shared."""


class NotReadyError(RuntimeError):
    """Timefold isn't set up on this machine."""


class FailedError(RuntimeError):
    """Timefold's side ended with an error."""


def command(question: Path, seconds: float, seed: int, home: Path = HOME) -> list[str]:
    """What to run: search for ``seconds`` from the machine's start.

    Raises:
        NotReadyError: if the classes or the jars aren't there.
    """
    jars = sorted(home.glob("jars"))
    if not jars or not (home / "ready").exists():
        raise NotReadyError(f"{home} has no Timefold. Maybe: make .bench/timefold/ready")
    return [
        "java",
        "-XX:+UseParallelGC",
        f"-XX:ParallelGCThreads={_THREADS}",
        "-cp",
        f"{home / 'classes'}:{jars[0]}/*",
        "careweave.Peer",
        str(question),
        f"{seconds:.3f}",
        str(seed),
    ]


@contextmanager
def running(arguments: list[str]) -> Iterator[Iterator[str]]:
    """Run it and hand over its lines; whatever happens, it is over afterwards.

    Raises:
        FailedError: if it ends with an error.
    """
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - mypy can't know: it is a pipe
            yield iter(process.stdout)
            status = process.wait()
        finally:
            process.kill()
    if status:
        raise FailedError(f"Timefold ended with code {status}. Maybe what it wrote above says why?")
