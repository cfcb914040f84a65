"""From the text of a cell to a value.

Each reader takes the text and raises ``ValueError`` with what was expected instead, so
that a fault reads "'abc' is not a whole number. Maybe 60?".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from verifier.plans import RHYTHMS, Rhythm

# Cells of different columns have different types; their names give them one again.
Reader = Callable[[str], Any]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def text(cell: str) -> str:
    """Any text but none."""
    if not cell:
        raise ValueError("a name or an id. Maybe the cell was left empty?")
    return cell


def anything(cell: str) -> str:
    """Any text, none too."""
    return cell


def whole(cell: str) -> int:
    """A whole number from 0 on."""
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError("a whole number. Maybe 60?")
    return int(cell)


def positive(cell: str) -> int:
    """A whole number from 1 on."""
    number = whole(cell)
    if number == 0:
        raise ValueError("a number from 1 on. Maybe 1?")
    return number


def day(cell: str) -> date:
    """``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(cell) if _DATE.fullmatch(cell) else _no_date()
    except ValueError:
        raise ValueError("a date of the calendar. Maybe 2027-03-01?") from None


def moment(cell: str) -> datetime:
    """``YYYY-MM-DDTHH:MM``."""
    try:
        return datetime.fromisoformat(cell) if _MOMENT.fullmatch(cell) else _no_date()
    except ValueError:
        raise ValueError("a date and time. Maybe 2027-03-01T09:00?") from None


def clock(cell: str) -> int:
    """``HH:MM`` as minutes from midnight."""
    found = _CLOCK.fullmatch(cell)
    if found is None:
        raise ValueError("a time of the day. Maybe 09:00?")
    return int(found[1]) * 60 + int(found[2])


def weekday(cell: str) -> int:
    """``mon`` to ``sun`` as 0 to 6."""
    if cell not in _WEEKDAYS:
        raise ValueError("a weekday. Maybe mon?")
    return _WEEKDAYS.index(cell)


def rhythm(cell: str) -> Rhythm:
    """``2``, ``1`` or ``0.5`` sessions a week."""
    if cell not in RHYTHMS:
        raise ValueError("a number of sessions a week. Maybe 2, 1 or 0.5?")
    return RHYTHMS[cell]


def yes(cell: str) -> bool:
    """``yes``, or ``no``, which an empty cell means too."""
    if cell not in ("yes", "no", ""):
        raise ValueError("yes or no. Maybe no?")
    return cell == "yes"


def several(cell: str) -> tuple[str, ...]:
    """A list with ``;`` between its items, empty ones left out."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def one_of(*words: str) -> Reader:
    """One of these words."""

    def read(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"one of {', '.join(words)}. Maybe {words[0]}?")
        return cell

    return read


def maybe(reader: Reader) -> Reader:
    """An empty cell as None, others as the reader says."""
    return lambda cell: reader(cell) if cell else None


def _no_date() -> datetime:
    raise ValueError
