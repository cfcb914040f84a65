"""What Timefold's side prints, turned into visits: each better schedule is one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.peers.timefold.candidates import NONE
from scheduler.outcome import Visit
from scheduler.rooms import Stay, hand_out, rooms_by_kind, standing_stays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.peers.timefold.candidates import Ways
    from scheduler.activities import Activities


@dataclass(frozen=True, slots=True)
class Answer:
    """A schedule: the points that Timefold counts, and the columns that are booked."""

    points: int
    columns: tuple[int, ...]


class AnswerError(ValueError):
    """A line that is no schedule of this problem."""


class Reader:
    """Reads lines about one problem."""

    def __init__(self, activities: Activities, ways: Ways) -> None:
        self._activities = activities
        self._way_of = {
            (session, value): way
            for way, (session, value) in enumerate(
                zip(ways.session.tolist(), ways.value.tolist(), strict=True)
            )
        }
        self._ways = ways

    def read(self, line: str) -> Answer:
        """The schedule of a line: its points, then the value of each visit, -1 if not booked.

        Sessions to be booked come first; what stands comes after them and needs no reading.

        Raises:
            AnswerError: if the line names a value that the session can't have.
        """
        points, *values = (int(number) for number in line.split())
        columns: list[int] = []
        for session, value in enumerate(values[: len(self._activities.problem.sessions)]):
            if value == NONE:
                continue
            way = self._way_of.get((session, value))
            if way is None:
                raise AnswerError(
                    f"session {session} has the value {value}, which is none of its candidates. "
                    "Maybe Timefold's side was built from other sources: make .bench/timefold/ready"
                )
            companion = int(self._ways.companion[way])
            columns += [int(self._ways.column[way]), *([companion] if companion != NONE else [])]
        return Answer(points, tuple(columns))


def visits_of(activities: Activities, columns: Sequence[int]) -> list[Visit]:
    """The columns as visits, with rooms.

    Raises:
        scheduler.rooms.NoRoomError: if rooms that stand are in the way of handing them out.
    """
    rooms = _rooms(activities, columns)
    return [_visit(activities, column, rooms[column]) for column in columns]


def _visit(activities: Activities, column: int, room_id: str) -> Visit:
    problem = activities.problem
    session = problem.sessions[activities.session[column]]
    companion = bool(activities.companion[column])
    plan = problem.plans[session.plan_id]
    service_id = (plan.companion_service_id if companion else None) or session.service_id
    promises = problem.companion_promises if companion else problem.promises
    promise = promises.get(session.key)
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


def _rooms(activities: Activities, columns: Sequence[int]) -> Mapping[int, str]:
    """A room for each column: rooms of one kind at one location were only counted."""
    groups: dict[tuple[int, int, int], list[Stay]] = defaultdict(list)
    for column in columns:
        group = (activities.location[column], activities.kind[column], activities.day[column])
        start, until = int(activities.start[column]), int(activities.until[column])
        groups[group].append(Stay(str(column), start, until, None))
    rooms, taken = rooms_by_kind(activities), standing_stays(activities)
    return {
        int(name): room_id
        for group, stays in groups.items()
        for name, room_id in hand_out(stays, rooms[group[:2]], taken[group]).items()
    }
