"""The rules that sessions keep among each other, as constraints."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from ortools.sat.python.cp_model import IntervalVar

from bench.peers.cpsat.meals import Busy, add_meals
from bench.peers.cpsat.sessions import WEEK, Sessions
from scheduler.rules.authorisation import visits_left
from scheduler.rules.companion import LATEST
from scheduler.rules.spacing import least_days
from scheduler.rules.travel import minutes_between


@dataclass
class Load:
    """Intervals, each with the minutes that it takes of a limit."""

    intervals: list[IntervalVar] = field(default_factory=list)
    minutes: list[int] = field(default_factory=list)

    def add(self, interval: IntervalVar, minutes: int) -> None:
        """One more."""
        self.intervals.append(interval)
        self.minutes.append(minutes)


def add_rules(sessions: Sessions) -> None:
    """Everything that isn't in the slots themselves."""
    _pins(sessions)
    _companions(sessions)
    _therapists(sessions, add_meals(sessions))
    _rooms(sessions)
    _clients(sessions)
    _limits(sessions)
    _plans(sessions)


def _pins(sessions: Sessions) -> None:
    """A held promise that has a slot, which is its own, is kept."""
    for session, variables in sessions.own.items():
        if sessions.problem.is_held(sessions.problem.sessions[session]):
            sessions.model.add(variables.booked == 1)


def _companions(sessions: Sessions) -> None:
    """A companion comes with its session, at the same location, at most half an hour after it."""
    model = sessions.model
    for session, companion in sessions.companions.items():
        own = sessions.own.get(session)
        if own is None:
            model.add(companion.booked == 0)
            continue
        model.add_implication(companion.booked, own.booked)
        ends = own.start + own.minutes
        model.add(companion.start >= ends).only_enforce_if(companion.booked)
        model.add(companion.start <= ends + LATEST).only_enforce_if(companion.booked)
        for place in {choice.location for choice in companion.choices}:
            here = sum(c.taken for c in companion.choices if c.location == place)
            model.add(here <= sum(c.taken for c in own.choices if c.location == place))


def _therapists(sessions: Sessions, meals: dict[int, list[Busy]]) -> None:
    """Nobody does two things at once, or is at two locations without the time to travel."""
    table, way = sessions.activities, minutes_between(sessions.activities.axes)
    days: dict[int, list[Busy]] = defaultdict(list, {of: list(lot) for of, lot in meals.items()})
    for lot in (sessions.own, sessions.companions):
        for variables in lot.values():
            for choice in variables.choices:
                busy = Busy(choice.location, choice.start, choice.size, choice.taken)
                days[choice.therapist].append(busy)
    standing = table.standing
    for i in range(len(standing.appointments)):
        start, until = int(standing.start[i]), int(standing.until[i])
        busy = Busy(int(standing.location[i]), start, until - start, None)
        days[int(standing.therapist[i])].append(busy)
    for own in days.values():
        sessions.model.add_no_overlap(busy.interval(sessions.model) for busy in own)
        for one, other in combinations(sorted({busy.location for busy in own}), 2):
            here = [busy for busy in own if busy.location in (one, other)]
            _journey(sessions, here, one, int(way[one, other]))


def _journey(sessions: Sessions, here: list[Busy], one: int, minutes: int) -> None:
    """Put one location's clock back by up to the journey: still nothing may overlap.

    The full journey in either direction keeps those apart who are longer than that; delays in
    between are for the short ones.
    """
    shortest = min(busy.size for busy in here)
    for delay in {*range(-minutes, minutes, shortest), minutes}:
        sessions.model.add_no_overlap(
            busy.interval(sessions.model, delay if busy.location == one else 0) for busy in here
        )


