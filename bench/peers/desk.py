"""A schedule in the making, one session at a time: the cheapest place that fits, put and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.peers import courses
from bench.peers.book import Book
from bench.peers.slots import Slot, SlotTable
from bench.peers.snapshots import Rows, rows_of
from scheduler.outcome import Visit
from scheduler.points import promise_lost, unbooked
from scheduler.points.unpaired import asks_for_companion
from scheduler.problem import Problem
from scheduler.visits import visits_at


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is or could be, with its companion's place, if it has one.

    ``points`` is what it adds to the schedule's when it is put there; without what it saves
    because the session isn't unbooked any more.
    """

    slot: Slot
    room: str
    companion: Slot | None
    companion_room: str | None
    points: int


class Desk:
    """Every session's place so far, and the points of them all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.table = SlotTable(problem)
        self.places: dict[int, Place] = {}
        self._book, self._courses = Book(self.table.activities), courses.Courses(self.table)
        self.price = [
            unbooked.cost(problem, s) + promise_lost.cost(problem, s) for s in problem.sessions
        ]
        """What each session costs while it has no place."""
        self._alone = [
            problem.settings.weights.unpaired * asks_for_companion(problem, s)
            for s in problem.sessions
        ]
        changes = problem.settings.weights.change_of_clinic * self._book.changes()
        self.points = sum(self.price) + changes

    def cheapest(self, session: int) -> Place | None:
        """The place of a session that adds the fewest points; none if nothing fits."""
        asked = self.problem.sessions[session]
        if self._courses.is_full(asked):
            return None
        best: Place | None = None
        days: dict[int, int | None] = {}
        for option in self.table.options(session):
            if option.day not in days:
                days[option.day] = self._courses.day_points(asked, option.day)
            by_day = days[option.day]
            if by_day is None:
                continue
            base = by_day + self._courses.therapist_points(asked, option.therapist)
            if best is not None and base + option.points >= best.points:
                continue
            minutes = option.slots[0].minutes
            if not self._book.has_strength(option.therapist, option.day, minutes):
                continue
            for slot in option.slots:
                if best is None or base + slot.points < best.points:
                    place = self._place(slot, base)
                    if place is not None and (best is None or place.points < best.points):
                        best = place
        return best

    def exactly(self, slot: Slot) -> Place | None:
        """The place of a slot, if it fits."""
        asked = self.problem.sessions[slot.session]
        by_day = self._courses.day_points(asked, slot.day)
        if by_day is None or self._courses.is_full(asked):
            return None
        return self._place(slot, by_day + self._courses.therapist_points(asked, slot.therapist))

    def _place(self, slot: Slot, base: int) -> Place | None:
        room = self._book.room_for(slot)
        if room is None:
            return None
        asked = self.problem.sessions[slot.session]
        points = base + slot.points + self._courses.clock_points(asked, slot.start)
        points += self.problem.settings.weights.change_of_clinic * self._book.changes_by(slot)
        alone = self._alone[slot.session]
        if not alone:
            return Place(slot, room, None, None, points)
        self._book.add(slot, room)
        ways = ((c, self._book.room_for(c)) for c in self.table.companions(slot))
        companion, there = next(((c, r) for c, r in ways if r is not None), (None, None))
        self._book.remove(slot, room)
        return Place(slot, room, companion, there, points + alone * (companion is None))

    def put(self, place: Place) -> None:
        """Give a session its place."""
        slot = place.slot
        self._book.add(slot, place.room)
        if place.companion and place.companion_room:
            self._book.add(place.companion, place.companion_room)
        session = self.problem.sessions[slot.session]
        visit = courses.Visit(session, slot.day, slot.start, slot.therapist, counts=True)
        self._courses.of(session).add(visit)
        self.places[slot.session] = place
        self.points += place.points - self.price[slot.session]

    def take_back(self, session: int) -> Place:
        """Take a session's place back; what it is worth now may differ from what it cost then."""
        place = self.places.pop(session)
        slot, asked = place.slot, self.problem.sessions[session]
        self._courses.of(asked).remove(asked.number)
        self._book.remove(slot, place.room)
        if place.companion and place.companion_room:
            self._book.remove(place.companion, place.companion_room)
        self.points += self.price[session] - self._worth(place)
        return place

    def _worth(self, place: Place) -> int:
        """What a place that was just taken back adds to the points."""
        slot, asked = place.slot, self.problem.sessions[place.slot.session]
        changes = self._book.changes_by(slot)
        return (
            slot.points
            + (self._courses.day_points(asked, slot.day) or 0)
            + self._courses.therapist_points(asked, slot.therapist)
            + self._courses.clock_points(asked, slot.start)
            + self.problem.settings.weights.change_of_clinic * changes
            + self._alone[slot.session] * (place.companion is None)
        )

    def rows(self) -> Rows:
        """What makes the rows of the schedule as it is now."""
        places = list(self.places.values())
        return lambda: rows_of(self.problem, self._visits(places))

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The schedule as it is now."""
        return self._visits(list(self.places.values()))

    def _visits(self, places: Sequence[Place]) -> tuple[Visit, ...]:
        """The visits of some places; rooms are handed out again, so that promises keep theirs."""
        slots = (slot for place in places for slot in (place.slot, place.companion) if slot)
        return visits_at(self.table.activities, (slot.column for slot in slots))
