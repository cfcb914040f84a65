"""Therapists' days and weeks, as tables: the limits that hold in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.peers.timefold.candidates import NONE
from scheduler.rules.meal_break import EARLIEST, LATEST, LONG_SPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.peers.timefold.standing import Stander
    from scheduler.candidates import Axes

HoursOf = dict[tuple[int, int], int]
"""The number of each therapist's day, by therapist and day."""


def number_hours(axes: Axes, standing: Iterable[Stander]) -> HoursOf:
    """Every therapist's day with a shift on an open day, or with something that stands."""
    shifts = axes.shift_days
    days = set(zip(shifts.therapist.tolist(), shifts.day.tolist(), strict=True))
    for each in standing:
        if each.in_horizon:
            days.add((axes.therapist[each.appointment.therapist_id], each.day))
    return {day: number for number, day in enumerate(sorted(days))}


def week_rows(axes: Axes) -> list[Sequence[int]]:
    """Therapist, week and the limit on hands-on minutes."""
    return [
        (number, week, therapist.max_minutes_per_week)
        for number, therapist in enumerate(axes.problem.network.therapists)
        for week in range(axes.problem.horizon.weeks)
    ]


def hours_rows(axes: Axes, hours: HoursOf) -> list[Sequence[int]]:
    """Therapist, day, week, the limit on hands-on minutes, and when a meal has to be (or NONE)."""
    therapists, weeks = axes.problem.network.therapists, axes.problem.horizon.weeks
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    shifts = axes.shift_days
    for therapist, day, starts, ends in zip(
        *(column.tolist() for column in (shifts.therapist, shifts.day, shifts.starts, shifts.ends)),
        strict=True,
    ):
        first, last = spans.get((therapist, day), (starts, ends))
        spans[therapist, day] = (min(first, starts), max(last, ends))
    rows: list[Sequence[int]] = []
    for therapist, day in hours:
        first, last = spans.get((therapist, day), (0, 0))
        meal = (first + EARLIEST, first + LATEST) if last - first >= LONG_SPAN else (NONE, NONE)
        most = therapists[therapist].max_minutes_per_day
        rows.append((therapist, day, therapist * weeks + day // 7, most, *meal))
    return rows
