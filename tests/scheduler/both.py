"""Two judges: what the engine allows and what the verifier finds must be the same.

``broken`` asks both about some bookings and gives the rules that they break; it fails where the
judges disagree. Everything that stands, as the contract has it, is part of every schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, product

import numpy as np

from scheduler.activities import Activities, find_activities
from scheduler.candidates import MINUTES_A_DAY
from scheduler.facts import Room
from scheduler.kept import find_kept
from scheduler.matrix import Matrix, stack
from scheduler.meals import Meals
from scheduler.outcome import Visit
from scheduler.points import parts_of
from scheduler.points.ledger import Entry, complete, standing_entries
from scheduler.problem import Problem
from scheduler.rooms import TightRooms
from scheduler.rules import SHARED, WITHIN_PLAN
from scheduler.rules.companion import find_pairings
from scheduler.rules.meal_break import MEAL_BREAK
from tests.scheduler.tiny import at
from tests.scheduler.verdict import judged
from verifier import Report


@dataclass(frozen=True)
class Booking:
    """A session, or its companion, at a therapist, location and start; both judges read it."""

    starts_at: datetime
    number: int = 1
    plan_id: str = "dina-plan"
    therapist_id: str = "maya"
    location_id: str = "north"
    companion: bool = False


def book(
    starts: str,
    number: int = 1,
    plan: str = "dina-plan",
    therapist: str = "maya",
    where: str = "north",
    *,
    companion: bool = False,
) -> Booking:
    return Booking(at(starts), number, plan, therapist, where, companion)


# What the verifier says ----------------------------------------------------------------------


def _visit(problem: Problem, booking: Booking, room: Room) -> Visit:
    plan = problem.plans[booking.plan_id]
    service_id = problem.calendar[booking.plan_id, booking.number].service_id
    if booking.companion:
        assert plan.companion_service_id is not None
        service_id = plan.companion_service_id
    return Visit(
        booking.plan_id,
        booking.number,
        service_id,
        booking.therapist_id,
        booking.location_id,
        room.room_id,
        booking.starts_at,
        problem.services[service_id].minutes,
        booking.companion,
        pinned=False,
    )


def _rooms(problem: Problem, booking: Booking) -> list[Room]:
    """The rooms to choose from: those of the right kind, or any one where there is none."""
    here = [room for room in problem.network.rooms if room.location_id == booking.location_id]
    service_id = _visit(problem, booking, here[0]).service_id
    kind = problem.services[service_id].room_kind
    return [room for room in here if room.kind == kind] or here[:1]


def report_on(problem: Problem, bookings: Sequence[Booking]) -> Report:
    """The verifier's report with the rooms that suit it best; every location has a room."""
    choices = [_rooms(problem, booking) for booking in bookings]
    reports = []
    for chosen in product(*choices):
        pairs = zip(bookings, chosen, strict=True)
        reports.append(judged(problem, [_visit(problem, b, room) for b, room in pairs]))
        if reports[-1].ok:
            break
    return min(reports, key=lambda report: len(report.findings))


# What the engine says ------------------------------------------------------------------------


