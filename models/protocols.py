"""A clinic's protocols: templates from which care plans are started."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import CheckConstraint, ForeignKey, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.errors import StoreError
from models.staff import ServiceRow
from models.types import by_value
from scheduler.facts import Condition, Frequency, Phase, Priority


@dataclass(frozen=True, slots=True)
class Protocol:
    """A template. ``expiry_days`` after the plan's start, the plan's authorisation ends.

    Without a ``service_id``, whoever starts a plan has to name one.
    """

    protocol_id: str
    name: str
    condition: Condition
    phases: tuple[Phase, ...]
    service_id: str | None = None
    intake_service_id: str | None = None
    techniques: frozenset[str] = frozenset()
    priority: Priority = Priority.ROUTINE
    companion_service_id: str | None = None
    authorised_visits: int | None = None
    expiry_days: int | None = None


class ProtocolRow(Base):
    """A protocol without its phases."""

    __tablename__ = "protocols"
    __table_args__ = (
        CheckConstraint("authorised_visits >= 1", name="authorised_visits"),
        CheckConstraint("expiry_days >= 1", name="expiry_days"),
    )

    protocol_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    condition: Mapped[Condition] = mapped_column(by_value(Condition))
    service_id: Mapped[str | None] = mapped_column(ForeignKey(ServiceRow.service_id))
    intake_service_id: Mapped[str | None] = mapped_column(ForeignKey(ServiceRow.service_id))
    techniques: Mapped[frozenset[str]]
    priority: Mapped[Priority] = mapped_column(by_value(Priority))
    companion_service_id: Mapped[str | None] = mapped_column(ForeignKey(ServiceRow.service_id))
    authorised_visits: Mapped[int | None]
    expiry_days: Mapped[int | None]


class ProtocolPhaseRow(Base):
    """One stretch of a protocol with one frequency; phases are numbered from 1."""

    __tablename__ = "protocol_phases"
    __table_args__ = (
        CheckConstraint("phase >= 1", name="phase"),
        CheckConstraint("weeks >= 1", name="weeks"),
    )

    protocol_id: Mapped[str] = mapped_column(ForeignKey(ProtocolRow.protocol_id), primary_key=True)
    phase: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frequency: Mapped[Frequency] = mapped_column(by_value(Frequency))
    weeks: Mapped[int]


_COLUMNS = tuple(field.name for field in fields(Protocol) if field.name != "phases")


def list_protocols(session: Session) -> tuple[Protocol, ...]:
    """All protocols, by id."""
    rows = session.scalars(select(ProtocolRow).execution_options(populate_existing=True))
    return tuple(sorted((_fact(session, row) for row in rows), key=lambda it: it.protocol_id))


def get_protocol(session: Session, protocol_id: str) -> Protocol:
    """One protocol; ``StoreError`` naming the known ones if there is none of that id."""
    row = session.get(ProtocolRow, protocol_id, populate_existing=True)
    if row is None:
        known = ", ".join(sorted(session.scalars(select(ProtocolRow.protocol_id))))
        raise StoreError(f"there is no protocol {protocol_id}. Maybe one of: {known or 'none yet'}")
    return _fact(session, row)


def save_protocol(session: Session, protocol: Protocol) -> None:
    """Add the protocol or replace the one of its id, phases and all.

    ``StoreError`` without phases or for a service that there is none of.
    """
    _check(session, protocol)
    session.merge(ProtocolRow(**{name: getattr(protocol, name) for name in _COLUMNS}))
    session.flush()
    _delete_phases(session, protocol.protocol_id)
    phases = [
        {
            "protocol_id": protocol.protocol_id,
            "phase": phase.phase,
            "frequency": phase.frequency,
            "weeks": phase.weeks,
        }
        for phase in protocol.phases
    ]
    session.execute(insert(ProtocolPhaseRow), phases)


def delete_protocol(session: Session, protocol_id: str) -> bool:
    """Whether there was one to delete. Plans that were started from it stay as they are."""
    _delete_phases(session, protocol_id)
    gone = session.execute(
        delete(ProtocolRow)
        .where(ProtocolRow.protocol_id == protocol_id)
        .returning(ProtocolRow.protocol_id)
    )
    return gone.first() is not None


def _check(session: Session, protocol: Protocol) -> None:
    name = protocol.protocol_id
    if [phase.phase for phase in protocol.phases] != list(range(1, len(protocol.phases) + 1)):
        raise StoreError(f"the phases of protocol {name} are not numbered 1, 2, 3 and so on")
    if not protocol.phases:
        raise StoreError(f"protocol {name} has no phase. Maybe 2 sessions a week for 2 weeks?")
    known = set(session.scalars(select(ServiceRow.service_id)))
    named = {protocol.service_id, protocol.intake_service_id, protocol.companion_service_id}
    for service in sorted(named - known - {None}, key=str):
        listed = ", ".join(sorted(known)) or "none yet"
        raise StoreError(f"there is no service {service}. Maybe one of: {listed}")


def _delete_phases(session: Session, protocol_id: str) -> None:
    session.execute(delete(ProtocolPhaseRow).where(ProtocolPhaseRow.protocol_id == protocol_id))


def _fact(session: Session, row: ProtocolRow) -> Protocol:
    phases = session.execute(
        select(ProtocolPhaseRow.phase, ProtocolPhaseRow.frequency, ProtocolPhaseRow.weeks)
        .where(ProtocolPhaseRow.protocol_id == row.protocol_id)
        .order_by(ProtocolPhaseRow.phase)
    )
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Protocol(**values, phases=tuple(Phase(*phase) for phase in phases))
