"""The engine's columns and rows, and the rules that it keeps within plans, as a program."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from bench.peers.highs.program import Program
from bench.peers.spacing import far_enough
from scheduler.activities import Activities, find_activities
from scheduler.matrix import stack
from scheduler.points import change_of_clinic, points_of_slots, promise_lost, unbooked
from scheduler.points.unpaired import asks_for_companion
from scheduler.problem import Problem
from scheduler.rules import SHARED
from scheduler.rules.authorisation import visits_left
from scheduler.rules.companion import find_pairings
from scheduler.rules.meal_break import MEAL_BREAK
from scheduler.rules.spacing import least_days

if TYPE_CHECKING:
    from scheduler.candidates import IntArray


class Columns:
    """The program so far: slots, companions, meals and helpers come first, as in the engine.

    ``booked`` are the columns that say whether a session is, ``on_day`` those that say on which
    day; ``plans`` are the open sessions of each plan.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem, self.program = problem, Program()
        self.activities: Activities = find_activities(problem)
        self.slots = np.arange(self.activities.slots)
        self.session = self.activities.session[self.slots]
        self.cost = self._costs()
        self._add_matrix()
        self.booked = self._add_booked()
        self.on_day = self._add_days()
        self.plans: dict[str, list[int]] = defaultdict(list)
        for index, session in enumerate(problem.sessions):
            self.plans[session.plan_id].append(index)
        self._add_companions()
        self._add_plans()

    def start(self) -> tuple[IntArray, IntArray]:
        """All appointments' columns, with 1 for those that were promised."""
        appointments = np.arange(self.activities.appointments)
        return appointments, self.activities.keeps_promise.astype(np.int64)

    def _costs(self) -> IntArray:
        """What each slot costs by itself, less what its session costs unbooked."""
        problem = self.problem
        price = np.array(
            [unbooked.cost(problem, s) + promise_lost.cost(problem, s) for s in problem.sessions]
        )
        alone = problem.settings.weights.unpaired * np.array(
            [asks_for_companion(problem, session) for session in problem.sessions], dtype=np.int64
        )
        self.program.constant = float(price.sum())
        return np.asarray((alone - price)[self.session] + points_of_slots(self.activities))

    def _add_matrix(self) -> None:
        activities = self.activities
        stretches = change_of_clinic.find_stretches(activities)
        limits = [rule.rows(activities) for rule in SHARED if rule is not MEAL_BREAK]
        limits += [MEAL_BREAK.rows(activities), change_of_clinic.rows(activities, stretches)]
        matrix = stack(len(activities), limits)
        cost = np.zeros(matrix.columns)
        cost[self.slots] = self.cost
        companions = slice(activities.slots, activities.appointments)
        cost[companions] = -self.problem.settings.weights.unpaired
        cost[len(activities) :] = matrix.helper_points
        upper = np.ones(matrix.columns)
        upper[self.slots] = far_enough(self.activities)
        self.program.columns(cost, upper, whole=True)
        written = matrix.sparse(np.arange(matrix.columns)).tocoo()
        entries = (written.coords[0], written.coords[1], written.data)
        self.program.rows(entries, matrix.rows, most=matrix.capacity)

    def _add_booked(self) -> IntArray:
        """Each session is booked once at most; one that must keep its promise, always."""
        problem, count = self.problem, len(self.problem.sessions)
        booked = self.program.columns(np.zeros(count))
        row = np.concatenate([self.session, np.arange(count)])
        factor = np.concatenate([np.ones(len(self.slots)), -np.ones(count)])
        entries = (row, np.concatenate([self.slots, booked]), factor)
        self.program.rows(entries, count, 0.0, 0.0)
        has = np.bincount(self.session, minlength=count) > 0
        held = [i for i, s in enumerate(problem.sessions) if problem.is_held(s) and has[i]]
        if held:
            self.program.rows((np.arange(len(held)), booked[held], 1), len(held), least=1.0)
        return booked

    def _add_days(self) -> dict[int, dict[int, int]]:
        """By session and day: the column that says whether it is booked then."""
        days = self.activities.axes.days
        keys, of = np.unique(
            self.session * days + self.activities.day[self.slots], return_inverse=True
        )
        columns = self.program.columns(np.zeros(len(keys)))
        rows = np.concatenate([of, np.arange(len(keys))])
        factor = np.concatenate([np.ones(len(of)), -np.ones(len(keys))])
        entries = (rows, np.concatenate([self.slots, columns]), factor)
        self.program.rows(entries, len(keys), 0.0, 0.0)
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for key, column in zip(keys.tolist(), columns.tolist(), strict=True):
            session, day = divmod(key, days)
            found[session][day] = column
        return found

    def _add_companions(self) -> None:
        """A companion comes only with a slot that it may follow, and one at most does."""
        activities, pairings = self.activities, find_pairings(self.activities)
        companions = np.arange(activities.slots, activities.appointments)
        count = len(companions)
        row = np.concatenate([np.arange(count), pairings.companion - activities.slots])
        column = np.concatenate([companions, pairings.slot])
        factor = np.concatenate([np.ones(count), -np.ones(len(pairings.slot))])
        self.program.rows((row, column, factor), count, most=0.0)
        sessions = activities.session[companions]
        self.program.rows((sessions, companions, 1), len(self.problem.sessions), most=1.0)

    def _add_plans(self) -> None:
        """Authorised visits, and days between sessions with none of the plan between them.

        Neighbours keep their distance by the columns of their pairs of days.
        """
        problem = self.problem
        for plan_id, own in self.plans.items():
            left = visits_left(problem, problem.plans[plan_id])
            if left is not None:
                self.program.row([(int(self.booked[i]), 1.0) for i in own], most=left)
            for one, other in combinations(own, 2):
                if problem.sessions[other].number > problem.sessions[one].number + 1:
                    self._keep_apart(one, other)

    def _keep_apart(self, one: int, other: int) -> None:
        sessions = self.problem.sessions
        apart = least_days(sessions[one].frequency, sessions[other].frequency)
        for day in self.on_day[one]:
            late = [(c, 1.0) for d, c in self.on_day[one].items() if d >= day]
            soon = [(c, 1.0) for d, c in self.on_day[other].items() if d < day + apart]
            if soon:
                self.program.row([*late, *soon], most=1.0)
