"""The question that the engine answers: what is open, what stands, what was promised.

Every appointment on record falls into one of four lots. A *promise* belongs to a session
in scope and may be kept, moved or lost. A *standing* appointment takes its time but is not
the engine's to move: history, bookings of sessions out of scope, and *settled* ones, which
are promises on a day that is not open for planning. A *released* one gives its time back,
because its plan may no longer be booked. Cancelled ones take no time at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.care_plans import Session, service_of, sessions_of
from scheduler.facts import AppointmentStatus, PlanStatus
from scheduler.rules.screening import may_be_booked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.facts import Appointment, CarePlan, Client, Location, Network, Service, Therapist
    from scheduler.horizon import Horizon
    from scheduler.outcome import SessionKey
    from scheduler.settings import Settings

HAPPENED = (AppointmentStatus.COMPLETED, AppointmentStatus.NO_SHOW)
"""The statuses of an appointment that is history: its session is over."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Hands-on minutes that a therapist may be booked for beside what stands.

    ``rule`` is ``max-day`` or ``max-week``; ``number`` is that of the day or week in the horizon.
    """

    rule: str
    therapist_id: str
    number: int
    minutes: int


@dataclass(frozen=True)
class Problem:
    """A network's care plans, to be booked on the days of a horizon from ``as_of`` on.

    ``allowances`` hold beside the limits of the facts.
    """

    network: Network
    horizon: Horizon
    as_of: date
    settings: Settings
    allowances: tuple[Allowance, ...] = ()

    @cached_property
    def locations(self) -> Mapping[str, Location]:
        """Locations by id."""
        return {location.location_id: location for location in self.network.locations}

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """Services by id."""
        return {service.service_id: service for service in self.network.services}

    @cached_property
    def therapists(self) -> Mapping[str, Therapist]:
        """Therapists by id."""
        return {therapist.therapist_id: therapist for therapist in self.network.therapists}

    @cached_property
    def clients(self) -> Mapping[str, Client]:
        """Clients by id."""
        return {client.client_id: client for client in self.network.clients}

    @cached_property
    def plans(self) -> Mapping[str, CarePlan]:
        """Care plans by id."""
        return {plan.plan_id: plan for plan in self.network.care_plans}

    @cached_property
    def location_of_room(self) -> Mapping[str, str]:
        """The location's id of each room."""
        return {room.room_id: room.location_id for room in self.network.rooms}

    @cached_property
    def calendar(self) -> Mapping[SessionKey, Session]:
        """Every session of every plan, in scope or not."""
        return {
            session.key: session
            for plan in self.network.care_plans
            for session in sessions_of(plan)
        }

    def is_open(self, day: date) -> bool:
        """Whether appointments on this day are the engine's to make and move."""
        return day in self.horizon and day >= self.as_of

    def is_companion(self, appointment: Appointment) -> bool:
        """Whether an appointment is its session's companion rather than the session itself."""
        plan = self.plans[appointment.plan_id]
        own = service_of(plan, appointment.session_number)
        return appointment.service_id == plan.companion_service_id != own

    @cached_property
    def in_scope(self) -> tuple[Session, ...]:
        """Sessions whose window overlaps the horizon, not over, of plans that may be booked."""
        over = {
            (a.plan_id, a.session_number)
            for a in self.network.appointments
            if a.status in HAPPENED and not self.is_companion(a)
        }
        return tuple(
            session
            for session in self.calendar.values()
            if session.opens < self.horizon.end
            and session.closes > self.horizon.start
            and session.key not in over
            and self._may_be_booked(session.plan_id)
        )

    def _may_be_booked(self, plan_id: str) -> bool:
        plan = self.plans[plan_id]
        return plan.status is PlanStatus.ACTIVE and may_be_booked(plan)

    @cached_property
    def _bookings(self) -> tuple[dict[SessionKey, Appointment], dict[SessionKey, Appointment]]:
        """The first booked appointment of each session, and of each companion."""
        own: dict[SessionKey, Appointment] = {}
        companion: dict[SessionKey, Appointment] = {}
        for appointment in sorted(self.network.appointments, key=lambda a: a.starts_at):
            if appointment.status is AppointmentStatus.BOOKED:
                lot = companion if self.is_companion(appointment) else own
                lot.setdefault((appointment.plan_id, appointment.session_number), appointment)
        return own, companion

    @cached_property
    def settled(self) -> Mapping[SessionKey, Appointment]:
        """Sessions in scope that are booked on a day which is not open: they stay as they are."""
        own, _ = self._bookings
        return {
            session.key: own[session.key]
            for session in self.in_scope
            if session.key in own and not self.is_open(own[session.key].starts_at.date())
        }

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions to be booked: in scope and not settled, plan by plan in order."""
        return tuple(session for session in self.in_scope if session.key not in self.settled)

    @cached_property
    def promises(self) -> Mapping[SessionKey, Appointment]:
        """The promised appointment of each session to be booked that has one."""
        own, _ = self._bookings
        return {s.key: own[s.key] for s in self.sessions if s.key in own}

    @cached_property
    def companion_promises(self) -> Mapping[SessionKey, Appointment]:
        """The promised companion of each session to be booked that has one."""
        _, companion = self._bookings
        return {s.key: companion[s.key] for s in self.sessions if s.key in companion}

    def is_held(self, session: Session) -> bool:
        """Whether a session's promise keeps its place: pinned, or inside the freeze window."""
        promise = self.promises.get(session.key)
        return promise is not None and self._keeps_place(promise)

    def is_companion_held(self, session: Session) -> bool:
        """Whether the promise of a session's companion keeps its place."""
        promise = self.companion_promises.get(session.key)
        return promise is not None and self._keeps_place(promise)

    def _keeps_place(self, promise: Appointment) -> bool:
        thaw = self.as_of + timedelta(days=self.settings.freeze_days)
        return promise.pinned or self.as_of <= promise.starts_at.date() < thaw

    @cached_property
    def released(self) -> tuple[Appointment, ...]:
        """Booked appointments on open days whose plan may not be booked, or that are doubles."""
        own, companion = self._bookings
        first = {a.appointment_id for a in (*own.values(), *companion.values())}
        return tuple(
            a
            for a in self.network.appointments
            if a.status is AppointmentStatus.BOOKED
            and self.is_open(a.starts_at.date())
            and not (self._may_be_booked(a.plan_id) and a.appointment_id in first)
        )

    @cached_property
    def standing(self) -> tuple[Appointment, ...]:
        """Appointments that take time of people and rooms and are not the engine's to move."""
        movable = {
            a.appointment_id
            for lot in (self.promises, self.companion_promises)
            for a in lot.values()
        }
        movable.update(a.appointment_id for a in self.released)
        return tuple(
            a
            for a in self.network.appointments
            if a.status is not AppointmentStatus.CANCELLED and a.appointment_id not in movable
        )

    @cached_property
    def standing_sessions(self) -> Mapping[str, tuple[Appointment, ...]]:
        """Each plan's standing appointments of sessions (not companions), by session number.

        Those of sessions that the plan does not call for any more are nobody's neighbours; of
        several for one session the first counts.
        """
        lots: dict[str, dict[int, Appointment]] = defaultdict(dict)
        for appointment in sorted(self.standing, key=lambda a: (a.session_number, a.starts_at)):
            known = (appointment.plan_id, appointment.session_number) in self.calendar
            if known and not self.is_companion(appointment):
                lots[appointment.plan_id].setdefault(appointment.session_number, appointment)
        return {plan_id: tuple(lot.values()) for plan_id, lot in lots.items()}
