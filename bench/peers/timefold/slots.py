"""The table of slots: the values, then the promises, then where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.peers.timefold.candidates import NONE
from scheduler.candidates import minute_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peers.timefold.candidates import Ways
    from bench.peers.timefold.hours import HoursOf
    from bench.peers.timefold.standing import Stander
    from scheduler.activities import Activities
    from scheduler.candidates import Axes
    from scheduler.facts import Appointment


def value_rows(activities: Activities, ways: Ways, hours: HoursOf) -> list[Sequence[int]]:
    """By value: hours, therapist, location, day, clock, the companion's hours and clock."""
    axes = activities.axes
    table = np.full((len(axes.therapist), axes.days), NONE)
    for owner, number in hours.items():
        table[owner] = number
    column, companion = ways.column[ways.example], ways.companion[ways.example]
    therapist, day = activities.therapist[column], activities.day[column]
    has = companion != NONE
    rows: list[Sequence[int]] = np.stack(
        [
            table[therapist, day],
            therapist,
            activities.location[column],
            day,
            activities.clock[column],
            np.where(has, table[activities.therapist[companion], day], NONE),
            np.where(has, activities.clock[companion], NONE),
        ],
        axis=1,
    ).tolist()
    return rows


def promise_row(axes: Axes, promise: Appointment) -> Sequence[int]:
    """Where a promise was, only to be compared with."""
    return _row(axes, promise, NONE)


def standing_row(axes: Axes, stander: Stander, hours: HoursOf) -> Sequence[int]:
    """Where something stands; outside the horizon it takes nobody's hours."""
    owner = (axes.therapist[stander.appointment.therapist_id], stander.day)
    return _row(axes, stander.appointment, hours[owner] if stander.in_horizon else NONE)


def _row(axes: Axes, appointment: Appointment, hours: int) -> Sequence[int]:
    return (
        hours,
        axes.therapist[appointment.therapist_id],
        axes.location[axes.problem.location_of_room[appointment.room_id]],
        axes.day(appointment.starts_at.date()),
        minute_of(appointment.starts_at.time()),
        NONE,
        NONE,
    )
