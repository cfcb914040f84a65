"""The candidate table for those who look at one slot after the other: plain objects, no arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import numpy as np

from scheduler.activities import Activities, find_activities
from scheduler.points import points_of_slots
from scheduler.problem import Problem
from scheduler.rules.companion import find_pairings

UNIT = 5
"""Minutes that one bit of a day stands for."""


def bits(start: int, end: int) -> int:
    """The minutes of a day from ``start`` until ``end`` as bits."""
    return (1 << -(-end // UNIT)) - (1 << start // UNIT)


class Slot(NamedTuple):
    """A session, or its companion, at a therapist, location, day and start (minute of the day).

    ``points`` are those of the slot by itself. ``taken`` are the bits of therapist and room, with
    the changeover; ``felt`` are the client's.
    """

    column: int
    session: int
    companion: bool
    therapist: int
    location: int
    kind: int
    client: int
    day: int
    start: int
    minutes: int
    until: int
    points: int
    taken: int
    felt: int


@dataclass(frozen=True, slots=True)
class Option:
    """A session's slots with one therapist at one location on one day, early to late.

    ``points`` is what the best of them costs by itself.
    """

    therapist: int
    location: int
    day: int
    points: int
    slots: tuple[Slot, ...]


class SlotTable:
    """Every slot of a problem, by session; the engine's candidates, and none else."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.activities: Activities = find_activities(problem)
        self.points = np.zeros(self.activities.appointments, dtype=np.int64)
        self.points[: self.activities.slots] = points_of_slots(self.activities)
        edges = np.arange(len(problem.sessions) + 1)
        self._edges = np.searchsorted(self.activities.session[: self.activities.slots], edges)
        self._options: dict[int, tuple[Option, ...]] = {}

    def number_of_slots(self, session: int) -> int:
        """How many slots a session has."""
        return int(self._edges[session + 1] - self._edges[session])

    def options(self, session: int) -> tuple[Option, ...]:
        """The slots of a session, made when first asked for."""
        if session not in self._options:
            slots = self._slots(range(self._edges[session], self._edges[session + 1]))
            groups = groupby(slots, lambda slot: (slot.therapist, slot.location, slot.day))
            lots = [(*key, tuple(group)) for key, group in groups]
            self._options[session] = tuple(
                Option(therapist, location, day, min(slot.points for slot in of), of)
                for therapist, location, day, of in lots
            )
        return self._options[session]

    def promise(self, session: int) -> Slot | None:
        """The slot that was promised, if it still is one."""
        own = range(self._edges[session], self._edges[session + 1])
        kept = np.flatnonzero(self.activities.keeps_promise[own.start : own.stop])
        found = self._slots([own.start + int(k) for k in kept[:1]])
        return found[0] if found else None

    def companions(self, slot: Slot) -> list[Slot]:
        """The companions that may follow a slot, early to late."""
        return self._followers.get(slot.column, [])

    @cached_property
    def _followers(self) -> dict[int, list[Slot]]:
        pairings = find_pairings(self.activities)
        known = {slot.column: slot for slot in self._slots(np.unique(pairings.companion).tolist())}
        followers: dict[int, list[Slot]] = defaultdict(list)
        ways = zip(pairings.slot.tolist(), pairings.companion.tolist(), strict=True)
        for slot, companion in ways:
            followers[slot].append(known[companion])
        return followers

    def _slots(self, columns: Sequence[int]) -> list[Slot]:
        table, own = self.activities, np.asarray(columns, dtype=np.int64)
        midnight = table.start[own] - table.clock[own]
        end = table.end[own] - midnight
        until = table.until[own] - midnight
        rows = zip(
            own.tolist(),
            table.session[own].tolist(),
            table.companion[own].tolist(),
            table.therapist[own].tolist(),
            table.location[own].tolist(),
            table.kind[own].tolist(),
            table.client[own].tolist(),
            table.day[own].tolist(),
            table.clock[own].tolist(),
            (end - table.clock[own]).tolist(),
            until.tolist(),
            self.points[own].tolist(),
            strict=True,
        )
        return [
            Slot._make((*row, bits(row[8], row[10]), bits(row[8], row[8] + row[9]))) for row in rows
        ]
