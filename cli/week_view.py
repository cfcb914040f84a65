"""A week on the screen: a grid of therapists and days, or a list for one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from cli.output import console, counted, day_words, say, show_table

if TYPE_CHECKING:
    from office.entries import Entry
    from office.week import Week


def show_list(week: Week) -> None:
    """Every appointment on a line of its own, with all that is known of it."""
    _head(week)
    rows = [
        (
            day_words(entry.starts_at),
            f"{entry.starts_at:%H:%M}-{entry.ends_at:%H:%M}",
            entry.client,
            entry.service,
            entry.therapist,
            f"{entry.location}, {entry.room}",
            "" if entry.status == "booked" else entry.status,
        )
        for entry in week.entries
    ]
    if rows:
        headers = ("day", "time", "client", "service", "therapist", "where", "")
        show_table(headers, rows)


def show_grid(week: Week) -> None:
    """For each location a grid of its therapists and the days, client by client."""
    _head(week)
    entries = sorted(week.entries, key=lambda it: (it.location, it.therapist, it.starts_at))
    for location, here in groupby(entries, key=lambda it: it.location):
        console().print(_grid(week, location, list(here)))


def _head(week: Week) -> None:
    last = week.monday + timedelta(days=6)
    what = "Draft" if week.of_draft else "Published schedule"
    about = f", {week.about}" if week.about else ""
    span = f"{day_words(week.monday)} - {day_words(last)} {last.year}"
    say(f"{what}{about}: {span}, {counted(len(week.entries), 'appointment')}")


def _grid(week: Week, location: str, entries: list[Entry]) -> Table:
    days = [week.monday + timedelta(days=number) for number in range(7)]
    days = [day for day in days if any(it.starts_at.date() == day for it in entries)]
    table = Table(
        box=SIMPLE_HEAD,
        title=location,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        pad_edge=False,
        show_lines=True,
    )
    table.add_column("therapist", max_width=14)
    for day in days:
        table.add_column(day_words(day), no_wrap=True)
    for therapist, theirs in groupby(entries, key=lambda it: it.therapist):
        mine = list(theirs)
        cells = [_cell(it for it in mine if it.starts_at.date() == day) for day in days]
        table.add_row(Text(therapist), *cells)
    return table


def _cell(entries: Iterable[Entry]) -> Text:
    return Text("\n".join(f"{it.starts_at:%H:%M} {_short(it)}" for it in entries))


def _short(entry: Entry) -> str:
    """The client in a few letters, as in ``D. Young``; a companion is marked with a plus."""
    given, _, family = entry.client.rpartition(" ")
    name = f"{given[:1]}. {family}" if given else family
    return f"+{name}" if entry.companion else name
