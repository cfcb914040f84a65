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


THERAPIST = 14
"""Columns for a therapist's name; a longer one goes on in the next line."""


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
            "" if entry.status == "booked" else entry.status,
        )
        for entry in week.entries
    ]
    if rows:
        headers = ("day", "time", "client", "service", "therapist", "where", "")
        show_table(headers, rows, whole=("day", "time", "where"))


def show_grid(week: Week) -> None:
    """For each location a grid of its therapists and the days, client by client."""
    _head(week)
    entries = sorted(week.entries, key=lambda it: (it.location, it.therapist, it.starts_at))
    screen = console()
    for location, here in groupby(entries, key=lambda it: it.location):
        screen.print(_grid(week, location, list(here), screen.width))


def _head(week: Week) -> None:
    last = week.monday + timedelta(days=6)
    what = "Draft" if week.of_draft else "Published schedule"
    about = f", {week.about}" if week.about else ""
    span = f"{day_words(week.monday)} - {day_words(last)} {last.year}"
    say(f"{what}{about}: {span}, {counted(len(week.entries), 'appointment')}")


def _grid(week: Week, location: str, entries: list[Entry], width: int) -> Table:
    days = [week.monday + timedelta(days=number) for number in range(7)]
    days = [day for day in days if any(it.starts_at.date() == day for it in entries)]
    table = Table(
        box=SIMPLE_HEAD,
        title=location,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        padding=0,
        pad_edge=False,
        show_lines=True,
    )
    table.add_column("", width=THERAPIST)
    room = (width - THERAPIST - 2) // len(days) - 1
    for day in days:
        table.add_column(day_words(day), no_wrap=True, width=min(room, 26))
    for therapist, theirs in groupby(entries, key=lambda it: it.therapist):
        mine = list(theirs)
        cells = [_cell((it for it in mine if it.starts_at.date() == day), room) for day in days]
        table.add_row(Text(therapist), *cells)
    return table


def _cell(entries: Iterable[Entry], room: int) -> Text:
    """A line for each appointment: when and who, and a plus where it is a companion."""
    lines = [
        f"{it.starts_at:%H:%M} {'+' if it.companion else ''}{_short(it.client, min(room, 26) - 7)}"
        for it in entries
    ]
    return Text("\n".join(lines))


def _short(name: str, room: int) -> str:
    """As much of a client's name as fits: ``Dina Young``, ``D. Young`` or ``Young``."""
    given, _, family = name.rpartition(" ")
    for text in (name, f"{given[:1]}. {family}"):
        if given and len(text) <= room:
            return text
    return family
