"""The page docs/calendar-interop.md: which program does what with our calendars, as it was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "docs" / "calendar-interop.md"

LINES = ("feeds", "subscriptions", "invites", "mails", "answers", "the whole way")
"""What lines begin with, in the order of the page."""

COLUMNS = ("libical", "ical.js", "vobject", "vdirsyncer + khal", "Thunderbird")
"""The programs that come first; others follow as they were run."""

HEAD = """\
# Calendar programs, as they were seen

`make interop` ran our feeds, invites and replies against programs that no one here wrote, and wrote
this page on {day}. It says what each of them did. "ok" means that it did what the line says, a
number that it did so within limits, and a dash that the line was not tried with it. The libraries
and vdirsyncer with khal also run in every `make test`.

## What was run

| Program | Version |
|---|---|
"""

FOOT = """
## What was not run

Google Calendar, Apple Calendar, Outlook and Outlook.com need accounts and the internet, so none
of them was run. For what they are known to do we follow the standards, Microsoft's published
specifications and public bug reports, which the code names where it matters: one yearly rule for
each change of clocks instead of lists, the invite as the last part of the first alternative,
tombstones for what was cancelled.

## How to run it

`make interop` wants Debian and root, installs what it needs (about 110 MB), and takes some
minutes. Nothing that it starts listens beyond this machine or outlives the run. Use a machine on
which that may be done: where another mail server is installed it refuses.

`make test` sets up the libraries, vdirsyncer and khal on its own. Where it can't, its tests say
what is missing; `CAREWEAVE_TEST_NO_PEERS=1 make test` goes without.
"""


@dataclass(slots=True)
class Cell:
    """What one program did for one line: the worst of all tests of it."""

    failed: bool = False
    differs: list[str] = field(default_factory=list)


class Page:
    """Listens to pytest, and writes the page at the end."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.lines: dict[str, dict[str, Cell]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what became of a test that stands for a line."""
        told = dict(report.user_properties)
        if report.when != "call" or "behaviour" not in told or report.skipped:
            return
        client = str(told["client"])
        self.versions[client] = str(told["version"])
        cell = self.lines.setdefault(str(told["behaviour"]), {}).setdefault(client, Cell())
        cell.failed |= report.failed
        if (how := str(told.get("differs", ""))) and how not in cell.differs:
            cell.differs.append(how)

    def pytest_sessionfinish(self) -> None:
        """Write the page, unless nothing was run."""
        if self.lines:
            PATH.write_text(self.text(datetime.now(UTC)), encoding="utf-8")

    def text(self, now: datetime) -> str:
        """The whole page."""
        programs = sorted(self.versions, key=_place(COLUMNS))
        lines = sorted(self.lines, key=lambda it: LINES.index(it.partition(":")[0]))
        versions = "".join(f"| {name} | {self.versions[name]} |\n" for name in programs)
        notes: list[str] = []
        rows = [
            (_sentence(line), *(self._cell(self.lines[line].get(it), notes) for it in programs))
            for line in lines
        ]
        table = _table(("What it does", *programs), rows)
        numbered = "".join(f"{number}. {note}\n" for number, note in enumerate(notes, 1))
        differences = f"\n## How they differ\n\n{numbered}" if notes else ""
        head = HEAD.format(day=f"{now:%-d %B %Y}")
        return f"{head}{versions}\n## Program by behaviour\n\n{table}{differences}{FOOT}"

    def _cell(self, cell: Cell | None, notes: list[str]) -> str:
        if cell is None:
            return "–"
        said = "**fails**" if cell.failed else "ok"
        for how in cell.differs:
            if how not in notes:
                notes.append(how)
            said += f" ({notes.index(how) + 1})"
        return said


def _place(order: Sequence[str]) -> Callable[[str], int]:
    """A key that sorts by an order, and leaves what is not in it at the end."""
    return lambda name: order.index(name) if name in order else len(order)


def _sentence(line: str) -> str:
    return line[0].upper() + line[1:]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
