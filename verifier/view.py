"""What checks look at: the network, the published record, and the schedule that is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from verifier.appointments import Appointment, Book
from verifier.facts import Location, Room
from verifier.planning import DEFAULT_WEIGHTS, Planning
from verifier.plans import Plan, Session


@dataclass(frozen=True)
class View:
    """Everything that a rule or a points part may look at, read-only.

    ``travel`` holds minutes by the pair of location ids; ``record`` is what was published,
    ``schedule`` what is judged. Without a ``planning`` no session is in scope.
    """

    plans: Mapping[str, Plan]
    rooms: Mapping[str, Room]
    travel: Mapping[frozenset[str], int]
    record: Book
    schedule: Book
    planning: Planning | None

    @property
    def weights(self) -> Mapping[str, int]:
        """Points for one unit of each part."""
        return self.planning.weights if self.planning else DEFAULT_WEIGHTS

    @property
    def grid(self) -> int:
        """Minutes between possible starts."""
        return self.planning.grid if self.planning else 15

    def travel_minutes(self, one: Location, other: Location) -> int | None:
        """Minutes between two locations, None where nobody works at both on one day."""
        if one is other:
            return 0
        return self.travel.get(frozenset((one.location_id, other.location_id)))

    @cached_property
    def in_scope(self) -> tuple[Session, ...]:
        """The sessions that the schedule should book."""
        planning = self.planning
        if planning is None:
            return ()
        return tuple(
            session
            for plan in self.plans.values()
            if plan.active and plan.passed_screening
            for session in plan.sessions
            if session.opens < planning.end and session.closes > planning.start
            if all(each.booked for each in self.schedule.of(session))
        )

    @cached_property
    def booked(self) -> tuple[Appointment, ...]:
        """The appointments of the sessions in scope that have one."""
        found = (self.booked_of(session) for session in self.in_scope)
        return tuple(each for each in found if each is not None)

    @cached_property
    def unbooked(self) -> tuple[Session, ...]:
        """The sessions in scope that have no appointment."""
        return tuple(each for each in self.in_scope if self.booked_of(each) is None)

    def booked_of(self, session: Session) -> Appointment | None:
        """The booked appointment of a session in the schedule."""
        return _first_booked(self.schedule.of(session))

    def promise_of(self, session: Session | Appointment) -> Appointment | None:
        """The booked appointment of a session, or an appointment's session, in the record."""
        return _first_booked(self.record.of(session))

    def before(self, later: Appointment) -> Appointment | None:
        """The appointment of the session one number earlier, if it has one."""
        return self.schedule.held[later.plan.plan_id].get(later.number - 1)


def _first_booked(appointments: Iterable[Appointment]) -> Appointment | None:
    return next((each for each in appointments if each.booked), None)
