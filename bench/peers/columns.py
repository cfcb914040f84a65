"""From columns of the engine's table back to visits, for those who choose columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scheduler.activities import Activities
from scheduler.outcome import Visit
from scheduler.rooms import Stay, hand_out, rooms_by_kind, standing_stays


def rooms_for(activities: Activities, columns: Iterable[int]) -> dict[int, str]:
    """A room for each column, where rooms of a kind were only counted."""
    groups: dict[tuple[int, int, int], list[Stay]] = defaultdict(list)
    for column in columns:
        group = (
            int(activities.location[column]),
            int(activities.kind[column]),
            int(activities.day[column]),
        )
        start, until = int(activities.start[column]), int(activities.until[column])
        groups[group].append(Stay(str(column), start, until, None))
    rooms, taken = rooms_by_kind(activities), standing_stays(activities)
    return {
        int(name): room
        for group, stays in groups.items()
        for name, room in hand_out(stays, rooms[group[:2]], taken[group]).items()
    }


def visits_in(activities: Activities, rooms: Mapping[int, str]) -> list[Visit]:
    """The visits of some columns, each in its room."""
    return [_visit(activities, column, room) for column, room in rooms.items()]


def _visit(activities: Activities, column: int, room: str) -> Visit:
    problem, network = activities.problem, activities.problem.network
    session = problem.sessions[activities.session[column]]
    plan, promise = problem.plans[session.plan_id], problem.promises.get(session.key)
    companion = bool(activities.companion[column])
    if companion:
        promise = problem.companion_promises.get(session.key)
    service_id = (plan.companion_service_id if companion else None) or session.service_id
    kept = bool(activities.keeps_promise[column])
    return Visit(
        session.plan_id,
        session.number,
        service_id,
        network.therapists[activities.therapist[column]].therapist_id,
        network.locations[activities.location[column]].location_id,
        room,
        activities.axes.moment(int(activities.start[column])),
        problem.services[service_id].minutes,
        companion,
        pinned=kept and promise is not None and promise.pinned,
    )
