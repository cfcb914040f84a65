"""How results look: tables for people, one JSON object for programs."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH = 100
"""Columns where nobody says how wide the screen is, as in a pipe."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def console(*, error: bool = False) -> Console:
    """A console on standard output or standard error as they are now."""
    stream = sys.stderr if error else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def say(*lines: str) -> None:
    """Sentences on standard output."""
    for line in lines:
        click.echo(line)


def say_wrapped(line: str, *, indent: int) -> None:
    """A long sentence, as wide as the screen; further lines are indented."""
    say(textwrap.fill(line, console().width, subsequent_indent=" " * indent))


def warn(*lines: str) -> None:
    """Sentences on standard error."""
    for line in lines:
        click.echo(line, err=True)


def show_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    right: Iterable[str] = (),
    whole: Iterable[str] = (),
) -> None:
    """A table; columns named in ``right`` hold numbers, those in ``whole`` stay on one line."""
    table = Table(
        box=SIMPLE_HEAD,
        title=title or None,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        header_style="bold",
    )
    numbers, unbroken = set(right), {*right, *whole}
    for header in headers:
        justify: Literal["left", "right"] = "right" if header in numbers else "left"
        table.add_column(header, justify=justify, no_wrap=header in unbroken, overflow="fold")
    for row in rows:
        # As Text, so that a client called "[bold]" is nothing special.
        table.add_row(*(Text(str(cell)) for cell in row))
    console().print(table)


def print_json(value: object, **more: object) -> None:
    """One JSON object, or a list of them, on standard output.

    ``more`` goes beside the fields of a dataclass, ahead of them.
    """
    whole = {**more, **_fields(value)} if is_dataclass(value) and more else value
    click.echo(json.dumps(whole, indent=2, ensure_ascii=False, default=_plain))


def _fields(value: Any) -> dict[str, object]:  # noqa: ANN401 - any dataclass
    return {field.name: getattr(value, field.name) for field in fields(value)}


_PLAIN: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (Enum, lambda value: value.value),
    (Path, str),
    (datetime, lambda value: value.isoformat(timespec="minutes")),
    (date, date.isoformat),
    (Mapping, dict),
    (frozenset, sorted),
)
"""How values are written that JSON has no word for; a datetime is a date too, so it comes first."""


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _fields(value)
    for kind, write in _PLAIN:
        if isinstance(value, kind):
            return write(value)
    raise TypeError(f"JSON can't hold a {type(value).__name__}")


def day_words(day: date) -> str:
    """As in ``Tue 2 Mar``, whatever the locale."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def span_words(first: date, last: date) -> str:
    """As in ``Mon 1 Mar - Sun 7 Mar 2027``; the first day's year too where it is another one."""
    year = "" if first.year == last.year else f" {first.year}"
    return f"{day_words(first)}{year} - {day_words(last)} {last.year}"


def moment_words(moment: datetime) -> str:
    """As in ``Tue 2 Mar 09:00``."""
    return f"{day_words(moment)} {moment:%H:%M}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """As in ``1 session`` and ``2,000 sessions``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
