"""All parts of the points, as one expression."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from ortools.sat.python.cp_model import IntVar, LinearExpr, LinearExprT

from bench.peers.cpsat.sessions import Sessions, Variables
from scheduler.candidates import minute_of
from scheduler.care_plans import Session
from scheduler.points import change_of_clinic, promise_lost, unbooked
from scheduler.points.cadence import INTERVALS
from scheduler.points.other_time import TOLERANCE
from scheduler.points.unpaired import asks_for_companion

Place = tuple[IntVar | int, IntVar | int, list[IntVar]]
"""A session's day and minute of the day, and what must be so for it to be there."""


def points_of(sessions: Sessions) -> LinearExprT:
    """The points of a schedule."""
    terms: list[LinearExprT] = []
    for part in (_booked, _moved, _alone, _pairs, _therapists, _changes):
        terms.extend(part(sessions))
    return LinearExpr.sum(terms)


def _booked(sessions: Sessions) -> Iterator[LinearExprT]:
    """``unbooked`` and ``promise-lost``."""
    for index, session in enumerate(sessions.problem.sessions):
        cost = unbooked.cost(sessions.problem, session)
        cost += promise_lost.cost(sessions.problem, session)
        variables = sessions.own.get(index)
        if variables is None:
            yield cost
        else:
            yield cost * (1 - variables.booked)


def _moved(sessions: Sessions) -> Iterator[LinearExprT]:
    """What a choice costs by itself, and ``promise-moved`` of those slots that aren't promised."""
    table, weight = sessions.activities, sessions.problem.settings.weights.promise_moved
    for index, variables in sessions.own.items():
        promised = sessions.problem.sessions[index].key in sessions.problem.promises
        for choice in variables.choices:
            kept = [c for c in choice.columns.values() if table.keeps_promise[c]]
            yield choice.points * choice.taken
            if promised and kept:
                here = sessions.at(variables, kept, choice, f"kept {index}")
                yield weight * choice.taken - weight * here


def _alone(sessions: Sessions) -> Iterator[LinearExprT]:
    """``unpaired``."""
    weight = sessions.problem.settings.weights.unpaired
    for index, variables in sessions.own.items():
        if asks_for_companion(sessions.problem, sessions.problem.sessions[index]):
            yield weight * variables.booked
            if index in sessions.companions:
                yield -weight * sessions.companions[index].booked


def _pairs(sessions: Sessions) -> Iterator[LinearExprT]:
    """``cadence`` and ``other-time`` of sessions n and n + 1."""
    problem, axes = sessions.problem, sessions.activities.axes
    places: dict[tuple[str, int], Place] = {}
    for stands in problem.standing_sessions.values():
        for a in stands:
            clock = minute_of(a.starts_at.time())
            places[a.plan_id, a.session_number] = (axes.day(a.starts_at.date()), clock, [])
    for index, variables in sessions.own.items():
        own = (variables.day, variables.clock, [variables.booked])
        places[problem.sessions[index].key] = own
    in_scope = {session.key for session in problem.in_scope}
    for (plan_id, number), earlier in places.items():
        later = places.get((plan_id, number + 1))
        if later and (earlier[2] or later[2]) and (plan_id, number + 1) in in_scope:
            session = problem.calendar[plan_id, number + 1]
            yield from _pair(sessions, session, earlier, later)


def _pair(
    sessions: Sessions, session: Session, earlier: Place, later: Place
) -> Iterator[LinearExprT]:
    model, weights = sessions.model, sessions.problem.settings.weights
    both = [*earlier[2], *later[2]]
    least, most = INTERVALS[session.frequency]
    missed = model.new_int_var(0, sessions.activities.axes.days + 120, "missed")
    days, minutes = later[0] - earlier[0], later[1] - earlier[1]
    model.add(missed >= days - most).only_enforce_if(both)
    model.add(missed >= least - days).only_enforce_if(both)
    other = model.new_bool_var("other time")
    model.add(minutes <= TOLERANCE).only_enforce_if([*both, ~other])
    model.add(minutes >= -TOLERANCE).only_enforce_if([*both, ~other])
    yield weights.cadence * missed
    yield weights.other_time * other


def _therapists(sessions: Sessions) -> Iterator[LinearExprT]:
    """``extra-therapist``, for plans with a session booked in the horizon."""
    model, problem, axes = sessions.model, sessions.problem, sessions.activities.axes
    weight = problem.settings.weights.extra_therapist
    plans: dict[str, list[Variables]] = defaultdict(list)
    for index, variables in sessions.own.items():
        plans[problem.sessions[index].plan_id].append(variables)
    settled = {key[0] for key in problem.settled}
    for plan_id, own in plans.items():
        before = {
            axes.therapist[a.therapist_id] for a in problem.standing_sessions.get(plan_id, ())
        }
        seen: dict[int, list[IntVar]] = defaultdict(list)
        for variables in own:
            for choice in variables.choices:
                if choice.therapist not in before:
                    seen[choice.therapist].append(choice.taken)
        for therapist, taken in seen.items():
            new = model.new_bool_var(f"{plan_id} sees {therapist}")
            for choice_taken in taken:
                model.add_implication(choice_taken, new)
            yield weight * new
        if plan_id not in settled:
            some = model.new_bool_var(f"{plan_id} is booked")
            model.add_max_equality(some, [variables.booked for variables in own])
            yield weight * (len(before) - 1) * some


def _changes(sessions: Sessions) -> Iterator[LinearExprT]:
    """``change-of-clinic``: from one stretch at a location to a later one elsewhere."""
    model, table = sessions.model, sessions.activities
    stretches = change_of_clinic.find_stretches(table)
    lots: dict[int, list[IntVar]] = defaultdict(list)
    for index, variables in sessions.own.items():
        for choice in variables.choices:
            by_stretch: dict[int, list[int]] = defaultdict(list)
            for column in choice.columns.values():
                by_stretch[int(stretches.stretch[column])].append(column)
            for stretch, columns in by_stretch.items():
                if stretch >= 0:
                    here = sessions.at(variables, columns, choice, f"{index} in {stretch}")
                    lots[stretch].append(here)
    used: dict[int, IntVar] = {stretch: model.new_bool_var(f"used {stretch}") for stretch in lots}
    for stretch, lot in lots.items():
        model.add_max_equality(used[stretch], lot)
    standing = np.flatnonzero(stretches.stands).tolist()
    used |= {stretch: model.new_constant(1) for stretch in standing}
    weight = sessions.problem.settings.weights.change_of_clinic
    for change in stretches.changes:
        if change.one in used and change.other in used:
            goes = model.new_bool_var("goes")
            between = sum(used[k] for k in change.between if k in used)
            model.add(goes >= used[change.one] + used[change.other] - 1 - between)
            yield weight * goes - weight * change.anyway
