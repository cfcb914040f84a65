"""What all mails share: the clinic's words and mailbox, and the record to write them from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feeds import FeedAppointment
from feeds.invites import Mailbox
from feeds.letters import Letters
from feeds.messages import Envelope
from feeds.visits import House
from feeds.wording import ClientNames
from models.addresses import bare_address
from models.bookings import load_rows
from models.network import load_network
from models.outbox import MailState, OutboxRow, RecipientKind
from models.schedule import published_version
from models.settings import all_settings
from models.told import Told
from office.entries import Directory
from office.feed_appointments import feed_appointment
from office.mail.templates import load_letters
from scheduler.facts import Appointment, AppointmentStatus


@dataclass(frozen=True, slots=True)
class Clinic:
    """What the clinic set for its mails; ``mailbox`` is None where it wants none."""

    house: House
    mailbox: Mailbox | None
    letters: Letters
    templates: str
    grace: timedelta
    client_names: ClientNames

    @classmethod
    def load(cls, session: Session) -> Clinic:
        """From the settings; ``OfficeError`` for templates that can't be used."""
        settings = all_settings(session)
        name, address = settings["clinic_name"], settings["mailbox"]
        return cls(
            house=House(
                name,
                bring=settings["bring"],
                contact=settings["contact"],
                name_services=settings["name_services"] == "yes",
            ),
            mailbox=Mailbox(address, name) if address else None,
            letters=load_letters(settings["templates"]),
            templates=settings["templates"],
            grace=timedelta(minutes=int(settings["grace_minutes"])),
            client_names=ClientNames(settings["client_names"]),
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a mail is for. ``fault`` says why ``address`` can't be written to; empty if it can."""

    kind: RecipientKind
    id: str
    name: str
    address: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Everything that mails are written from, at one moment."""

    session: Session
    clinic: Clinic
    mailbox: Mailbox
    now: datetime
    version: int
    directory: Directory
    rows: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, Appointment]

    @classmethod
    def load(cls, session: Session, clinic: Clinic, mailbox: Mailbox, now: datetime) -> Post:
        """From the record as it stands."""
        network = load_network(session)
        return cls(
            session,
            clinic,
            mailbox,
            now,
            published_version(session),
            Directory.of(network),
            load_rows(session),
            {it.appointment_id: it for it in network.appointments},
        )

    def client(self, client_id: str) -> Recipient:
        """A client as somebody to write to."""
        client = self.directory.clients[client_id]
        return self._recipient(RecipientKind.CLIENT, client_id, client.name, client.email)

    def therapist(self, therapist_id: str) -> Recipient:
        """A therapist as somebody to write to."""
        therapist = self.directory.therapists[therapist_id]
        kind = RecipientKind.THERAPIST
        return self._recipient(kind, therapist_id, therapist.name, therapist.email)

    def as_told(self, appointment_id: str, told: Told) -> FeedAppointment:
        """An appointment as somebody knows it, which need not be what holds now."""
        row = self.rows[appointment_id]
        holds = feed_appointment(row, self.facts[appointment_id], self.directory)
        location = self.directory.locations[told.location_id]
        cancelled, booked = AppointmentStatus.CANCELLED, AppointmentStatus.BOOKED
        return replace(
            holds,
            sequence=told.sequence,
            starts_at=told.starts_at,
            ends_at=told.ends_at,
            timezone=location.timezone,
            status=cancelled if told.cancelled else booked,
            therapist_name=self.directory.therapists[told.therapist_id].name,
            location_name=location.name,
            location_address=location.address,
            location_phone=location.phone,
            room_name=holds.room_name if row["location_id"] == told.location_id else "",
            service_name=self.directory.services[told.service_id].name,
        )

    def key(self, recipient: Recipient) -> str:
        """What no other mail has: it has the number that the next one will have."""
        number = (self.session.scalar(select(func.max(OutboxRow.id))) or 0) + 1
        return f"{self.now.isoformat()} {number} {recipient.kind} {recipient.id}"

    def envelope(self, recipient: Recipient) -> Envelope:
        """The envelope of the next mail."""
        address = Mailbox(recipient.address, recipient.name)
        return Envelope(self.mailbox, address, self.now, self.key(recipient))

    def put_in_line(self, recipient: Recipient, **columns: Any) -> OutboxRow:  # noqa: ANN401 - columns
        """Add a mail: to be sent after the grace time, or failed at once where nobody can be."""
        row = OutboxRow(
            recipient_kind=recipient.kind,
            recipient_id=recipient.id,
            address=recipient.address,
            created_at=self.now,
            not_before=self.now + self.clinic.grace,
            state=MailState.FAILED if recipient.fault else MailState.WAITING,
            last_error=recipient.fault,
            published_version=self.version or None,
            **columns,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def _recipient(self, kind: RecipientKind, key: str, name: str, email: str) -> Recipient:
        if not email.strip():
            return Recipient(kind, key, name, "", "there is no e-mail address on record")
        try:
            address = bare_address(email)
            Mailbox(address)
        except ValueError as error:
            return Recipient(kind, key, name, email, f"the e-mail address can't be: {error}")
        if address.casefold() == self.mailbox.address.casefold():
            return Recipient(kind, key, name, email, "it is the clinic's own mailbox")
        return Recipient(kind, key, name, address)
