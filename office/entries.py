"""Appointments with the names of whom and what they are about, for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.care_plans import service_of
from scheduler.facts import (
    Appointment,
    CarePlan,
    Client,
    Location,
    Network,
    Room,
    Service,
    Therapist,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment, by id and by name; times are those of its location's clocks.

    ``answer`` is what the client said of this time, where somebody asked; empty before they do.
    """

    appointment_id: str
    plan_id: str
    session_number: int
    companion: bool
    client_id: str
    client: str
    service_id: str
    service: str
    therapist_id: str
    therapist: str
    location_id: str
    location: str
    room_id: str
    room: str
    starts_at: datetime
    ends_at: datetime
    status: str
    pinned: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """A network's things by id."""

    locations: Mapping[str, Location]
    rooms: Mapping[str, Room]
    services: Mapping[str, Service]
    therapists: Mapping[str, Therapist]
    clients: Mapping[str, Client]
    plans: Mapping[str, CarePlan]

    @classmethod
    def of(cls, network: Network) -> Directory:
        """Look-ups of everything that has an id."""
        return cls(
            {it.location_id: it for it in network.locations},
            {it.room_id: it for it in network.rooms},
            {it.service_id: it for it in network.services},
            {it.therapist_id: it for it in network.therapists},
            {it.client_id: it for it in network.clients},
            {it.plan_id: it for it in network.care_plans},
        )

    def is_companion(self, appointment: Appointment) -> bool:
        """Whether an appointment follows its session rather than being it."""
        plan = self.plans[appointment.plan_id]
        own = service_of(plan, appointment.session_number)
        return appointment.service_id == plan.companion_service_id != own

    def entry(self, appointment: Appointment) -> Entry:
        """The appointment with its names."""
        room = self.rooms[appointment.room_id]
        client = self.clients[self.plans[appointment.plan_id].client_id]
        return Entry(
            appointment_id=appointment.appointment_id,
            plan_id=appointment.plan_id,
            session_number=appointment.session_number,
            companion=self.is_companion(appointment),
            client_id=client.client_id,
            client=client.name,
            service_id=appointment.service_id,
            service=self.services[appointment.service_id].name,
            therapist_id=appointment.therapist_id,
            therapist=self.therapists[appointment.therapist_id].name,
            location_id=room.location_id,
            location=self.locations[room.location_id].name,
            room_id=room.room_id,
            room=room.name,
            starts_at=appointment.starts_at,
            ends_at=appointment.starts_at + timedelta(minutes=appointment.minutes),
            status=appointment.status.value,
            pinned=appointment.pinned,
        )
