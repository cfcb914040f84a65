"""What a cell may hold: how each kind of value is read from text and written as text.

The kinds are strict. A cell is read as it stands, without trimming, and only in the one
form that the contract names, so that what is written again is what was read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from office.exchange.faults import maybe
from scheduler.facts import WEEKDAYS
from scheduler.screening import ABSOLUTE, PRECAUTIONS

MAX_ID = 200
MAX_TEXT = 10_000
"""Characters; longer ones fit neither a database's index nor a screen."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days beyond these are slips of the pen, and too near to the ends of the calendar."""

DAY: Final = 24 * 60
WEEK: Final = 7 * DAY
"""Minutes."""

_REQUIRED: Final = object()
_UNFIT_FOR_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PLACES_NOBODY_LIVES_IN = {"Factory", "localtime", "posixrules"}


class MisfitError(ValueError):
    """A cell that does not hold what its column asks for; the message says what that is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How the cells of a column are read and written.

    ``parse`` raises ``MisfitError``, with an expectation of its own or an empty one for
    ``expected``. ``empty`` is the value of an empty cell. ``refers_to`` names the table
    that holds the ids which stand in the cell.
    """

    expected: str
    parse: Callable[[str], object]
    write: Callable[[Any], str] = str
    empty: object = _REQUIRED
    refers_to: str | None = None

    def read(self, text: str) -> object:
        """The value of a cell. Raises ``MisfitError`` with what was expected."""
        if not text:
            if self.empty is _REQUIRED:
                raise MisfitError(f"{self.expected}; the cell can't be empty")
            return self.empty
        try:
            return self.parse(text)
        except MisfitError as misfit:
            raise MisfitError(str(misfit) or self.expected) from misfit

    def text(self, value: object) -> str:
        """The cell of a value, empty where the value is that of an empty cell."""
        return "" if value == self.empty else self.write(value)


def optional(cell: Cell, empty: object = None) -> Cell:
    """The same kind of cell, which may also be empty."""
    return replace(cell, empty=empty)


def _text(text: str) -> str:
    if len(text) > MAX_TEXT or _UNFIT_FOR_TEXT.search(text):
        raise MisfitError
    return text


def _name(text: str) -> str:
    if text.isspace():
        raise MisfitError
    return _text(text)


def _identifier(text: str) -> str:
    blank = not text or text != text.strip()
    if blank or len(text) > MAX_ID or ";" in text or not text.isprintable():
        raise MisfitError
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", _text(text)):
        raise MisfitError
    return text


def _zone(text: str) -> str:
    if text not in _zones():
        raise MisfitError(f"an IANA time zone like America/Los_Angeles{maybe(text, _zones())}")
    return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - _PLACES_NOBODY_LIVES_IN)


def _date(text: str) -> date:
    return _datetime(f"{text}T00:00").date()


def _time(text: str) -> time:
    if text == "24:00":
        raise MisfitError("a time HH:MM from 00:00 to 23:59; 24:00 is not one. Maybe '23:59'?")
    return _datetime(f"2000-01-01T{text}").time()


def _datetime(text: str) -> datetime:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", text):
        raise MisfitError
    _refuse_missing_day(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise MisfitError from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise MisfitError
    return moment


def _refuse_missing_day(text: str) -> None:
    """Say of 30 February that the calendar has none, rather than how a date is written."""
    year, month, day = (int(part) for part in text[:10].split("-"))
    if FIRST_YEAR <= year <= LAST_YEAR and month in range(1, 13) and day > 0:
        last = monthrange(year, month)[1]
        if day > last:
            raise MisfitError(f"a day that there is: {text[:7]} has {last} days")


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def whole_number(low: int, high: int, what: str = "a whole number") -> Cell:
    """A number from ``low`` to ``high``, both included, written in plain digits."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise MisfitError
        return int(text)

    return Cell(f"{what} from {low} to {high}", parse)


def choice(words: Iterable[str], value_of: Callable[[str], object]) -> Cell:
    """One word of a few."""
    by_word = {word: value_of(word) for word in words}
    word_of = {value: word for word, value in by_word.items()}

    def parse(text: str) -> object:
        if text not in by_word:
            raise MisfitError(f"{expected}{maybe(text, by_word)}")
        return by_word[text]

    expected = f"one of {', '.join(by_word)}"
    return Cell(expected, parse, lambda value: word_of[value])


def member(kind: type[Enum]) -> Cell:
    """The value of one member of an enumeration."""
    return choice([item.value for item in kind], kind)


def several(
    kind: Callable[[Iterable[str]], Collection[str]], item: Cell, expected: str | None = None
) -> Cell:
    """A list, each item once, kept in alphabetical order; the cell may be empty."""

    def parse(text: str) -> Collection[str]:
        items = text.split(";")
        for part in items:
            item.parse(part)
        if len(set(items)) < len(items):
            raise MisfitError(f"{expected}, each one once")
        return kind(sorted(items))

    expected = expected or f"a list of {item.expected}, separated by ';'"
    return Cell(
        expected, parse, lambda items: ";".join(sorted(items)), kind(()), refers_to=item.refers_to
    )


def ids_of(table: str) -> Cell:
    """An id that another table holds."""
    return replace(ID, refers_to=table)


ID = Cell(
    f"an id: at most {MAX_ID} visible characters, no ';' and no blank at either end", _identifier
)
NAME = Cell(f"a name of at most {MAX_TEXT} characters, without control characters", _name)
NOTE = Cell(f"a text of at most {MAX_TEXT} characters, without control characters", _text, empty="")
EMAIL = optional(Cell("an email address like name@clinic.example", _email), "")
ZONE = Cell("an IANA time zone like America/Los_Angeles", _zone)
DATE = Cell(f"a date YYYY-MM-DD from {FIRST_YEAR} to {LAST_YEAR}", _date, date.isoformat)
TIME = Cell("a time HH:MM from 00:00 to 23:59", _time, lambda value: value.isoformat("minutes"))
MOMENT = Cell(
    f"a date and time YYYY-MM-DDTHH:MM from {FIRST_YEAR} to {LAST_YEAR}", _datetime, _minute
)
WEEKDAY = choice(WEEKDAYS, WEEKDAYS.index)
YES_NO = choice(("yes", "no"), lambda word: word == "yes")
CONTRAINDICATION = choice(ABSOLUTE + PRECAUTIONS, str)
