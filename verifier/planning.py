"""For which days a schedule was planned, when, and how its points are weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

GRIDS = (5, 10, 15, 20, 30)

DEFAULT_WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "unbooked": 1000,
        "unbooked-urgent": 3000,
        "promise-lost": 500,
        "promise-moved": 200,
        "unpaired": 150,
        "extra-therapist": 60,
        "not-preferred": 15,
        "away-from-home": 20,
        "cadence": 10,
        "other-time": 5,
        "change-of-clinic": 25,
    }
)


@dataclass(frozen=True)
class Planning:
    """A horizon of ``weeks`` weeks from ``start``, a Monday, planned on the day ``as_of``.

    ``grid`` is in minutes; promises on the ``freeze_days`` days from ``as_of`` on are kept
    like pinned ones. ``weights`` may name some parts only: the others keep their default.
    Raises ``ValueError`` for values that can't be planned with.
    """

    start: date
    weeks: int
    as_of: date
    grid: int = 15
    freeze_days: int = 0
    weights: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            monday = self.start - timedelta(days=self.start.weekday())
            raise ValueError(f"the horizon starts on {self.start}, no Monday. Maybe {monday}?")
        if self.weeks < 1:
            raise ValueError(f"the horizon has {self.weeks} weeks. Maybe 6?")
        if self.grid not in GRIDS:
            raise ValueError(f"the grid is {self.grid} minutes. Maybe one of {GRIDS}?")
        if self.freeze_days < 0:
            raise ValueError(f"the freeze window is {self.freeze_days} days. Maybe 0?")
        for name, weight in self.weights.items():
            if name not in DEFAULT_WEIGHTS:
                raise ValueError(f"no weight is called {name!r}. Maybe {_nearest(name)!r}?")
            if weight < 0:
                raise ValueError(f"the weight {name} is {weight}. Maybe 0, to leave it out?")
        object.__setattr__(self, "weights", MappingProxyType({**DEFAULT_WEIGHTS, **self.weights}))

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.start + timedelta(weeks=self.weeks)

    def in_horizon(self, day: date) -> bool:
        """Whether the day belongs to the horizon."""
        return self.start <= day < self.end

    def is_open(self, day: date) -> bool:
        """Whether appointments on that day were decided by this planning."""
        return self.in_horizon(day) and day >= self.as_of

    def is_frozen(self, day: date) -> bool:
        """Whether promises on that day are kept as if they were pinned."""
        return self.as_of <= day < self.as_of + timedelta(days=self.freeze_days)


def _nearest(name: str) -> str:
    """The weight whose name shares most letters with a misspelt one."""
    return max(DEFAULT_WEIGHTS, key=lambda known: len(set(known) & set(name)))
