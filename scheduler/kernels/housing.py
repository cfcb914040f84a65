"""Whether the rooms of a tight day can be handed out: some of them are taken for good.

Where a standing appointment has its room, two free half hours may lie in two rooms, so that
counting rooms is not enough. A *lot* is the rooms of one kind at one location on such a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.patterns import SPREAD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.candidates import IntArray

    Bits = NDArray[np.uint64]
    SmallArray = NDArray[np.int32]


_MOST_TRIES = 2000
"""How often a stay is given a room until it is given up: some milliseconds."""

_TABLE = 4093
"""Room for what failed, twice as much as there are tries; a prime, so that remainders spread."""


class Housing(NamedTuple):
    """The stays of each lot: patterns of appointments, ``inside[lot, :size[lot]]``.

    ``lot`` is each pattern's, -1 where counting is enough; it stays from ``start`` to ``until``.
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
def house(housing: Housing, pattern: int) -> bool:
    """Add a stay of a pattern; whether all stays of its lot still find a room."""
    lot = housing.lot[pattern]
    if lot < 0:
        return True
    if housing.size[lot] == housing.inside.shape[1]:
        raise IndexError("a lot of rooms has more stays than there are sessions")
    housing.inside[lot, housing.size[lot]] = pattern
    housing.size[lot] += 1
    return are_housed(housing, lot)


@compiled
def leave(housing: Housing, pattern: int) -> None:
    """Take such a stay out again."""
    lot = housing.lot[pattern]
    if lot >= 0:
        for at in range(housing.size[lot]):
            if housing.inside[lot, at] == pattern:
                housing.size[lot] -= 1
                housing.inside[lot, at] = housing.inside[lot, housing.size[lot]]
                break


@compiled
def are_housed(housing: Housing, lot: int) -> bool:
    """Whether all stays of a lot find a room: in order of start, trying one room after another.

    What failed once is not tried again: of the past only matters until when each room is taken, and
    rooms with the same to come are alike. After ``_MOST_TRIES`` it is said that they find none,
    which may be too little said, never too much.
    """
    stays = housing.inside[lot, : housing.size[lot]]
    stays = stays[np.argsort(housing.start[stays], kind="mergesort")]
    room = np.full(len(stays) + 1, -1)
    failed = np.zeros(0, dtype=np.uint64)
    at, tries = 0, 0
    while 0 <= at < len(stays):
        tries += 1
        if tries > _MOST_TRIES:
            return False
        begins = room[at] < 0
        if begins and _has_failed(failed, _state(housing, lot, stays, room, at)):
            room[at] = -1
            at -= 1
            continue
        room[at] = _next_free(housing, lot, stays[:at], room, stays[at], room[at] + 1)
        if room[at] < 0:
            if len(failed) == 0:
                failed = np.zeros(_TABLE, dtype=np.uint64)
            _note(failed, _state(housing, lot, stays, room, at))
            at -= 1
        else:
            at += 1
            room[at] = -1
    return at >= 0


@compiled
def _state(housing: Housing, lot: int, stays: IntArray, room: IntArray, at: int) -> np.uint64:
    """What is to be known of the rooms before a stay is given one; the order of rooms is no matter.

    Of each room that is until when it is taken, and what stands in it from then on.
    """
    start, state = housing.start[stays[at]], np.uint64(at + 1)
    for each in range(housing.rooms[lot]):
        taken = 0
        for before in range(at):
            if room[before] == each:
                taken = max(taken, housing.until[stays[before]])
        mark = _mixed(np.uint64(0), taken if taken > start else 0)
        for other in range(housing.stand_edge[lot], housing.stand_edge[lot + 1]):
            if housing.stand_room[other] == each and housing.stand_until[other] > start:
                mark = _mixed(_mixed(mark, housing.stand_start[other]), housing.stand_until[other])
        state += mark * mark
    return state


@compiled
def _mixed(mark: np.uint64, number: int) -> np.uint64:
    return (mark ^ np.uint64(number + 1)) * SPREAD


@compiled
def _has_failed(failed: Bits, state: np.uint64) -> bool:
    if len(failed) == 0:
        return False
    at = np.int64(state % np.uint64(_TABLE))
    while failed[at] != 0 and failed[at] != state:
        at = (at + 1) % _TABLE
    return bool(failed[at] == state)


@compiled
def _note(failed: Bits, state: np.uint64) -> None:
    at = np.int64(state % np.uint64(_TABLE))
    while failed[at] != 0:
        at = (at + 1) % _TABLE
    failed[at] = state


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
