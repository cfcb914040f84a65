"""What a calendar says of an appointment, and what clients were last told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bookings import load_rows
from models.outbox import MailKind, MailState, OutboxRow, ToldRow
from scheduler.facts import AppointmentStatus

CAME_BACK = ""
"""Instead of the address at which a client was told: nobody was, and they are to be told again."""


@dataclass(frozen=True, slots=True)
class Told:
    """An appointment as somebody knows it. Instants are aware; ``sequence`` is the calendar's."""

    sequence: int
    starts_at: datetime
    ends_at: datetime
    therapist_id: str
    location_id: str
    service_id: str
    cancelled: bool

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Told:
        """As an appointment's columns have it."""
        names = [field.name for field in fields(cls) if field.name != "cancelled"]
        cancelled = row["status"] is AppointmentStatus.CANCELLED
        return cls(**{name: row[name] for name in names}, cancelled=cancelled)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Told:
        """As ``json`` wrote it."""
        instants = {name: datetime.fromisoformat(value[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**value, **instants})

    def json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        instants = {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return {**asdict(self), **instants}

    def same(self, other: Told, *, service: bool) -> bool:
        """Whether a reader would see no difference; the service counts if it is named."""
        names = ["starts_at", "ends_at", "therapist_id", "location_id", "cancelled"]
        names += ["service_id"] * service
        return all(getattr(self, name) == getattr(other, name) for name in names)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a client was told of an appointment, and at which address.

    There is no address where they were told by other means.
    """

    told: Told
    address: str | None


def load_told(session: Session) -> dict[str, Knowledge]:
    """What clients know, by appointment.

    A mail that somebody is sending, or was sending when the process ended, counts as told: it may
    have arrived. It stays in line until that is certain.
    """
    known = {row.appointment_id: _knowledge(row) for row in session.scalars(select(ToldRow))}
    for row in session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.state == MailState.WAITING,
            OutboxRow.kind == MailKind.INVITE,
            OutboxRow.locked_until.is_not(None),
        )
        .order_by(OutboxRow.id)
    ):
        known |= {key: Knowledge(told, row.address) for key, told in told_by(row).items()}
    return known


def told_by(mail: OutboxRow) -> dict[str, Told]:
    """What the reader of an invite knows by it, by appointment."""
    return {key: Told.from_json(value) for key, value in mail.tells.items()}


def remember(
    session: Session, now: datetime, told: Mapping[str, Told], mail: OutboxRow | None = None
) -> None:
    """Write down that ``told`` is what a client knows now, by ``mail`` or by other means."""
    for key, it in told.items():
        columns = asdict(it)
        session.merge(
            ToldRow(
                appointment_id=key,
                **columns,
                address=mail.address if mail else None,
                told_at=now,
                outbox_id=mail.id if mail else None,
            )
        )
    session.flush()


def remember_imported(session: Session, now: datetime) -> None:
    """Take for told what came in from outside, as it stands: whoever promised it, announced it."""
    known = load_told(session)
    imported = {
        key: Told.of(row)
        for key, row in load_rows(session).items()
        if row["published_version"] is None and standing(row["status"])
    }
    changed = {
        key: told for key, told in imported.items() if key not in known or known[key].told != told
    }
    remember(session, now, changed)


def standing(status: AppointmentStatus) -> bool:
    """Whether calendars still tell of it as something to come, or as off."""
    return status in {AppointmentStatus.BOOKED, AppointmentStatus.CANCELLED}


def forget_address(session: Session, ids: Iterable[str], mail: OutboxRow) -> None:
    """Note that what ``mail`` told has not arrived and is to be told again."""
    for key in ids:
        row = session.get(ToldRow, key)
        if row is not None and row.outbox_id == mail.id:
            row.address = CAME_BACK
    session.flush()


def _knowledge(row: ToldRow) -> Knowledge:
    told = Told(**{field.name: getattr(row, field.name) for field in fields(Told)})
    return Knowledge(told, row.address)
