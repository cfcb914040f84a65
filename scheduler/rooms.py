"""Hand out the rooms: of one kind at one location they are alike, and there are enough."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scheduler.kernels.housing import Housing, house, leave, refer_to_housing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray


Group = tuple[int, int, int]
"""A location, a kind of room and a day."""


_NONE = np.zeros(0, dtype=np.int64)


class NoRoomError(ValueError):
    """There is no way to give each stay a room."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A room of some kind is taken for ``[start, until)``; ``wish`` is the room it had before."""

    name: str
    start: int
    until: int
    wish: str | None


def rooms_by_kind(activities: Activities) -> dict[tuple[int, int], list[str]]:
    """The rooms of each location and kind."""
    axes = activities.axes
    rooms: dict[tuple[int, int], list[str]] = defaultdict(list)
    for room in activities.problem.network.rooms:
        rooms[axes.location[room.location_id], axes.kind[room.kind]].append(room.room_id)
    return rooms


def standing_stays(activities: Activities) -> dict[Group, list[tuple[str, int, int]]]:
    """Room, start and until of what stands."""
    standing = activities.standing
    stays: dict[Group, list[tuple[str, int, int]]] = defaultdict(list)
    for index, appointment in enumerate(standing.appointments):
        group = (
            int(standing.location[index]),
            int(standing.kind[index]),
            int(standing.day[index]),
        )
        stays[group].append(
            (appointment.room_id, int(standing.start[index]), int(standing.until[index]))
        )
    return stays


class TightRooms:
    """The days on which counting rooms is not enough, because some are taken for good.

    On such days the rooms are handed out while the schedule is made, to see that it can be done.
    Columns that are ``kept`` stay from the beginning.
    """

    def __init__(self, activities: Activities, kept: IntArray = _NONE) -> None:
        groups, by_kind = standing_stays(activities), rooms_by_kind(activities)
        rooms = {group: by_kind[group[:2]] for group in groups}
        stands = [
            (rooms[group].index(room), start, until)
            for group, stays in groups.items()
            for room, start, until in stays
        ]
        table = np.array(stands, dtype=np.int64).reshape(-1, 3)
        columns, axes = slice(0, activities.appointments), activities.axes
        lots = np.full((len(axes.location), len(axes.kind), axes.days), -1, dtype=np.int32)
        for number, (location, kind, day) in enumerate(groups):
            if 0 <= day < axes.days:
                lots[location, kind, day] = number
        lot = lots[activities.location[columns], activities.kind[columns], activities.day[columns]]
        sessions = np.unique(activities.session[columns][lot >= 0])
        inside = np.zeros((len(groups), 2 * len(sessions) + 2), dtype=np.int64)
        size = np.zeros(len(groups), dtype=np.int64)
        for column in kept[lot[kept] >= 0].tolist():
            inside[lot[column], size[lot[column]]] = column
            size[lot[column]] += 1
        lot[kept] = -1
        self.housing = Housing(
            lot=lot,
            start=activities.start[columns].astype(np.int32),
            until=activities.until[columns].astype(np.int32),
            rooms=np.array([len(rooms[group]) for group in groups], dtype=np.int64),
            size=size,
            inside=inside,
            stand_edge=np.cumsum([0, *(len(stays) for stays in groups.values())]),
            stand_room=table[:, 0].copy(),
            stand_start=table[:, 1].copy(),
            stand_until=table[:, 2].copy(),
        )

        self._handed = refer_to_housing(self.housing)

    def take(self, column: int) -> bool:
        """Add a column's stay, if all stays of its day still find a room then; whether they do."""
        housed = house(self._handed, column)
        if not housed:
            leave(self._handed, column)
        return housed


def hand_out(
    stays: Iterable[Stay], rooms: Sequence[str], taken: Iterable[tuple[str, int, int]]
) -> Mapping[str, str]:
    """A room for each stay, so that no room is taken twice at once.

    ``taken`` are stays that stand: room, start, until. Stays come in order of start and get
    the room that they wish for, else the one that was left last, where they are free. With
    standing stays in fixed rooms that order can fail although a way exists; then the stays
    are tried one room after the other until it is found.

    Raises:
        NoRoomError: if there is no way to do it.
    """
    standing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for room, start, until in taken:
        standing[room].append((start, until))
    ordered = sorted(stays, key=lambda stay: (stay.start, stay.name))
    given: dict[str, str] = {}
    busy = {room: list(standing[room]) for room in rooms}
    if not _give(ordered, busy, given):
        raise NoRoomError(f"no rooms for {len(ordered)} stays among {', '.join(rooms)}")
    return given


def _give(
    stays: Sequence[Stay], busy: dict[str, list[tuple[int, int]]], given: dict[str, str]
) -> bool:
    """Depth-first over the stays; iterative, since a day has more stays than Python has frames.

    What failed once is not tried again: what comes is the same for rooms that were free meanwhile.
    """
    choices: list[list[str]] = []
    failed: set[tuple[object, ...]] = set()
    while len(choices) < len(stays):
        at = len(choices)
        known = bool(failed) and _state(stays[at], at, busy) in failed
        choices.append([] if known else _free(stays[at], busy))
        while not choices[-1]:
            choices.pop()
            failed.add(_state(stays[len(choices)], len(choices), busy))
            if not choices:
                return False
            busy[given.pop(stays[len(choices) - 1].name)].pop()
        stay, room = stays[len(choices) - 1], choices[-1].pop()
        busy[room].append((stay.start, stay.until))
        given[stay.name] = room
    return True


def _state(
    stay: Stay, at: int, busy: Mapping[str, Sequence[tuple[int, int]]]
) -> tuple[object, ...]:
    """What matters before a stay is given a room: what each room still has from its start on."""
    to_come = [
        tuple(
            sorted((max(start, stay.start), until) for start, until in lots if until > stay.start)
        )
        for lots in busy.values()
    ]
    return (at, *sorted(to_come))


def _free(stay: Stay, busy: Mapping[str, Sequence[tuple[int, int]]]) -> list[str]:
    """The rooms that are free for a stay, the best one last."""
    free = [
        (room != stay.wish, -max((u for _, u in lots if u <= stay.start), default=0), room)
        for room, lots in busy.items()
        if all(until <= stay.start or stay.until <= start for start, until in lots)
    ]
    return [room for _, _, room in sorted(free, reverse=True)]
