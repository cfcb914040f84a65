"""A region in parts, and the three problems that each of them is.

A part has the locations, clients and plans of its own, and every therapist who works there.
Therapists who work in other parts too are its *tied* therapists. They are in the part's
problem

- *whole*, for the bound: all of their time is there for this part;
- *shared*, for a first schedule: each has a share of the time in each part;
- *beside* what the other parts have booked, to repair that schedule.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.contradictions import find_contradicted
from scheduler.facts import Appointment, AppointmentStatus
from scheduler.guests import with_guests, with_places
from scheduler.on_record import appointments_on_record
from scheduler.points import parts_of
from scheduler.points.ledger import Entry, complete
from scheduler.regions import network_at
from scheduler.sharing import share_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scheduler.on_record import OnRecord
    from scheduler.outcome import Visit
    from scheduler.problem import Problem
    from scheduler.sharing import Share


@dataclass(frozen=True)
class TiedRegion:
    """A region's problem and the locations of its parts (``find_parts``), numbered from 0.

    ``start`` are the visits of an earlier draft: where they fit, shares are made for them.
    """

    problem: Problem
    places: tuple[frozenset[str], ...]
    start: tuple[Visit, ...] = ()

    @cached_property
    def part_of(self) -> Mapping[str, int]:
        """The part of each location."""
        return {place: part for part, places in enumerate(self.places) for place in places}

    @cached_property
    def _parts_of_therapist(self) -> Mapping[str, tuple[int, ...]]:
        """The parts in which each therapist has shifts or appointments, in order."""
        found: dict[str, set[int]] = defaultdict(set)
        for shift in self.problem.network.shifts:
            found[shift.therapist_id].add(self.part_of[shift.location_id])
        for appointment in self.problem.network.appointments:
            here = self.problem.location_of_room[appointment.room_id]
            found[appointment.therapist_id].add(self.part_of[here])
        return {therapist: tuple(sorted(parts)) for therapist, parts in found.items()}

    @cached_property
    def tied(self) -> Mapping[str, tuple[int, ...]]:
        """The parts of each therapist who is in several, in order of the network."""
        parts = self._parts_of_therapist
        several = {key: of for key, of in parts.items() if len(of) > 1}
        return {key: several[key] for key in self.problem.therapists if key in several}

    @cached_property
    def _shares(self) -> tuple[Share, ...]:
        planned = as_promised(self.problem, self.start)
        if self.start and not find_contradicted(planned).isdisjoint(self.tied):
            planned = self.problem
        return share_out(planned, self.tied, self.part_of, len(self.places))

    @cached_property
    def _stands(self) -> tuple[OnRecord, ...]:
        """Standing appointments of the horizon with tied therapists."""
        record = appointments_on_record(self.problem)
        return tuple(row for key in self.tied for row in record.get(key, ()) if not row.promised)

    def whole(self, part: int) -> Problem:
        """The part with all of its therapists' time: its bound holds for the region as well.

        Take any schedule of the region. What it books at the part's locations is a schedule of
        this problem, since every rule that it has here holds in the region too: limits of the
        therapists, hours and rooms are the same, and a meal's window comes from all of the
        day's shifts, so those elsewhere are here as well. All points but ``change-of-clinic``
        belong to a plan, and each plan to one part. Of a day's changes of clinic each belongs
        to the visit that it leads to, and a visit that has one in its part's own day has one
        in the whole day. So the parts' points together are no more than the region's, and
        neither are the parts' bounds.
        """
        therapists = {key for key, parts in self._parts_of_therapist.items() if part in parts}
        network = network_at(self.problem.network, self.places[part], therapists)
        return replace(self.problem, network=with_places(self.problem, network, ()))

    def shared(self, part: int) -> Problem:
        """The part with its share of the tied therapists' time: schedules of all parts fit."""
        share, own = self._shares[part], self.whole(part)
        rows = [
            replace(
                row.appointment,
                service_id=self._service_now(row),
                minutes=row.minutes,
            )
            for row in share.reserved
        ]
        network = with_guests(self.problem, own.network, rows)
        off = (*network.time_off, *share.off)
        return replace(
            own, network=replace(network, time_off=off), allowances=tuple(share.allowances)
        )

    def beside(self, part: int, visits: Iterable[Visit]) -> Problem:
        """The part with all of its therapists' time but what these visits elsewhere take."""
        here, own = self.places[part], self.whole(part)
        standing = [row.appointment for row in self._stands]
        booked = [*standing, *(as_appointment(visit) for visit in visits)]
        wanted = own.therapists
        rows = [
            row
            for row in booked
            if row.therapist_id in wanted and self.problem.location_of_room[row.room_id] not in here
        ]
        return replace(own, network=with_guests(self.problem, own.network, rows))

    def _service_now(self, row: OnRecord) -> str:
        """The service that a promise would be booked with today."""
        appointment, problem = row.appointment, self.problem
        if not row.promised or problem.is_companion(appointment):
            return appointment.service_id
        return problem.calendar[appointment.plan_id, appointment.session_number].service_id

    @cached_property
    def turns(self) -> tuple[tuple[int, ...], ...]:
        """Parts in order of repair; those of one turn share nobody and can be repaired at once."""
        neighbours: dict[int, set[int]] = defaultdict(set)
        for parts in self.tied.values():
            for part in parts:
                neighbours[part] |= {*parts} - {part}
        turns: list[list[int]] = []
        for part in range(len(self.places)):
            free = (turn for turn in turns if not neighbours[part] & {*turn})
            turn = next(free, None)
            if turn is None:
                turns.append([part])
            else:
                turn.append(part)
        return tuple(map(tuple, turns))

    def points(self, visits: Sequence[Visit]) -> dict[str, int]:
        """The points of a schedule of the region, by part of the points."""
        paired = {(visit.plan_id, visit.session_number) for visit in visits if visit.companion}
        booked = {
            key: Entry(
                self.problem.calendar[key],
                visit.therapist_id,
                visit.location_id,
                visit.starts_at,
                counts=True,
                paired=key in paired,
            )
            for visit in visits
            if not visit.companion
            for key in ((visit.plan_id, visit.session_number),)
        }
        return dict(parts_of(complete(self.problem, booked)))


def as_promised(problem: Problem, visits: Iterable[Visit]) -> Problem:
    """The problem as if the visits were what was promised, but for promises that are held."""
    own = {session.key for session in problem.sessions if not problem.is_held(session)}
    known = [
        visit
        for visit in visits
        if (visit.plan_id, visit.session_number) in own
        and visit.therapist_id in problem.therapists
        and problem.location_of_room.get(visit.room_id) == visit.location_id
    ]
    moved = {(visit.plan_id, visit.session_number) for visit in known}
    promises = [problem.promises, problem.companion_promises]
    before = {row.appointment_id for lot in promises for key, row in lot.items() if key in moved}
    rows = [row for row in problem.network.appointments if row.appointment_id not in before]
    appointments = (*rows, *map(as_appointment, known))
    return replace(problem, network=replace(problem.network, appointments=appointments))


def as_appointment(visit: Visit) -> Appointment:
    """The visit as a booked appointment."""
    kind = "companion" if visit.companion else "session"
    return Appointment(
        f"{visit.plan_id}-{visit.session_number}-{kind}",
        visit.plan_id,
        visit.session_number,
        visit.service_id,
        visit.therapist_id,
        visit.room_id,
        visit.starts_at,
        visit.minutes,
        AppointmentStatus.BOOKED,
        visit.pinned,
    )
