"""The variables: for each session a start, and whether it is with somebody somewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import Domain, IntervalVar, IntVar

from bench.peers.spacing import far_enough
from scheduler.activities import Activities, find_activities
from scheduler.candidates import MINUTES_A_DAY
from scheduler.points import points_of_slots
from scheduler.problem import Problem

if TYPE_CHECKING:
    from scheduler.candidates import IntArray

WEEK = 7


@dataclass(frozen=True)
class Choice:
    """A therapist and a location for a session: taken or not, from when until when.

    ``busy`` holds therapist and room for ``size`` minutes, with the changeover. ``columns`` are
    the slots by start, in minutes since the horizon's first midnight.
    """

    therapist: int
    location: int
    kind: int
    taken: IntVar
    start: IntVar
    size: int
    busy: IntervalVar
    columns: Mapping[int, int]
    points: int


@dataclass(frozen=True)
class Variables:
    """One session, or its companion. ``felt`` holds the client for the hands-on minutes."""

    session: int
    booked: IntVar
    start: IntVar
    day: IntVar
    clock: IntVar
    minutes: int
    felt: IntervalVar
    choices: tuple[Choice, ...]


class Sessions:
    """The model so far, with the variables of every session that has a slot."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.activities: Activities = find_activities(problem)
        self._points = np.zeros(self.activities.appointments, dtype=np.int64)
        self._points[: self.activities.slots] = points_of_slots(self.activities)
        self.own = self._variables(np.flatnonzero(far_enough(self.activities)))
        after = np.arange(self.activities.slots, self.activities.appointments)
        self.companions = self._variables(after)

    def _variables(self, columns: IntArray) -> dict[int, Variables]:
        lots: dict[int, list[int]] = defaultdict(list)
        for column, session in zip(
            columns.tolist(), self.activities.session[columns].tolist(), strict=True
        ):
            lots[session].append(column)
        return {session: self._session(session, lot) for session, lot in lots.items()}

    def _session(self, session: int, columns: list[int]) -> Variables:
        model, table = self.model, self.activities
        starts = Domain.from_values(table.start[columns].tolist())
        start = model.new_int_var_from_domain(starts, f"start {session}")
        days = Domain.from_values(sorted(set(table.day[columns].tolist())))
        day = model.new_int_var_from_domain(days, f"day {session}")
        clock = model.new_int_var(0, MINUTES_A_DAY - 1, f"clock {session}")
        model.add(start == MINUTES_A_DAY * day + clock)
        booked = model.new_bool_var(f"booked {session}")
        lots: dict[tuple[int, int], list[int]] = defaultdict(list)
        for column in columns:
            lots[int(table.therapist[column]), int(table.location[column])].append(column)
        choices = tuple(self._choice(start, lot) for lot in lots.values())
        model.add(sum(choice.taken for choice in choices) == booked)
        minutes = int(table.end[columns[0]] - table.start[columns[0]])
        felt = model.new_optional_fixed_size_interval_var(start, minutes, booked, f"felt {session}")
        return Variables(session, booked, start, day, clock, minutes, felt, choices)

    def _choice(self, start: IntVar, columns: list[int]) -> Choice:
        model, table, one = self.model, self.activities, columns[0]
        taken = model.new_bool_var(f"taken {one}")
        starts = dict(zip(table.start[columns].tolist(), columns, strict=True))
        model.add_linear_expression_in_domain(
            start, Domain.from_values(list(starts))
        ).only_enforce_if(taken)
        size = int(table.until[one] - table.start[one])
        busy = model.new_optional_fixed_size_interval_var(start, size, taken, f"busy {one}")
        return Choice(
            int(table.therapist[one]),
            int(table.location[one]),
            int(table.kind[one]),
            taken,
            start,
            size,
            busy,
            starts,
            int(self._points[columns].min()),
        )

    def at(self, variables: Variables, columns: list[int], choice: Choice, name: str) -> IntVar:
        """Whether a session takes a choice at one of some of its slots."""
        here = self.model.new_bool_var(name)
        starts = {int(self.activities.start[column]) for column in columns}
        inside = Domain.from_values(sorted(starts))
        outside = Domain.from_values(sorted(set(choice.columns) - starts))
        self.model.add_implication(here, choice.taken)
        self.model.add_linear_expression_in_domain(variables.start, inside).only_enforce_if(here)
        self.model.add_linear_expression_in_domain(variables.start, outside).only_enforce_if(
            [choice.taken, ~here]
        )
        return here

    def hint_promises(self) -> None:
        """Begin where clients were promised to come, with nothing else booked."""
        promised = np.flatnonzero(self.activities.keeps_promise)
        by_session = {
            (int(self.activities.session[c]), bool(self.activities.companion[c])): int(c)
            for c in promised
        }
        for companion, lot in ((False, self.own), (True, self.companions)):
            for session, variables in lot.items():
                self._hint(variables, by_session.get((session, companion)))

    def _hint(self, variables: Variables, column: int | None) -> None:
        hint, table = self.model.add_hint, self.activities
        inside = column is not None and any(
            column in choice.columns.values() for choice in variables.choices
        )
        hint(variables.booked, inside)
        for choice in variables.choices:
            hint(choice.taken, inside and column in choice.columns.values())
        if column is not None and inside:
            hint(variables.start, int(table.start[column]))
            hint(variables.day, int(table.day[column]))
            hint(variables.clock, int(table.clock[column]))

    def columns(self, values: Mapping[int, int]) -> list[int]:
        """The columns that a solution takes."""
        return [
            choice.columns[values[variables.start.index]]
            for lot in (self.own, self.companions)
            for variables in lot.values()
            for choice in variables.choices
            if values[choice.taken.index]
        ]
