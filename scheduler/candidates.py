"""Every start that somebody on shift could offer a session: what the filters choose from.

Candidates are columns of NumPy arrays, one entry a candidate. They are made in two steps,
so that most are never written down: first a session meets a *shift day* (one shift of one
therapist on one date), then that pair is spread over the starts of the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from scheduler.care_plans import Session
    from scheduler.facts import Shift
    from scheduler.problem import Problem

    IntArray = NDArray[np.int64]
    Mask = NDArray[np.bool_]

MINUTES_A_DAY = 24 * 60


def minute_of(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


@dataclass(frozen=True)
class ShiftDays:
    """Each shift on each open day of the horizon, in order of therapist, day and start.

    ``day`` counts from the horizon's first Monday; ``starts`` and ``ends`` are minutes of
    the day; therapists and locations are indexes into the network's tuples.
    """

    therapist: IntArray
    location: IntArray
    day: IntArray
    starts: IntArray
    ends: IntArray

    def __len__(self) -> int:
        return len(self.day)


class Axes:
    """Where each id and each date stands on the integer axes: time becomes integers here."""

    def __init__(self, problem: Problem) -> None:
        network = problem.network
        self.problem = problem
        self.therapist = {t.therapist_id: i for i, t in enumerate(network.therapists)}
        self.location = {x.location_id: i for i, x in enumerate(network.locations)}
        self.client = {c.client_id: i for i, c in enumerate(network.clients)}
        self.kind = {kind: i for i, kind in enumerate(sorted({r.kind for r in network.rooms}))}
        self.days = problem.horizon.weeks * 7

    def day(self, day: date) -> int:
        """Days from the horizon's first Monday; negative before it."""
        return (day - self.problem.horizon.start).days

    def date(self, day: int) -> date:
        """The date of a day of the horizon."""
        return self.problem.horizon.start + timedelta(days=day)

    def moment(self, minute: int) -> datetime:
        """The date and time of a minute of the horizon."""
        return datetime.combine(self.problem.horizon.start, time.min) + timedelta(minutes=minute)

    @property
    def first_open_day(self) -> int:
        """The first day that may be planned."""
        return max(0, self.day(self.problem.as_of))

    @cached_property
    def shift_days(self) -> ShiftDays:
        """The shifts of every open day."""
        rows = sorted(
            (self.therapist[shift.therapist_id], day, minute_of(shift.starts), i)
            for i, shift in enumerate(self.problem.network.shifts)
            for day in range(self.first_open_day, self.days)
            if _is_valid_on(shift, self.date(day))
        )
        shifts = [self.problem.network.shifts[row[3]] for row in rows]
        return ShiftDays(
            therapist=np.array([row[0] for row in rows], dtype=np.int64),
            location=np.array([self.location[s.location_id] for s in shifts], dtype=np.int64),
            day=np.array([row[1] for row in rows], dtype=np.int64),
            starts=np.array([row[2] for row in rows], dtype=np.int64),
            ends=np.array([minute_of(s.ends) for s in shifts], dtype=np.int64),
        )


def _is_valid_on(shift: Shift, day: date) -> bool:
    return (
        shift.weekday == day.weekday()
        and (shift.valid_from is None or shift.valid_from <= day)
        and (shift.valid_until is None or day <= shift.valid_until)
    )


@dataclass(frozen=True)
class Candidates:
    """Sessions (or their companions) with somebody on shift, and a start where one is given.

    ``session`` indexes ``wanted``; ``shift_day`` indexes ``axes.shift_days``; ``start`` is the
    minute of the day. ``minutes`` and ``changeover`` are those of the session's service.
    """

    axes: Axes
    wanted: Sequence[Session]
    session: IntArray
    shift_day: IntArray
    start: IntArray
    companion: bool = False

    def __len__(self) -> int:
        return len(self.session)

    def where(self, mask: Mask) -> Candidates:
        """The candidates that the mask lets through."""
        return Candidates(
            self.axes,
            self.wanted,
            self.session[mask],
            self.shift_day[mask],
            self.start[mask],
            self.companion,
        )

    @property
    def problem(self) -> Problem:
        """The problem that they belong to."""
        return self.axes.problem

    def of_session(self, values: Sequence[int] | IntArray) -> IntArray:
        """Spread one value a session over the candidates."""
        return np.asarray(values, dtype=np.int64)[self.session]

    @cached_property
    def therapist(self) -> IntArray:
        """Index of the therapist."""
        return self.axes.shift_days.therapist[self.shift_day]

    @cached_property
    def location(self) -> IntArray:
        """Index of the location."""
        return self.axes.shift_days.location[self.shift_day]

    @cached_property
    def day(self) -> IntArray:
        """Day of the horizon."""
        return self.axes.shift_days.day[self.shift_day]

    @cached_property
    def minutes(self) -> IntArray:
        """Hands-on minutes of the service."""
        services = self.problem.services
        return self.of_session([services[s.service_id].minutes for s in self.wanted])

    @cached_property
    def changeover(self) -> IntArray:
        """Changeover minutes of the service."""
        services = self.problem.services
        return self.of_session([services[s.service_id].changeover_minutes for s in self.wanted])

    @cached_property
    def end(self) -> IntArray:
        """When the hands-on minutes end, as a minute of the day."""
        return self.start + self.minutes


def pair_with_shift_days(
    axes: Axes, wanted: Sequence[Session], *, companion: bool = False
) -> Candidates:
    """Each session with each shift day, before any start is written down."""
    count = len(axes.shift_days)
    session = np.repeat(np.arange(len(wanted)), count)
    shift_day = np.tile(np.arange(count), len(wanted))
    return Candidates(axes, wanted, session, shift_day, np.zeros_like(session), companion)


def spread_over_starts(pairs: Candidates, grid: int) -> Candidates:
    """Each pair at each start of the grid inside its shift."""
    shifts = pairs.axes.shift_days
    first = -(-shifts.starts[pairs.shift_day] // grid)
    latest = (shifts.ends[pairs.shift_day] - 1) // grid
    count = np.maximum(latest - first + 1, 0)
    index = np.repeat(np.arange(len(pairs)), count)
    offset = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    return Candidates(
        pairs.axes,
        pairs.wanted,
        pairs.session[index],
        pairs.shift_day[index],
        (first[index] + offset) * grid,
        pairs.companion,
    )
