"""Why a session is not booked: which rules keep it out of each of its slots, and who holds them.

The filters are asked one after the other about every start at which somebody is on shift in
the session's window. What they let through are its slots; for each of those the rows that are
full, and the visits that fill them, are read off the same matrix that the solvers use.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import Axes, pair_with_shift_days, spread_over_starts
from scheduler.meals import Meals
from scheduler.model import build
from scheduler.points.ledger import Entry, standing_entries
from scheduler.regions import split
from scheduler.rules import FILTERS, WITHIN_PLAN
from scheduler.rules.window import WINDOW
from scheduler.visits import ColumnFinder
from scheduler.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.care_plans import Session
    from scheduler.model import Model
    from scheduler.outcome import SessionKey, Visit
    from scheduler.problem import Problem

_ORDER = (
    "screening",
    "pinned",
    "room-kind",
    "qualified",
    "client-location",
    "closure",
    "client-away",
    "authorisation",
    "time-off",
    "on-shift",
    "opening-hours",
    "client-hours",
    "grid",
)
"""The filters in the order in which a manager would ask: what can't be helped comes first.

Where they leave nothing, the last one to take something away is the one to name.
"""


class UnknownSessionError(ValueError):
    """There is no such session, or it is not to be booked in this horizon."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that keeps the session out of so many starts, in a sentence for a manager."""

    rule: str
    slots: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a session is not booked: a summary, and the obstacles, the greatest first.

    ``candidates`` are the starts that were looked at: all those in its window at which
    somebody is on shift. ``rule`` is the obstacle that decides; None where nothing does.
    """

    key: SessionKey
    sentence: str
    candidates: int
    obstacles: tuple[Obstacle, ...]
    rule: str | None = None


def explain(problem: Problem, visits: Sequence[Visit], key: SessionKey) -> Explanation:
    """Why a session is not booked by a schedule's visits.

    Raises:
        UnknownSessionError: if no session in scope has that key.
    """
    return Explainer(problem, visits).explain(key)


class Explainer:
    """Explains the unbooked sessions of one schedule; what several of them need is kept."""

    def __init__(self, problem: Problem, visits: Sequence[Visit]) -> None:
        self._problem = problem
        self._visits = visits
        self._words = Words(problem)
        self._regions = split(problem)
        self._tables: dict[int, _Table] = {}

    def explain(self, key: SessionKey) -> Explanation:
        """Why this session is not booked."""
        session = self._session(key)
        booked = [v for v in self._visits if (v.plan_id, v.session_number) == key]
        if booked:
            return Explanation(key, self._words.booked(session, booked[0]), 0, ())
        number, region = next(
            (i, r) for i, r in enumerate(self._regions) if session.plan_id in r.plans
        )
        if number not in self._tables:
            self._tables[number] = _Table(region, self._visits)
        return self._explanation(session, self._tables[number])

    def _session(self, key: SessionKey) -> Session:
        problem = self._problem
        if key[0] not in problem.plans:
            raise UnknownSessionError(f"there is no care plan {key[0]}. Maybe careweave plan list?")
        if key not in problem.calendar:
            count = sum(plan_id == key[0] for plan_id, _ in problem.calendar)
            raise UnknownSessionError(
                f"plan {key[0]} has no session {key[1]}. Maybe one from 1 to {count}?"
            )
        if key not in {session.key for session in problem.in_scope}:
            raise UnknownSessionError(self._words.out_of_scope(problem.calendar[key]))
        return problem.calendar[key]

    def _explanation(self, session: Session, table: _Table) -> Explanation:
        if session.key in self._problem.settled:
            return Explanation(session.key, self._words.settled(session), 0, ())
        filtered, slots, candidates = table.funnel(session)
        before = [
            Obstacle(rule, count, self._words.filtered(rule, count, session))
            for rule, count in filtered.items()
        ]
        held: dict[str, int] = Counter()
        holders: dict[str, Counter[Visit]] = defaultdict(Counter)
        free = 0
        for slot in slots:
            hindrances = list(table.hindrances(slot))
            free += not hindrances
            for rule, who in hindrances:
                held[rule] += 1
                holders[rule].update(who)
        between = [
            Obstacle(rule, count, self._words.held(rule, count, holders[rule], session))
            for rule, count in held.items()
        ]
        closing = before[-1] if before else None
        most = max(between, key=lambda o: o.slots) if between else closing
        sentence = self._words.summary(session, candidates, len(slots), free, most)
        obstacles = sorted((*between, *before), key=lambda o: -o.slots)
        decides = None if free or most is None else most.rule
        return Explanation(session.key, sentence, candidates, tuple(obstacles), decides)


class _Table:
    """One region's model filled with a schedule's visits."""

    def __init__(self, region: Problem, visits: Sequence[Visit]) -> None:
        self.model: Model = build(region)
        self._axes: Axes = self.model.activities.axes
        find = ColumnFinder(self.model)
        columns = [(visit, find(visit)) for visit in visits if visit.plan_id in region.plans]
        self._visits = [(visit, column) for visit, column in columns if column is not None]
        hard, matrix = self.model.hard_rows, self.model.matrix
        taken = np.array([column for _, column in self._visits], dtype=np.int64)
        self._left = matrix.capacity[:hard] - matrix.taken(taken)[:hard]
        self._meals = Meals(self.model.activities, self.model.kept)
        self._at: dict[int, list[Visit]] = defaultdict(list)
        for visit, column in self._visits:
            self._meals.take(column)
            for first, last, _ in self.model.hard_runs(column):
                for row in range(first, last):
                    self._at[row].append(visit)
        self._standing: dict[str, dict[SessionKey, Entry]] = defaultdict(dict)
        for key, entry in standing_entries(region).items():
            self._standing[key[0]][key] = entry
        self._limit = [limit.name for limit in matrix.limits for _ in limit.capacity]

    def funnel(self, session: Session) -> tuple[dict[str, int], list[int], int]:
        """How many starts each filter takes away, the slots that are left, and all starts."""
        region = self.model.problem
        pairs = pair_with_shift_days(self._axes, [session])
        pairs = pairs.where(WINDOW.allows(pairs))
        starts = spread_over_starts(pairs, region.settings.grid)
        total, filtered = len(starts), {}
        filters = {rule.name: rule for rule in FILTERS}
        for name in _ORDER:
            before = len(starts)
            starts = starts.where(filters[name].allows(starts))
            if len(starts) < before:
                filtered[name] = before - len(starts)
        index = region.sessions.index(session)
        own = self.model.activities.session[: self.model.activities.slots]
        return filtered, np.flatnonzero(own == index).tolist(), total

    def hindrances(self, slot: int) -> Iterator[tuple[str, list[Visit]]]:
        """The rules that keep the slot from being added, with the visits that stand in its way."""
        session = self.model.problem.sessions[self.model.activities.session[slot]]
        plan_id = session.plan_id
        full: dict[str, list[Visit]] = {}
        for first, last, weight in self.model.hard_runs(slot):
            for row in range(first, last):
                if self._left[row] < weight:
                    holders = full.setdefault(self._limit[row], [])
                    holders.extend(
                        v for v in self._at[row] if v not in holders and v.plan_id != plan_id
                    )
        yield from full.items()
        if not self._meals.allow(np.array([slot]))[0]:
            day = self.model.activities.day[slot]
            yield "meal-break", self._same_day(slot, int(day))
        yield from self._within_plan(slot)

    def _same_day(self, slot: int, day: int) -> list[Visit]:
        therapist = int(self.model.activities.therapist[slot])
        activities = self.model.activities
        return [
            visit
            for visit, column in self._visits
            if activities.therapist[column] == therapist and activities.day[column] == day
        ]

    def _within_plan(self, slot: int) -> Iterator[tuple[str, list[Visit]]]:
        problem = self.model.problem
        session = problem.sessions[self.model.activities.session[slot]]
        own = {
            (v.plan_id, v.session_number): v
            for v, _ in self._visits
            if v.plan_id == session.plan_id and not v.companion
        }
        (entry,) = self.model.entries([slot])
        entries = dict(self._standing.get(session.plan_id, {}))
        entries.update(
            (
                key,
                Entry(
                    problem.calendar[key], v.therapist_id, v.location_id, v.starts_at, counts=True
                ),
            )
            for key, v in own.items()
        )
        others = sorted(entries.values(), key=lambda e: e.session.number)
        for rule in WITHIN_PLAN:
            hindering = rule.hindered_by(problem, entry, others)
            if hindering:
                keys = [e.session.key for e in hindering]
                yield rule.name, [own[key] for key in keys if key in own]
