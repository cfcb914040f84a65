"""Appointments, resolved to whom and what they name, and the books that index them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from verifier.facts import Client, Location, Room, Service, Therapist
from verifier.plans import Plan, Session

Key = TypeVar("Key")


@dataclass(frozen=True, eq=False)
class Appointment:
    """A session or a companion with a therapist in a room.

    ``judged`` appointments are those that may be wrong; the others are facts that the
    judged ones have to live with.
    """

    appointment_id: str
    plan: Plan
    number: int
    service: Service
    therapist: Therapist
    room: Room
    starts_at: datetime
    minutes: int
    status: str
    pinned: bool
    judged: bool = False

    @property
    def booked(self) -> bool:
        """Whether it is a promise, not history."""
        return self.status == "booked"

    @property
    def client(self) -> Client:
        """Who comes."""
        return self.plan.client

    @property
    def location(self) -> Location:
        """Where: the location of the room."""
        return self.room.location

    @cached_property
    def session(self) -> Session | None:
        """The session that it belongs to, if the plan calls for one of that number."""
        return self.plan.session(self.number)

    @cached_property
    def companion(self) -> bool:
        """Whether it is the companion of a session, not the session itself."""
        own = self.session.service if self.session else self.plan.service
        return self.service is self.plan.companion and self.service is not own

    @cached_property
    def day(self) -> date:
        """The day on which it starts."""
        return self.starts_at.date()

    @cached_property
    def ends_at(self) -> datetime:
        """The end of the hands-on minutes."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @cached_property
    def free_at(self) -> datetime:
        """The end of the changeover: from then on therapist and room are free."""
        return self.ends_at + timedelta(minutes=self.service.changeover)

    @property
    def start(self) -> int:
        """Minutes from midnight at which it starts."""
        return self.starts_at.hour * 60 + self.starts_at.minute

    @property
    def end(self) -> int:
        """Minutes from midnight at which the hands-on minutes end; may lie past 24:00."""
        return self.start + self.minutes

    @property
    def free(self) -> int:
        """Minutes from midnight at which the changeover ends; may lie past 24:00."""
        return self.end + self.service.changeover


class Book:
    """The appointments of one table in order of time, cancelled ones left out, indexed."""

    def __init__(self, appointments: Iterable[Appointment]) -> None:
        kept = (each for each in appointments if each.status != "cancelled")
        self.appointments = tuple(sorted(kept, key=_order))

    @cached_property
    def judged(self) -> tuple[Appointment, ...]:
        """The appointments that may be wrong."""
        return tuple(each for each in self.appointments if each.judged)

    @cached_property
    def of_therapist(self) -> Mapping[str, Sequence[Appointment]]:
        """By therapist id."""
        return self._by(lambda each: each.therapist.therapist_id)

    @cached_property
    def of_therapist_day(self) -> Mapping[tuple[str, date], Sequence[Appointment]]:
        """By therapist id and day."""
        return self._by(lambda each: (each.therapist.therapist_id, each.day))

    @cached_property
    def of_therapist_week(self) -> Mapping[tuple[str, int, int], Sequence[Appointment]]:
        """By therapist id, ISO year and ISO week."""
        return self._by(lambda each: (each.therapist.therapist_id, *each.day.isocalendar()[:2]))

    @cached_property
    def of_room(self) -> Mapping[str, Sequence[Appointment]]:
        """By room id."""
        return self._by(lambda each: each.room.room_id)

    @cached_property
    def of_client(self) -> Mapping[str, Sequence[Appointment]]:
        """By client id."""
        return self._by(lambda each: each.client.client_id)

    @cached_property
    def of_session(self) -> Mapping[tuple[str, int, bool], Sequence[Appointment]]:
        """By plan id, session number, and whether it is the companion."""
        return self._by(lambda each: (each.plan.plan_id, each.number, each.companion))

    @cached_property
    def held(self) -> Mapping[str, Mapping[int, Appointment]]:
        """By plan id, then session number, in order: the sessions' own appointments.

        Where a session has several, which ``one-per-session`` reports, the first counts.
        """
        plans: dict[str, dict[int, Appointment]] = defaultdict(dict)
        for each in self.appointments:
            if not each.companion and each.session is not None:
                plans[each.plan.plan_id].setdefault(each.number, each)
        return {plan_id: dict(sorted(found.items())) for plan_id, found in plans.items()}

    def of(
        self, session: Session | Appointment, *, companion: bool = False
    ) -> Sequence[Appointment]:
        """The appointments of a session, or of an appointment's session, or of its companion."""
        return self.of_session.get((session.plan.plan_id, session.number, companion), ())

    def _by(self, key: Callable[[Appointment], Key]) -> Mapping[Key, Sequence[Appointment]]:
        found: dict[Key, list[Appointment]] = defaultdict(list)
        for each in self.appointments:
            found[key(each)].append(each)
        return dict(found)


def _order(each: Appointment) -> tuple[datetime, int, str, str, str, str, str]:
    """Time first; then names, so that neither ids nor the order of rows matter."""
    return (
        each.starts_at,
        each.minutes,
        each.location.name,
        each.therapist.name,
        each.client.name,
        each.service.name,
        each.status,
    )
