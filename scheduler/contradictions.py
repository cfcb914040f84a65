"""Therapists whose own record can't take place as it is, whoever else is booked.

Two promises that overlap, a day with more minutes than it may have: which of them stays has
to be decided by looking at everything at once.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby, pairwise
from typing import TYPE_CHECKING

from scheduler.candidates import Axes
from scheduler.on_record import appointments_on_record, shifts_by_therapist
from scheduler.rules.meal_break import EARLIEST, LATEST, LONG_SPAN, MEAL
from scheduler.rules.travel import minutes_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.on_record import OnRecord, OnShift
    from scheduler.problem import Problem


def find_contradicted(problem: Problem) -> frozenset[str]:
    """The therapists whose standing and promised appointments can't all take place.

    In doubt they can't: promises with a second shift at the same time, and meals that fit in one
    way only, count as contradictions too.
    """
    shifts, record = shifts_by_therapist(problem), appointments_on_record(problem)
    day_of = _Day(problem)
    found = set()
    for therapist_id, rows in record.items():
        therapist = problem.therapists[therapist_id]
        weeks, days = Counter[int](), Counter[int]()
        for row in rows:
            weeks[row.week] += row.minutes
            days[row.day] += row.minutes
        own = shifts.get(therapist_id, ())
        if (
            max(weeks.values()) > therapist.max_minutes_per_week
            or max(days.values()) > therapist.max_minutes_per_day
            or any(
                day_of.contradicts(list(lot), [shift for shift in own if shift.day == day])
                for day, lot in groupby(rows, key=lambda row: row.day)
            )
        ):
            found.add(therapist_id)
    return frozenset(found)


class _Day:
    """Judges one therapist's day."""

    def __init__(self, problem: Problem) -> None:
        axes = Axes(problem)
        self._location, self._minutes = axes.location, minutes_between(axes)

    def contradicts(self, record: Sequence[OnRecord], shifts: Sequence[OnShift]) -> bool:
        """Whether something of the day is in the way of something else of it."""
        return (
            any(
                later.start < earlier.until + self._journey(earlier, later)
                for earlier, later in combinations(record, 2)
            )
            or any(_is_torn(row, shifts) for row in record)
            or not self._has_meal(record, shifts)
        )

    def _journey(self, one: OnRecord, other: OnRecord) -> int:
        return int(
            self._minutes[self._location[one.location_id], self._location[other.location_id]]
        )

    def _has_meal(self, record: Sequence[OnRecord], shifts: Sequence[OnShift]) -> bool:
        """Whether the day asks for no break, or one fits before the journeys of the day."""
        first = min((shift.start for shift in shifts), default=0)
        if max((shift.end for shift in shifts), default=0) - first < LONG_SPAN:
            return True
        opens, closes = first + EARLIEST, first + LATEST
        gaps = [
            (earlier.until, later.start - self._journey(earlier, later))
            for earlier, later in pairwise(record)
        ]
        gaps += [(opens, record[0].start), (record[-1].until, closes)]
        return any(min(end, closes) - max(begin, opens) >= MEAL for begin, end in gaps)


def _is_torn(row: OnRecord, shifts: Sequence[OnShift]) -> bool:
    """Whether a second shift goes on during the appointment."""
    during = [shift for shift in shifts if shift.start < row.until and row.start < shift.end]
    return row.promised and len(during) > 1