def _rooms(sessions: Sessions) -> None:
    """At a location no more rooms of a kind are taken at once than there are."""
    model, table = sessions.model, sessions.activities
    lots: dict[tuple[int, int], list[IntervalVar]] = defaultdict(list)
    for lot in (sessions.own, sessions.companions):
        for variables in lot.values():
            for choice in variables.choices:
                lots[choice.location, choice.kind].append(choice.busy)
    standing = table.standing
    for i in range(len(standing.appointments)):
        size = int(standing.until[i] - standing.start[i])
        interval = model.new_fixed_size_interval_var(int(standing.start[i]), size, "stands")
        lots[int(standing.location[i]), int(standing.kind[i])].append(interval)
    rooms: dict[tuple[int, int], int] = defaultdict(int)
    for room in sessions.problem.network.rooms:
        rooms[table.axes.location[room.location_id], table.axes.kind[room.kind]] += 1
    for where, intervals in lots.items():
        model.add_cumulative(intervals, [1] * len(intervals), rooms[where])


def _clients(sessions: Sessions) -> None:
    """Nobody is treated twice at once; spacing keeps a plan's own sessions apart."""
    model, table = sessions.model, sessions.activities
    lots: dict[int, list[IntervalVar]] = defaultdict(list)
    plans: dict[int, set[str]] = defaultdict(set)
    of = {client.client_id: i for i, client in enumerate(sessions.problem.network.clients)}
    for lot in (sessions.own, sessions.companions):
        for session, variables in lot.items():
            plan_id = sessions.problem.sessions[session].plan_id
            client = of[sessions.problem.plans[plan_id].client_id]
            lots[client].append(variables.felt)
            plans[client].add(plan_id)
    standing = table.standing
    for i, appointment in enumerate(standing.appointments):
        interval = model.new_fixed_size_interval_var(
            int(standing.start[i]), appointment.minutes, "stands"
        )
        lots[int(standing.client[i])].append(interval)
        plans[int(standing.client[i])].add(f"standing {appointment.plan_id}")
    for client, intervals in lots.items():
        if len(plans[client]) > 1:
            model.add_no_overlap(intervals)


def _limits(sessions: Sessions) -> None:
    """Hands-on minutes of a day and a week, as what a day or a week can hold at once."""
    model, table = sessions.model, sessions.activities
    loads: dict[tuple[int, bool], Load] = defaultdict(Load)
    for lot in (sessions.own, sessions.companions):
        for variables in lot.values():
            week = model.new_int_var(0, table.axes.days // WEEK - 1, "week")
            inside = model.new_int_var(0, WEEK - 1, "weekday")
            model.add(variables.day == WEEK * week + inside)
            for choice in variables.choices:
                for moment, weekly in ((variables.day, False), (week, True)):
                    interval = model.new_optional_fixed_size_interval_var(
                        moment, 1, choice.taken, "limit"
                    )
                    loads[choice.therapist, weekly].add(interval, variables.minutes)
    standing = table.standing
    for i, appointment in enumerate(standing.appointments):
        day, therapist = int(standing.day[i]), int(standing.therapist[i])
        for at, weekly in ((day, False), (day // WEEK, True)):
            interval = model.new_fixed_size_interval_var(at, 1, "stands")
            loads[therapist, weekly].add(interval, appointment.minutes)
    therapists = sessions.problem.network.therapists
    for (of, weekly), load in loads.items():
        most = therapists[of].max_minutes_per_week if weekly else therapists[of].max_minutes_per_day
        model.add_cumulative(load.intervals, load.minutes, most)


def _plans(sessions: Sessions) -> None:
    """Sessions of a plan in order, with days between them, and no more than are authorised."""
    model, problem = sessions.model, sessions.problem
    plans: dict[str, list[int]] = defaultdict(list)
    for session in sessions.own:
        plans[problem.sessions[session].plan_id].append(session)
    for plan_id, own in plans.items():
        for one, other in combinations(sorted(own), 2):
            earlier, later = sessions.own[one], sessions.own[other]
            apart = least_days(problem.sessions[one].frequency, problem.sessions[other].frequency)
            last, first = (np.array(v.day.proto.domain) for v in (earlier, later))
            if first.min() - last.max() < apart:
                model.add(later.day - earlier.day >= apart).only_enforce_if(
                    earlier.booked, later.booked
                )
        left = visits_left(problem, problem.plans[plan_id])
        if left is not None:
            model.add(sum(sessions.own[session].booked for session in own) <= left)
