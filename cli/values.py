"""What stands on the command line, as values: days and sessions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scheduler.outcome import SessionKey


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
            self.fail(f"found {text!r}, expected a date like 2027-02-22.", param, ctx)
        if day.isoformat() != text:
            self.fail(f"found {text!r}, expected a date. Maybe {day}?", param, ctx)
        return day


DAY = Day()


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
