"""What a clinic may set: the weights of the points, the grid and the freeze window."""

from __future__ import annotations

from dataclasses import dataclass, fields

MOST_FREEZE_DAYS = 366
MOST_POINTS = 100_000
"""The largest weight: with it, all points of a large network still count exactly."""

GRIDS = (5, 10, 15, 20, 30)
"""Minutes between possible starts that the ``grid`` rule knows."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for one unit of each part, with the contract's defaults.

    ``unbooked`` is for a routine session; ``unbooked_urgent`` for an urgent one.
    """

    unbooked: int = 1000
    unbooked_urgent: int = 3000
    promise_lost: int = 500
    promise_moved: int = 200
    unpaired: int = 150
    extra_therapist: int = 60
    not_preferred: int = 15
    away_from_home: int = 20
    cadence: int = 10
    other_time: int = 5
    change_of_clinic: int = 25

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not 0 <= value <= MOST_POINTS:
                raise ValueError(
                    f"the weight {field.name} is {value}. "
                    f"Maybe a number from 0, to leave it out, to {MOST_POINTS:,}?"
                )


@dataclass(frozen=True, slots=True)
class Settings:
    """How a clinic wants to be scheduled.

    ``grid`` is in minutes. ``freeze_days`` counts from the day of planning: a promise
    on one of these days is kept as if it were pinned; 0 freezes nothing.
    """

    weights: Weights = Weights()
    grid: int = 15
    freeze_days: int = 0

    def __post_init__(self) -> None:
        if self.grid not in GRIDS:
            grids = ", ".join(map(str, GRIDS))
            raise ValueError(f"the grid is {self.grid} minutes. Maybe one of {grids}?")
        if not 0 <= self.freeze_days <= MOST_FREEZE_DAYS:
            raise ValueError(
                f"the freeze window is {self.freeze_days} days. "
                f"Maybe a number from 0 to {MOST_FREEZE_DAYS}?"
            )