class Engine:
    """The engine's slots and rules, asked about bookings."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.activities: Activities = find_activities(problem)
        self.matrix: Matrix = stack(
            len(self.activities),
            [rule.rows(self.activities) for rule in SHARED if rule is not MEAL_BREAK],
        )
        pairings = find_pairings(self.activities)
        rows = self.matrix.rows
        self.kept = set(find_kept(self.activities, self.matrix, rows, pairings).tolist())
        self.pairings = set(zip(pairings.slot.tolist(), pairings.companion.tolist(), strict=True))
        self.columns = {self.booking_of(at): at for at in range(self.activities.appointments)}

    def booking_of(self, column: int) -> Booking:
        """A column of the matrix as a booking."""
        activities, network = self.activities, self.problem.network
        session = self.problem.sessions[activities.session[column]]
        return Booking(
            activities.axes.moment(int(activities.start[column])),
            session.number,
            session.plan_id,
            network.therapists[activities.therapist[column]].therapist_id,
            network.locations[activities.location[column]].location_id,
            bool(activities.companion[column]),
        )

    def allows(self, bookings: Sequence[Booking]) -> bool:
        """Whether all of them may be booked together, every held promise being one of them."""
        if not all(booking in self.columns for booking in bookings):
            return False
        columns = [self.columns[booking] for booking in bookings]
        meals, rooms = Meals(self.activities), TightRooms(self.activities)
        return (
            self.kept <= set(columns)
            and bool(
                (self.matrix.taken(np.array(columns, dtype=int)) <= self.matrix.capacity).all()
            )
            and all(meals.take(column) for column in columns)
            and all(rooms.take(column) for column in columns)
            and all(self._follows(column, columns) for column in columns)
            and not self._hindered(bookings)
        )

    def _follows(self, column: int, columns: Sequence[int]) -> bool:
        if column < self.activities.slots:
            return True
        return any((slot, column) in self.pairings for slot in columns)

    def _hindered(self, bookings: Sequence[Booking]) -> bool:
        entries = [self.entry(b) for b in bookings if not b.companion]
        standing = list(standing_entries(self.problem).values())
        for entry in entries:
            others = sorted(
                (
                    other
                    for other in (*standing, *entries)
                    if other is not entry and other.session.plan_id == entry.session.plan_id
                ),
                key=lambda other: (other.session.number, other.starts_at),
            )
            if any(rule.hindered_by(self.problem, entry, others) for rule in WITHIN_PLAN):
                return True
        return False

    def entry(self, booking: Booking, *, paired: bool = False) -> Entry:
        """The booking as the ledger has it."""
        return Entry(
            self.problem.calendar[booking.plan_id, booking.number],
            booking.therapist_id,
            booking.location_id,
            booking.starts_at,
            counts=True,
            paired=paired,
        )

    def parts(self, bookings: Sequence[Booking]) -> dict[str, int]:
        """The points of a schedule of these bookings, by part."""
        companions = {(b.plan_id, b.number) for b in bookings if b.companion}
        entries = [
            self.entry(b, paired=(b.plan_id, b.number) in companions)
            for b in bookings
            if not b.companion
        ]
        return parts_of(complete(self.problem, {e.session.key: e for e in entries}))


# Both ----------------------------------------------------------------------------------------


def broken(problem: Problem, *bookings: Booking) -> set[str]:
    """The rules that the bookings break, as the verifier names them; the engine must agree."""
    report = report_on(problem, bookings)
    assert Engine(problem).allows(bookings) == report.ok, (bookings, report.findings)
    return {finding.rule for finding in report.findings}


def parts(problem: Problem, *bookings: Booking) -> dict[str, int]:
    """The points of the bookings by part, zeros left out; both judges must count the same."""
    counted = Engine(problem).parts(bookings)
    assert counted == dict(report_on(problem, bookings).parts)
    return {name: points for name, points in counted.items() if points}


def universe(problem: Problem, hours: tuple[int, int] = (8, 18)) -> Iterator[Booking]:
    """Every session with everybody everywhere at each start of the grid in these hours."""
    days = (problem.horizon.end - problem.horizon.start).days
    grid = problem.settings.grid
    for day, minute in product(range(days), range(hours[0] * 60, hours[1] * 60, grid)):
        starts = datetime.combine(problem.horizon.start, datetime.min.time())
        starts += timedelta(minutes=day * MINUTES_A_DAY + minute)
        for session in problem.sessions:
            for therapist in problem.network.therapists:
                for location in problem.network.locations:
                    yield Booking(
                        starts,
                        session.number,
                        session.plan_id,
                        therapist.therapist_id,
                        location.location_id,
                    )


def agree_on_slots(problem: Problem, bookings: Iterable[Booking] | None = None) -> int:
    """Both judges say the same of each booking alone; how many of them may be booked.

    Without ``bookings`` these are all starts of the day. Days that are not open have no slots;
    the verifier takes what is booked there as given.
    """
    engine, allowed = Engine(problem), 0
    for booking in universe(problem) if bookings is None else bookings:
        report = report_on(problem, [booking])
        fine = report.ok and problem.is_open(booking.starts_at.date())
        assert engine.allows([booking]) == fine, (booking, report.findings)
        allowed += fine
    return allowed


def agree_on_pairs(problem: Problem, bookings: Iterable[Booking] | None = None) -> int:
    """Both judges say the same of any two bookings; how many pairs may be booked.

    Without ``bookings`` these are all slots of the engine, companions too.
    """
    engine, allowed = Engine(problem), 0
    for pair in combinations(engine.columns if bookings is None else bookings, 2):
        report = report_on(problem, pair)
        assert engine.allows(pair) == report.ok, (pair, report.findings)
        allowed += report.ok
    return allowed
