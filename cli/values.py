"""What stands on the command line, as values: days and sessions."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from cli.desk import Desk

if TYPE_CHECKING:
    from scheduler.outcome import SessionKey


_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""The years that the exchange folder takes, so that all days can be written into it."""

_A_DAY = 24 * 60 * 60


class Day(click.ParamType[date]):
    """A day written ``YYYY-MM-DD``."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day; a usage error says what was expected."""
        if isinstance(value, date):
            return value
        text = str(value)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                self.fail(f"found {text!r}, but the calendar has no such day.", param, ctx)
            self.fail(f"found {text!r}, expected a date like 2027-02-22.", param, ctx)
        if day.isoformat() != text:
            self.fail(f"found {text!r}, expected a date. Maybe {day}?", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            years = f"from {_FIRST_YEAR} to {_LAST_YEAR}"
            self.fail(f"found {text!r}, expected a date {years}.", param, ctx)
        return day


class Monday(Day):
    """A day on which weeks begin; the program suggests the next one where none is given."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """The suggestion."""
        desk = ctx.find_object(Desk) if ctx else None
        today = (desk or Desk("")).today
        return f"Maybe {param.opts[0]} {today + timedelta(days=7 - today.weekday())}, next Monday?"


class Seconds(click.ParamType[float]):
    """A number of seconds, more than none and no more than a day."""

    name = "seconds"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds; a usage error says what was expected."""
        try:
            seconds = float(str(value))
        except ValueError:
            self.fail(f"found {value!r}, expected seconds. Maybe 60?", param, ctx)
        if not 0 < seconds <= _A_DAY:
            self.fail(
                f"found {value!r}, expected seconds, more than 0 and up to {_A_DAY:,}. Maybe 60?",
                param,
                ctx,
            )
        return seconds


class Whole(click.ParamType[int]):
    """A whole number from 0 to ``most``, such as ``like``."""

    def __init__(self, name: str, most: int, like: int) -> None:
        self.name, self._most, self._like = name, most, like

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number; a usage error says what was expected."""
        text = str(value)
        if not re.fullmatch(r"[0-9]{1,18}", text) or int(text) > self._most:
            self.fail(
                f"found {text!r}, expected a whole number from 0 to {self._most:,}. "
                f"Maybe {self._like}?",
                param,
                ctx,
            )
        return int(text)


DAY = Day()
MONDAY = Monday()
SECONDS = Seconds()
SEED = Whole("seed", 2**31 - 1, 1)
ROUNDS = Whole("rounds", 1_000_000, 100)


def session_key(words: tuple[str, ...]) -> SessionKey:
    """A session written ``p0001/3`` or ``p0001 3``; a usage error for anything else."""
    text = " ".join(words).strip()
    plan_id, _, number = text.replace("/", " ").strip().rpartition(" ")
    if "/" in text:
        plan_id, _, number = text.rpartition("/")
    if not plan_id.strip() or not number.strip().isdecimal():
        raise click.UsageError(
            f"found {text!r}, expected a session: its plan's id and its number. Maybe p0001/3?"
        )
    return plan_id.strip(), int(number)
