"""Whether the rooms of a tight day can be handed out: some of them are taken for good.

Where a standing appointment has its room, two free half hours may lie in two rooms, so that
counting rooms is not enough. A *lot* is the rooms of one kind at one location on such a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.candidates import IntArray

    SmallArray = NDArray[np.int32]


class Housing(NamedTuple):
    """The stays of each lot: kinds of appointments, ``inside[lot, :size[lot]]``.

    ``lot`` is each kind's, -1 where counting is enough; it stays from ``start`` to ``until``.
    A lot has ``rooms``; what stands there are the entries from ``stand_edge`` on.
    """

    lot: SmallArray
    start: SmallArray
    until: SmallArray
    rooms: IntArray
    size: IntArray
    inside: IntArray
    stand_edge: IntArray
    stand_room: IntArray
    stand_start: IntArray
    stand_until: IntArray


_HousingReference = by_reference(Housing)


@compiled
def refer_to_housing(values: Housing) -> Housing:
    """The same, to be handed to compiled code."""
    return _HousingReference(*values)


@compiled
def house(housing: Housing, kind: int) -> bool:
    """Add the stay of an appointment of a kind; whether all stays of its lot still find a room."""
    lot = housing.lot[kind]
    if lot < 0:
        return True
    if housing.size[lot] == housing.inside.shape[1]:
        raise IndexError("a lot of rooms has more stays than there are sessions")
    housing.inside[lot, housing.size[lot]] = kind
    housing.size[lot] += 1
    return are_housed(housing, lot)


@compiled
def leave(housing: Housing, kind: int) -> None:
    """Take such a stay out again."""
    lot = housing.lot[kind]
    if lot >= 0:
        for at in range(housing.size[lot]):
            if housing.inside[lot, at] == kind:
                housing.size[lot] -= 1
                housing.inside[lot, at] = housing.inside[lot, housing.size[lot]]
                break


@compiled
def are_housed(housing: Housing, lot: int) -> bool:
    """Whether all stays of a lot find a room: in order of start, trying one room after another."""
    stays = housing.inside[lot, : housing.size[lot]]
    stays = stays[np.argsort(housing.start[stays], kind="mergesort")]
    room = np.full(len(stays) + 1, -1)
    at = 0
    while 0 <= at < len(stays):
        room[at] = _next_free(housing, lot, stays[:at], room, stays[at], room[at] + 1)
        if room[at] < 0:
            at -= 1
        else:
            at += 1
            room[at] = -1
    return at >= 0


@compiled
def _next_free(
    housing: Housing, lot: int, before: IntArray, room: IntArray, stay: int, first: int
) -> int:
    """The first room from a number on that is free for a stay; -1 if none is."""
    start, until = housing.start[stay], housing.until[stay]
    for each in range(first, housing.rooms[lot]):
        free = True
        for at in range(housing.stand_edge[lot], housing.stand_edge[lot + 1]):
            if (
                housing.stand_room[at] == each
                and start < housing.stand_until[at]
                and housing.stand_start[at] < until
            ):
                free = False
        for at in range(len(before)):
            if room[at] == each and start < housing.until[before[at]]:
                free = False
        if free:
            return each
    return -1
