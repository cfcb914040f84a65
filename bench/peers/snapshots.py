"""What a peer found, and when: the lines of OUT.jsonl.

Each line is an object: ``seconds`` since the facts were read, ``bound`` (proven, or null) and
``appointments``, rows as in ``appointments.csv`` of everything that would be booked, or null where
nothing new was found but the bound. A program that can't tell its schedule while it runs may
write its own ``points`` instead: they are drawn, never judged.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from office.exchange.tables import TABLES
from scheduler.facts import AppointmentStatus
from scheduler.outcome import Visit
from scheduler.parts import as_appointment
from scheduler.problem import Problem

Row = dict[str, str]
Rows = Callable[[], list[Row]]

_PAUSE = 0.2
"""Seconds between two lines: a schedule is a quarter of a megabyte."""

(_APPOINTMENTS,) = (table for table in TABLES if table.name == "appointments")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One line."""

    seconds: float
    bound: float | None = None
    appointments: list[Row] | None = None
    points: float | None = None


def snapshots_in(path: Path) -> Iterator[Snapshot]:
    """The lines of a file in order; none if there is no file, nor a line that was cut off."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield Snapshot(**json.loads(line))


def rows_of(problem: Problem, visits: Iterable[Visit]) -> list[Row]:
    """The appointments that would stand: what is not ours to move, and the visits."""
    standing = (a for a in problem.standing if a.status is AppointmentStatus.BOOKED)
    planned = map(as_appointment, visits)
    return [_APPOINTMENTS.cells_of(appointment) for appointment in (*standing, *planned)]


class Log:
    """Where a peer's schedules go; its clock starts when it is made, so make it after reading.

    Schedules that come in quick succession wait, so that only the last of them is written, with
    the time at which it was found. Closing writes what waits. So ``better`` takes a function
    that makes the rows: most are never asked for.
    """

    def __init__(self, path: Path) -> None:
        self._begun = time.monotonic()
        self._file = path.open("w", encoding="utf-8")
        self._waiting: tuple[Rows, Snapshot] | None = None
        self._written = -_PAUSE

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._write_what_waits()
        self._file.close()

    @property
    def seconds(self) -> float:
        """Since the facts were read."""
        return time.monotonic() - self._begun

    def better(self, rows: Rows, bound: float | None = None) -> None:
        """Note a better schedule."""
        self._waiting = rows, Snapshot(self.seconds, bound)
        if self.seconds - self._written >= _PAUSE:
            self._write_what_waits()

    def _write_what_waits(self) -> None:
        if self._waiting is not None:
            rows, snapshot = self._waiting
            self._waiting = None
            self._write(replace(snapshot, appointments=rows()))

    def tell(self, snapshot: Snapshot) -> None:
        """Write a line as it is, now."""
        self._write(snapshot)

    def _write(self, snapshot: Snapshot) -> None:
        said: dict[str, Any] = {
            "seconds": round(snapshot.seconds, 3),
            "bound": snapshot.bound,
            "appointments": snapshot.appointments,
        }
        if snapshot.points is not None:
            said["points"] = snapshot.points
        self._file.write(json.dumps(said, ensure_ascii=False) + "\n")
        self._file.flush()
        self._written = self.seconds
