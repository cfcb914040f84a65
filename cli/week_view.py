"""A week on the screen: a grid of therapists and days, or a list for one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from cli.output import console, counted, day_words, moment_words, say, show_table, span_words

if TYPE_CHECKING:
    from office.entries import Entry
    from office.week import Week


THERAPIST = 14
"""Columns for a therapist's name; a longer one goes on in the next line."""

EDGES = 2
"""Columns that a table's left and right edge take."""

MINIMUM = 10
"""Columns for a day, however narrow the screen: its heading is as wide."""


def show_list(week: Week) -> None:
    """Every appointment on a line of its own, with all that is known of it."""
    _head(week)
    rows = [
        (
            day_words(entry.starts_at),
            f"{entry.starts_at:%H:%M}-{entry.ends_at:%H:%M}",
            entry.client,
            entry.service_id,
            entry.therapist,
            f"{entry.location}, {entry.room}",
            entry.answer if entry.status == "booked" else entry.status,
        )
        for entry in week.entries
    ]
    if rows:
        headers = ("day", "time", "client", "service", "therapist", "where", "")
        show_table(headers, rows, whole=("day", "time", "where"))


def show_grid(week: Week) -> None:
    """For each location a grid of its therapists and the days, client by client.

    No name is cut: where the screen is too narrow for all days, they go into several tables.
    """
    _head(week)
    entries = sorted(week.entries, key=lambda it: (*_place(it), *_person(it), it.starts_at))
    screen = console()
    forms = full_names(entries), short_names(entries)
    for (location, _), lot in groupby(entries, key=_place):
        here = list(lot)
        tables = min((_split(here, names, screen.width) for names in forms), key=len)
        for table in tables:
            table.title = location
            screen.print(table)


def _place(entry: Entry) -> tuple[str, str]:
    return entry.location, entry.location_id


def _person(entry: Entry) -> tuple[str, str]:
    return entry.therapist, entry.therapist_id


def _head(week: Week) -> None:
    last = week.monday + timedelta(days=6)
    what = "Draft" if week.of_draft else "Published schedule"
    about = f", {week.about}" if week.about else ""
    span = span_words(week.monday, last)
    say(f"{what}{about}: {span}, {counted(len(week.entries), 'appointment')}")
    declined = [it for it in week.entries if it.answer == "declined"]
    if declined:
        say(f"Declined, to be rebooked: {', '.join(map(_declined, declined))}.")
    if week.elsewhere:
        say(f"That week's appointments of {week.whose} are at {', '.join(week.elsewhere)}.")
    elif week.whose and not week.entries:
        say(f"That week has no appointments of {week.whose} at any other location either.")


def _declined(entry: Entry) -> str:
    session = f"{entry.plan_id}/{entry.session_number}"
    return f"{moment_words(entry.starts_at)} {entry.client} ({session})"


def full_names(entries: Iterable[Entry]) -> dict[str, str]:
    """What each client is called; clients of one and the same name with their ids."""
    names = {it.client_id: it.client for it in entries}
    alike = Counter(names.values())
    return {key: f"{name} ({key})" if alike[name] > 1 else name for key, name in names.items()}


def short_names(entries: Iterable[Entry]) -> dict[str, str]:
    """``D. Young`` for ``Dina Young``, unless it may be somebody else."""
    names = full_names(entries)
    short = {key: _short(name) for key, name in names.items()}
    alike = Counter(short.values())
    return {key: names[key] if alike[name] > 1 else name for key, name in short.items()}


def _short(name: str) -> str:
    given, _, family = name.rpartition(" ")
    return f"{given[:1]}. {family}" if given and not family.endswith(")") else name


def _split(entries: Sequence[Entry], names: Mapping[str, str], width: int) -> list[Table]:
    """Tables of as many days each as fit beside each other, about equally many."""
    days = sorted({it.starts_at.date() for it in entries})
    texts = [*map(day_words, days), *(_line(it, names) for it in entries)]
    room = width - THERAPIST - EDGES
    column = min(max(map(cell_len, texts)), max(room - 1, MINIMUM))
    fitting = max(room // (column + 1), 1)
    size = ceil(len(days) / ceil(len(days) / fitting))
    return [
        _table(entries, names, days[first : first + size], column)
        for first in range(0, len(days), size)
    ]


def _table(
    entries: Iterable[Entry], names: Mapping[str, str], days: Sequence[date], column: int
) -> Table:
    table = Table(
        box=SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        padding=0,
        pad_edge=False,
        show_lines=True,
    )
    table.add_column("", width=THERAPIST, overflow="fold")
    for day in days:
        table.add_column(day_words(day), width=column, overflow="fold")
    wanted = [it for it in entries if it.starts_at.date() in days]
    for (therapist, _), lot in groupby(wanted, key=_person):
        mine = list(lot)
        lines = ([_line(it, names) for it in mine if it.starts_at.date() == day] for day in days)
        table.add_row(Text(therapist), *(Text("\n".join(cell)) for cell in lines))
    return table


def _line(entry: Entry, names: Mapping[str, str]) -> str:
    """When and who, and a plus where it is a companion."""
    plus = "+" if entry.companion else ""
    return f"{entry.starts_at:%H:%M} {plus}{names[entry.client_id]}"
