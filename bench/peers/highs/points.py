"""The points that plans have beside those of single slots, as columns and rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from bench.peers.highs.matrix import Columns
from scheduler.candidates import minute_of
from scheduler.points.cadence import days_missed
from scheduler.points.other_time import TOLERANCE
from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.care_plans import Session
    from scheduler.facts import Appointment


def add_points(columns: Columns) -> None:
    """``cadence``, ``other-time`` and ``extra-therapist``."""
    clocks = _Clocks(columns)
    for plan_id, own in columns.plans.items():
        standing = {a.session_number: a for a in columns.problem.standing_sessions.get(plan_id, ())}
        by_number = {columns.problem.sessions[i].number: i for i in own}
        for number, index in by_number.items():
            if number + 1 in by_number:
                _pair(columns, index, by_number[number + 1])
                clocks.pair(index, by_number[number + 1])
            for neighbour in (number - 1, number + 1):
                if neighbour in standing:
                    _beside(columns, index, standing[neighbour])
        _therapists(columns, plan_id, own)


def _pair(columns: Columns, one: int, other: int) -> None:
    """A column for each two days of two sessions in a row, with the points of their distance."""
    problem, program = columns.problem, columns.program
    earlier, later = problem.sessions[one], problem.sessions[other]
    apart, weight = least_days(earlier.frequency, later.frequency), problem.settings.weights.cadence
    days, next_days = columns.on_day[one], columns.on_day[other]
    ways = [(d, e) for d in days for e in next_days if e - d >= apart]
    costs = [weight * days_missed(later.frequency, e - d) for d, e in ways]
    taken = program.columns(costs).tolist() if ways else []
    from_day: dict[int, list[tuple[int, float]]] = defaultdict(list)
    to_day: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (d, e), column in zip(ways, taken, strict=True):
        from_day[days[d]].append((column, 1.0))
        to_day[next_days[e]].append((column, 1.0))
    for lot in (from_day, to_day):
        for day, entries in lot.items():
            program.row([*entries, (day, -1.0)], most=0.0)
    both = [(int(columns.booked[one]), 1.0), (int(columns.booked[other]), 1.0)]
    program.row([*both, *((column, -1.0) for column in taken)], most=1.0)


def _beside(columns: Columns, index: int, stands: Appointment) -> None:
    """What a session's slots cost beside one of its plan that stands."""
    problem, weights = columns.problem, columns.problem.settings.weights
    session: Session = problem.sessions[index]
    other = problem.calendar[stands.plan_id, stands.session_number]
    later = max(session, other, key=lambda one: one.number)
    if later is other and other.key not in problem.settled:
        return
    own = columns.slots[slice(*np.searchsorted(columns.session, [index, index + 1]))]
    activities = columns.activities
    apart = np.abs(activities.day[own] - activities.axes.day(stands.starts_at.date()))
    missed = np.array([days_missed(later.frequency, int(days)) for days in apart])
    elsewhen = np.abs(activities.clock[own] - minute_of(stands.starts_at.time())) > TOLERANCE
    _add_cost(columns, own, weights.cadence * missed + weights.other_time * elsewhen)


def _add_cost(columns: Columns, slots: IntArray, points: IntArray) -> None:
    """More points for some slots: columns equal to them."""
    dear = np.flatnonzero(points)
    if len(dear):
        columns.program.add_cost(slots[dear], points[dear])


def _therapists(columns: Columns, plan_id: str, own: list[int]) -> None:
    """A column for each therapist who is new to a plan, and one for whether it has anything."""
    problem, program, activities = columns.problem, columns.program, columns.activities
    weight = problem.settings.weights.extra_therapist
    standing = problem.standing_sessions.get(plan_id, ())
    before = {activities.axes.therapist[a.therapist_id] for a in standing}
    edges = np.searchsorted(columns.session, [own[0], own[-1] + 1])
    slots = columns.slots[slice(*edges)]
    therapists, place = np.unique(activities.therapist[slots], return_inverse=True)
    if not len(therapists):
        return
    sees = program.columns([weight * (int(t) not in before) for t in therapists])
    of = (activities.session[slots] - own[0]) * len(therapists) + place
    rows, row = np.unique(of, return_inverse=True)
    column = np.concatenate([slots, sees[rows % len(therapists)]])
    factor = np.concatenate([np.ones(len(slots)), -np.ones(len(rows))])
    program.rows((np.concatenate([row, np.arange(len(rows))]), column, factor), len(rows), most=0.0)
    if any(a.session_number in {n for p, n in problem.settled if p == plan_id} for a in standing):
        return
    (some,) = program.columns([weight * (len(before) - 1)]).tolist()
    for index in own if before else ():
        program.row([(int(columns.booked[index]), 1.0), (some, -1.0)], most=0.0)
    if not before:
        program.row([(some, 1.0), *((int(columns.booked[i]), -1.0) for i in own)], most=0.0)


class _Clocks:
    """By session: columns that say whether it is booked at a time of day or before it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        clock = columns.activities.clock[columns.slots]
        keys, of = np.unique(columns.session * 1440 + clock, return_inverse=True)
        self._by = columns.program.columns(np.zeros(len(keys)))
        follows = np.flatnonzero(keys[1:] // 1440 == keys[:-1] // 1440) + 1
        row = np.concatenate([of, np.arange(len(keys)), follows])
        column = np.concatenate([columns.slots, self._by, self._by[follows - 1]])
        factor = np.concatenate([np.ones(len(of)), -np.ones(len(keys)), np.ones(len(follows))])
        columns.program.rows((row, column, factor), len(keys), 0.0, 0.0)
        self._session, self._clock = keys // 1440, keys % 1440

    def _of(self, session: int) -> tuple[IntArray, IntArray]:
        own = slice(*np.searchsorted(self._session, [session, session + 1]))
        return self._clock[own], self._by[own]

    def pair(self, one: int, other: int) -> None:
        """``other-time`` of two sessions in a row, as one column."""
        columns = self._columns
        (late,) = columns.program.columns([columns.problem.settings.weights.other_time]).tolist()
        for early, after in ((one, other), (other, one)):
            clocks, by = self._of(early)
            then, until = self._of(after)
            for clock, column in zip(clocks.tolist(), by.tolist(), strict=True):
                near = int(np.searchsorted(then, clock + TOLERANCE, side="right")) - 1
                if near == len(then) - 1:
                    continue
                entries = [(column, 1.0), (int(columns.booked[after]), 1.0), (late, -1.0)]
                if near >= 0:
                    entries.append((int(until[near]), -1.0))
                columns.program.row(entries, most=1.0)
