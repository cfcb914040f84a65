"""The appointment book: who and which room is taken when, and what still fits."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from bench.peers.slots import Slot, bits
from scheduler.activities import Activities
from scheduler.candidates import MINUTES_A_DAY
from scheduler.rules.travel import minutes_between

LONG_DAY, MEAL_FROM, MEAL_UNTIL, MEAL = 360, 120, 360, 30
WEEK = 7


class Stay(NamedTuple):
    """Something in a therapist's day, from a minute of it until another."""

    start: int
    until: int
    location: int
    companion: bool


class Book:
    """What is taken. Limits, overlaps, rooms, journeys and meals; nothing about plans."""

    def __init__(self, activities: Activities) -> None:
        problem, axes = activities.problem, activities.axes
        self._travel = minutes_between(axes).tolist()
        therapists = problem.network.therapists
        self._per_day = [t.max_minutes_per_day for t in therapists]
        self._per_week = [t.max_minutes_per_week for t in therapists]
        self._busy: dict[tuple[int, int], int] = defaultdict(int)
        self._felt: dict[tuple[int, int], int] = defaultdict(int)
        self._minutes: dict[tuple[int, int], int] = defaultdict(int)
        self._in_week: dict[tuple[int, int], int] = defaultdict(int)
        self._stays: dict[tuple[int, int], list[Stay]] = defaultdict(list)
        self._rooms: dict[tuple[int, int], list[str]] = defaultdict(list)
        for room in problem.network.rooms:
            self._rooms[axes.location[room.location_id], axes.kind[room.kind]].append(room.room_id)
        self._in_room: dict[tuple[str, int], int] = defaultdict(int)
        self._meal_from = _long_days(activities)
        self._at_two = _days_at_two(activities)
        self._note_standing(activities)

    def has_strength(self, therapist: int, day: int, minutes: int) -> bool:
        """Whether the therapist's limits allow so many hands-on minutes more on a day."""
        return (
            self._minutes[therapist, day] + minutes <= self._per_day[therapist]
            and self._in_week[therapist, day // WEEK] + minutes <= self._per_week[therapist]
        )

    def room_for(self, slot: Slot) -> str | None:
        """A room in which the slot could be booked as the book stands, or none if it can't be."""
        where = (slot.therapist, slot.day)
        if self._busy[where] & slot.taken or self._felt[slot.client, slot.day] & slot.felt:
            return None
        rooms = self._rooms[slot.location, slot.kind]
        free = (room for room in rooms if not self._in_room[room, slot.day] & slot.taken)
        room = next(free, None)
        if room is None or not self.has_strength(*where, slot.minutes):
            return None
        if where in self._at_two and not self._in_time(slot):
            return None
        if where in self._meal_from and not self._leaves_a_meal(slot):
            return None
        return room

    def add(self, slot: Slot, room: str) -> None:
        """Book a slot in a room."""
        self._turn(slot, room, 1)
        stay = Stay(slot.start, slot.until, slot.location, slot.companion)
        self._stays[slot.therapist, slot.day].append(stay)

    def remove(self, slot: Slot, room: str) -> None:
        """Take a slot back that was booked in a room."""
        self._turn(slot, room, -1)
        stay = Stay(slot.start, slot.until, slot.location, slot.companion)
        self._stays[slot.therapist, slot.day].remove(stay)

    def changes(self) -> int:
        """How many changes of clinic all therapists' days have."""
        return sum(_changes(stays) for stays in self._stays.values())

    def changes_by(self, slot: Slot) -> int:
        """How many more changes of clinic the therapist's day would have with the slot."""
        if (slot.therapist, slot.day) not in self._at_two:
            return 0
        stays = self._stays[slot.therapist, slot.day]
        new = Stay(slot.start, slot.until, slot.location, companion=False)
        return _changes([*stays, new]) - _changes(stays)

    def _turn(self, slot: Slot, room: str, sign: int) -> None:
        self._busy[slot.therapist, slot.day] += sign * slot.taken
        self._felt[slot.client, slot.day] += sign * slot.felt
        self._in_room[room, slot.day] += sign * slot.taken
        self._minutes[slot.therapist, slot.day] += sign * slot.minutes
        self._in_week[slot.therapist, slot.day // WEEK] += sign * slot.minutes

    def _in_time(self, slot: Slot) -> bool:
        for stay in self._stays[slot.therapist, slot.day]:
            way = self._travel[stay.location][slot.location]
            if stay.location != slot.location and (
                slot.start < stay.until + way and stay.start < slot.until + way
            ):
                return False
        return True

    def _leaves_a_meal(self, slot: Slot) -> bool:
        """Whether half an hour stays free inside the meal's window, beside any journey."""
        first = self._meal_from[slot.therapist, slot.day]
        opens, closes = first + MEAL_FROM, first + MEAL_UNTIL
        new = Stay(slot.start, slot.until, slot.location, slot.companion)
        stays = sorted([*self._stays[slot.therapist, slot.day], new])
        day = [Stay(0, 0, stays[0].location, companion=False), *stays]
        night = stays[-1].location
        day.append(Stay(MINUTES_A_DAY, MINUTES_A_DAY, night, companion=False))
        for earlier, later in pairwise(day):
            way = self._travel[earlier.location][later.location]
            begin, end = earlier.until, later.start
            if max(begin + way, opens) + MEAL <= min(end, closes):
                return True
            if max(begin, opens) + MEAL <= min(end - way, closes):
                return True
        return False

    def _note_standing(self, activities: Activities) -> None:
        """Appointments that are not to be moved take their time and rooms."""
        standing = activities.standing
        for i, appointment in enumerate(standing.appointments):
            day, start = int(standing.day[i]), int(standing.start[i]) % MINUTES_A_DAY
            end = start + int(standing.end[i] - standing.start[i])
            until = start + int(standing.until[i] - standing.start[i])
            therapist = int(standing.therapist[i])
            self._busy[therapist, day] |= bits(start, until)
            self._felt[int(standing.client[i]), day] |= bits(start, end)
            self._in_room[appointment.room_id, day] |= bits(start, until)
            self._minutes[therapist, day] += appointment.minutes
            self._in_week[therapist, day // WEEK] += appointment.minutes
            companion = activities.problem.is_companion(appointment)
            stay = Stay(start, until, int(standing.location[i]), companion)
            self._stays[therapist, day].append(stay)


def _changes(stays: list[Stay]) -> int:
    """Changes of clinic in a therapist's day, to which companions do not count."""
    visits = sorted(stay for stay in stays if not stay.companion)
    return sum(a.location != b.location for a, b in pairwise(visits))


def _long_days(activities: Activities) -> dict[tuple[int, int], int]:
    """When the first shift starts on each therapist's day that asks for a meal."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    shifts = activities.axes.shift_days
    for therapist, day, start, end in zip(
        shifts.therapist.tolist(),
        shifts.day.tolist(),
        shifts.starts.tolist(),
        shifts.ends.tolist(),
        strict=True,
    ):
        first, last = spans.get((therapist, day), (start, end))
        spans[therapist, day] = min(first, start), max(last, end)
    return {key: first for key, (first, last) in spans.items() if last - first >= LONG_DAY}


def _days_at_two(activities: Activities) -> set[tuple[int, int]]:
    """The therapists' days at more than one location."""
    places: dict[tuple[int, int], set[int]] = defaultdict(set)
    for part in (activities.axes.shift_days, activities.standing):
        columns = (part.therapist.tolist(), part.day.tolist(), part.location.tolist())
        for therapist, day, location in zip(*columns, strict=True):
            places[therapist, day].add(location)
    return {key for key, locations in places.items() if len(locations) > 1}
