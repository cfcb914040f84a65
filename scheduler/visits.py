"""Between the columns of the matrix and the visits that people read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from scheduler.bookings import Booked
from scheduler.candidates import MINUTES_A_DAY
from scheduler.outcome import Visit
from scheduler.rooms import Stay, hand_out, rooms_by_kind, standing_stays

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.activities import Activities
    from scheduler.facts import Appointment
    from scheduler.model import Model


def visits_of(model: Model, plans: Sequence[Booked]) -> tuple[Visit, ...]:
    """The visits of a schedule in order of time, each with a room."""
    return visits_at(model.activities, (column for booked in plans for column in booked.columns))


def visits_at(activities: Activities, columns: Iterable[int]) -> tuple[Visit, ...]:
    """The visits of some columns in order of time, each with a room.

    Raises:
        scheduler.rooms.NoRoomError: if rooms are too few, or what stands leaves no way.
    """
    ordered = sorted(columns, key=lambda column: (int(activities.start[column]), column))
    rooms = _rooms(activities, ordered)
    return tuple(_visit(activities, column, rooms[column]) for column in ordered)


def _visit(activities: Activities, column: int, room_id: str) -> Visit:
    problem, companion = activities.problem, bool(activities.companion[column])
    session = problem.sessions[activities.session[column]]
    plan, promise = problem.plans[session.plan_id], _promise(activities, column)
    service_id = (plan.companion_service_id if companion else None) or session.service_id
    kept = bool(activities.keeps_promise[column])
    return Visit(
        session.plan_id,
        session.number,
        service_id,
        problem.network.therapists[activities.therapist[column]].therapist_id,
        problem.network.locations[activities.location[column]].location_id,
        room_id,
        activities.axes.moment(int(activities.start[column])),
        problem.services[service_id].minutes,
        companion,
        pinned=kept and promise is not None and promise.pinned,
    )


def _rooms(activities: Activities, columns: Iterable[int]) -> dict[int, str]:
    """A room for each column: day by day, kind by kind, location by location."""
    groups: dict[tuple[int, int, int], list[Stay]] = defaultdict(list)
    for column in columns:
        group = (
            int(activities.location[column]),
            int(activities.kind[column]),
            int(activities.day[column]),
        )
        start, until = int(activities.start[column]), int(activities.until[column])
        promise = _promise(activities, column)
        wish = None if promise is None else promise.room_id
        groups[group].append(Stay(str(column), start, until, wish))
    taken = standing_stays(activities)
    rooms = rooms_by_kind(activities)
    given: dict[int, str] = {}
    for group, stays in groups.items():
        for name, room_id in hand_out(stays, rooms[group[:2]], taken[group]).items():
            given[int(name)] = room_id
    return given


def _promise(activities: Activities, column: int) -> Appointment | None:
    """The promise of a column's session or companion, whether or not the column keeps it."""
    problem = activities.problem
    lot = problem.companion_promises if activities.companion[column] else problem.promises
    return lot.get(problem.sessions[activities.session[column]].key)


def booked_of(model: Model, visits: Sequence[Visit]) -> list[Booked]:
    """What each plan has in some visits; those that are no slot any more are left out."""
    column_of = ColumnFinder(model)
    slots: dict[tuple[str, int], int] = {}
    companions: dict[tuple[str, int], int] = {}
    for visit in visits:
        column = column_of(visit)
        if column is not None:
            lot = companions if visit.companion else slots
            lot[visit.plan_id, visit.session_number] = column
    found = []
    for plan in model.plans:
        keys = [model.problem.sessions[session].key for session in plan.graph.sessions]
        own = [key for key in keys if key in slots]
        found.append(
            Booked(
                tuple(slots[key] for key in own),
                tuple(_following(model, slots[key], companions.get(key, -1)) for key in own),
            )
        )
    return found


def promised_of(model: Model) -> list[Booked]:
    """What each plan was promised, as far as its promises are slots still."""
    activities = model.activities
    promised = np.flatnonzero(activities.keeps_promise[: activities.appointments])
    of = {
        (int(activities.session[column]), bool(activities.companion[column])): int(column)
        for column in promised
    }
    found = []
    for plan in model.plans:
        own = [session for session in plan.graph.sessions if (session, False) in of]
        slots = tuple(of[session, False] for session in own)
        companions = (of.get((session, True), -1) for session in own)
        ways = zip(slots, companions, strict=True)
        found.append(Booked(slots, tuple(_following(model, *way) for way in ways)))
    return found


def _following(model: Model, slot: int, companion: int) -> int:
    """The companion if it may follow the slot, else -1."""
    return companion if companion in model.companions_of(slot) else -1


class ColumnFinder:
    """Finds the column of a visit in a model's matrix."""

    def __init__(self, model: Model) -> None:
        self._model = model
        activities, problem = model.activities, model.problem
        self._session = {session.key: i for i, session in enumerate(problem.sessions)}
        order = np.arange(activities.appointments)
        key = activities.session[order] * 2 + activities.companion[order]
        self._order = order[np.argsort(key, kind="stable")]
        self._key = key[self._order]

    def __call__(self, visit: Visit) -> int | None:
        """The column, or None if the visit is not a slot."""
        activities, axes = self._model.activities, self._model.activities.axes
        session = self._session.get((visit.plan_id, visit.session_number))
        if session is None:
            return None
        key = session * 2 + visit.companion
        of = self._order[slice(*np.searchsorted(self._key, [key, key + 1]))]
        clock = visit.starts_at.hour * 60 + visit.starts_at.minute
        start = axes.day(visit.starts_at.date()) * MINUTES_A_DAY + clock
        same = of[
            (activities.start[of] == start)
            & (activities.therapist[of] == axes.therapist.get(visit.therapist_id, -1))
            & (activities.location[of] == axes.location.get(visit.location_id, -1))
        ]
        return int(same[0]) if len(same) else None
