"""The columns of the matrix: everything that could take a therapist's time on an open day.

First the slots of the sessions, then those of their companions, then the meal breaks that
long days ask for. Times are minutes since the horizon's first midnight.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY, Axes
from scheduler.rules.meal_break import find_meals
from scheduler.rules.pinned import keeps_promise
from scheduler.slots import find_slots

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, IntArray, Mask
    from scheduler.facts import Appointment
    from scheduler.problem import Problem

NONE = -1


@dataclass(frozen=True)
class Standing:
    """The standing appointments on days of the horizon, as columns."""

    appointments: tuple[Appointment, ...]
    therapist: IntArray
    location: IntArray
    kind: IntArray
    client: IntArray
    day: IntArray
    start: IntArray
    end: IntArray
    until: IntArray


@dataclass(frozen=True)
class Activities:
    """One entry an activity; ``session`` indexes ``problem.sessions``.

    ``end`` is where the hands-on minutes end, ``until`` where the changeover ends too.
    ``kind`` is the room's kind; a meal has neither kind, session nor client (-1).
    ``meal`` numbers the therapist-days that ask for a break; -1 for everything else.
    ``shift_day`` is of the sessions' slots alone, ``keeps_promise`` of all appointments.
    """

    axes: Axes
    shift_day: IntArray
    keeps_promise: Mask
    session: IntArray
    companion: Mask
    meal: IntArray
    therapist: IntArray
    location: IntArray
    kind: IntArray
    client: IntArray
    day: IntArray
    start: IntArray
    end: IntArray
    until: IntArray

    def __len__(self) -> int:
        return len(self.session)

    @property
    def problem(self) -> Problem:
        """The problem that they belong to."""
        return self.axes.problem

    @cached_property
    def slots(self) -> int:
        """How many of the columns, from the first, are slots of sessions."""
        return int(np.count_nonzero((self.session != NONE) & ~self.companion))

    @cached_property
    def appointments(self) -> int:
        """How many of the columns, from the first, are slots of sessions or companions."""
        return int(np.count_nonzero(self.session != NONE))

    @cached_property
    def clock(self) -> IntArray:
        """Minute of the day at which it starts."""
        return self.start - self.day * MINUTES_A_DAY

    @cached_property
    def standing(self) -> Standing:
        """What is already there."""
        return _standing(self.axes)


def find_activities(problem: Problem) -> Activities:
    """The slots of every session to be booked, their companions' slots, and the meals."""
    axes = Axes(problem)
    slots = find_slots(axes, problem.sessions)
    companions, owner = _find_companions(axes)
    session = np.concatenate([slots.session, owner[companions.session]])
    both = [
        np.concatenate([_of(slots), _of(companions)])
        for _of in (
            lambda c: c.therapist,
            lambda c: c.location,
            _room_kind,
            _client,
            lambda c: c.day,
            lambda c: c.day * MINUTES_A_DAY + c.start,
            lambda c: c.day * MINUTES_A_DAY + c.end,
            lambda c: c.day * MINUTES_A_DAY + c.end + c.changeover,
        )
    ]
    companion = np.arange(len(session)) >= len(slots)
    appointments = Activities(
        axes,
        slots.shift_day,
        np.concatenate([keeps_promise(slots), keeps_promise(companions)]),
        session,
        companion,
        np.full_like(session, NONE),
        *both,
    )
    return _with_meals(appointments)


def _find_companions(axes: Axes) -> tuple[Candidates, IntArray]:
    """Slots of the companions that plans ask for, and the session that each belongs to."""
    problem = axes.problem
    owner, wanted = [], []
    for index, session in enumerate(problem.sessions):
        service_id = problem.plans[session.plan_id].companion_service_id
        if service_id is not None and service_id != session.service_id:
            owner.append(index)
            wanted.append(dataclasses.replace(session, service_id=service_id))
    return find_slots(axes, wanted, companion=True), np.array(owner, dtype=np.int64)


def _room_kind(candidates: Candidates) -> IntArray:
    services, kind = candidates.problem.services, candidates.axes.kind
    return candidates.of_session(
        [kind.get(services[s.service_id].room_kind, NONE) for s in candidates.wanted]
    )


def _client(candidates: Candidates) -> IntArray:
    plans, client = candidates.problem.plans, candidates.axes.client
    return candidates.of_session([client[plans[s.plan_id].client_id] for s in candidates.wanted])


def _with_meals(appointments: Activities) -> Activities:
    meals = find_meals(appointments)
    none = np.full(len(meals.start), NONE)
    return Activities(
        appointments.axes,
        appointments.shift_day,
        appointments.keeps_promise,
        session=np.concatenate([appointments.session, none]),
        companion=np.concatenate([appointments.companion, np.zeros(len(none), dtype=np.bool_)]),
        meal=np.concatenate([appointments.meal, meals.meal]),
        therapist=np.concatenate([appointments.therapist, meals.therapist]),
        location=np.concatenate([appointments.location, meals.location]),
        kind=np.concatenate([appointments.kind, none]),
        client=np.concatenate([appointments.client, none]),
        day=np.concatenate([appointments.day, meals.start // MINUTES_A_DAY]),
        start=np.concatenate([appointments.start, meals.start]),
        end=np.concatenate([appointments.end, meals.end]),
        until=np.concatenate([appointments.until, meals.end]),
    )


def _standing(axes: Axes) -> Standing:
    problem = axes.problem
    appointments = tuple(a for a in problem.standing if a.starts_at.date() in problem.horizon)
    services = problem.services
    start = np.array(
        [
            axes.day(a.starts_at.date()) * MINUTES_A_DAY
            + a.starts_at.hour * 60
            + a.starts_at.minute
            for a in appointments
        ],
        dtype=np.int64,
    )
    end = start + np.array([a.minutes for a in appointments], dtype=np.int64)
    rooms = {room.room_id: room for room in problem.network.rooms}

    def column(values: list[int]) -> IntArray:
        return np.array(values, dtype=np.int64)

    return Standing(
        appointments,
        therapist=column([axes.therapist[a.therapist_id] for a in appointments]),
        location=column([axes.location[rooms[a.room_id].location_id] for a in appointments]),
        kind=column([axes.kind[rooms[a.room_id].kind] for a in appointments]),
        client=column([axes.client[problem.plans[a.plan_id].client_id] for a in appointments]),
        day=start // MINUTES_A_DAY,
        start=start,
        end=end,
        until=end + column([services[a.service_id].changeover_minutes for a in appointments]),
    )
