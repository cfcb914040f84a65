"""What the engine answers: a schedule with its proof, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

SessionKey = tuple[str, int]
"""A session: its plan's id and its number in the plan, from 1."""


class BoundError(RuntimeError):
    """A schedule is better than was proven possible: a fault of the engine, never of the data."""


class WorkerLostError(RuntimeError):
    """Whoever worked at a region died each time that it was begun, maybe for want of memory."""

    def __init__(self, tries: int, region: int, locations: Iterable[str]) -> None:
        often = "once" if tries == 1 else f"{tries} times"
        super().__init__(
            f"whoever planned region {region + 1} ({', '.join(locations)}) died {often}, so "
            "there is no new schedule. Maybe there is too little memory: close other programs, or "
            "plan fewer weeks at a time?"
        )
        self.tries, self.region, self.locations = tries, region, tuple(locations)

    def __reduce__(self) -> tuple[type[WorkerLostError], tuple[int, int, tuple[str, ...]]]:
        """So that it can travel between processes."""
        return type(self), (self.tries, self.region, self.locations)


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment of the schedule: of a session, or of its companion."""

    plan_id: str
    session_number: int
    service_id: str
    therapist_id: str
    location_id: str
    room_id: str
    starts_at: datetime
    minutes: int
    companion: bool
    pinned: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """Best schedule and proven bound at one moment, ``seconds`` after the engine's start."""

    seconds: float
    booked: int
    points: int
    bound: int


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule of every session in scope, booked or not, and how good it is.

    ``points`` are those of the whole objective, ``parts`` the same by name, ``bound`` a
    proven lower bound on the points of any schedule, ``stake`` the points at stake and
    ``most_bookable`` the proven most sessions that any schedule can book.
    """

    visits: tuple[Visit, ...]
    unbooked: tuple[SessionKey, ...]
    in_scope: int
    points: int
    bound: int
    stake: int
    parts: Mapping[str, int]
    most_bookable: int
    seconds: float
    seed: int
    interrupted: bool = False
    history: tuple[Measure, ...] = field(default=())

    @property
    def booked(self) -> int:
        """Sessions with an appointment."""
        return self.in_scope - len(self.unbooked)

    @property
    def gap(self) -> float:
        """How far the points are from the bound, as a share of the points at stake."""
        return (self.points - self.bound) / self.stake if self.stake else 0.0


@dataclass(frozen=True, slots=True)
class NothingInScope:
    """No session's window overlaps the horizon, or no plan may be booked."""

    reason: str


Outcome = Scheduled | NothingInScope

Progress = Callable[[Measure], None]
"""Called whenever the best schedule or the bound got better."""
