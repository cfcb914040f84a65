"""What a calendar says of an appointment, and what clients were last told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bookings import load_rows
from models.outbox import MailKind, MailState, OutboxRow, ToldRow, may_have_left
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

    A mail that may have arrived counts as told, even where a later attempt failed for good.
    """
    rows = {row.appointment_id: row for row in session.scalars(select(ToldRow))}
    known = {key: _knowledge(row) for key, row in rows.items()}
    for mail in session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.state.in_([MailState.WAITING, MailState.FAILED]),
            OutboxRow.kind == MailKind.INVITE,
            may_have_left(),
        )
        .order_by(OutboxRow.id)
    ):
        for key, told in told_by(mail).items():
            if not _is_older(told, mail, rows.get(key)):
                known[key] = Knowledge(told, mail.address)
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


def remember_by_other_means(session: Session, now: datetime, mail: OutboxRow) -> None:
    """Write down that a client knows what ``mail`` says without it, unless they know newer."""
    remember(session, now, _not_older(session, mail))


def remember_doubt(session: Session, now: datetime, mail: OutboxRow) -> None:
    """Keep in mind what a mail that is done with tells, if it may have arrived after all."""
    if mail.may_have_arrived and mail.kind is MailKind.INVITE:
        remember(session, now, _not_older(session, mail), mail)


def _not_older(session: Session, mail: OutboxRow) -> dict[str, Told]:
    return {
        key: told
        for key, told in told_by(mail).items()
        if not _is_older(told, mail, session.get(ToldRow, key))
    }


def _is_older(told: Told, mail: OutboxRow, known: ToldRow | None) -> bool:
    """Whether ``mail`` tells less than is known; of one SEQUENCE, the newer mail tells more."""
    if known is None:
        return False
    return (told.sequence, mail.id) < (known.sequence, known.outbox_id or mail.id)


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
