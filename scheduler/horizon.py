"""The stretch of days that a schedule is made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MAX_WEEKS = 26


class HorizonError(ValueError):
    """A horizon that can't be planned, with what to do instead."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """``weeks`` weeks from ``start``, a Monday."""

    start: date
    weeks: int

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            monday = self.start - timedelta(days=self.start.weekday())
            raise HorizonError(
                f"the horizon starts on {self.start:%A}, {self.start}, but weeks start on Monday. "
                f"Maybe {monday} or {monday + timedelta(days=7)}?"
            )
        if not 1 <= self.weeks <= MAX_WEEKS:
            raise HorizonError(
                f"the horizon has {self.weeks} weeks. Maybe a number from 1 to {MAX_WEEKS}?"
            )

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.start + timedelta(weeks=self.weeks)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end
