"""Appointments: rows and facts, and how several of them change places at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.orm import Session

from models.appointments import AppointmentRow
from models.batches import execute_in_batches
from models.errors import StoreError
from models.guards import SETTLE
from models.places import LocationRow, RoomRow
from models.plans import CarePlanRow
from models.staff import ServiceRow
from models.zones import to_utc, to_wall
from scheduler.facts import Appointment, AppointmentStatus

Row = Mapping[str, Any]
_Value = TypeVar("_Value")

_TABLE = AppointmentRow.__table__
_FACTS = tuple(field.name for field in fields(Appointment))
_CALENDAR = ("starts_at", "ends_at", "therapist_id", "location_id", "service_id")
"""What a calendar entry tells. When one of these changes, SEQUENCE must go up."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The facts that an appointment's row follows from."""

    zone: Mapping[str, str]
    location: Mapping[str, str]
    changeover: Mapping[str, int]
    client: Mapping[str, str]

    @classmethod
    def load(cls, session: Session) -> Surroundings:
        """As the record has them now."""
        return cls(
            zone=zones(session),
            location=_pairs(session, select(RoomRow.room_id, RoomRow.location_id)),
            changeover=_pairs(
                session, select(ServiceRow.service_id, ServiceRow.changeover_minutes)
            ),
            client=_pairs(session, select(CarePlanRow.plan_id, CarePlanRow.client_id)),
        )

    def row(self, appointment: Appointment) -> Row:
        """``appointment`` as columns; ``StoreError`` names it if its time does not exist."""
        location = self.location[appointment.room_id]
        try:
            starts_at = to_utc(appointment.starts_at, self.zone[location])
        except StoreError as error:
            raise StoreError(f"appointment {appointment.appointment_id}: {error}") from None
        ends_at = starts_at + timedelta(minutes=appointment.minutes)
        changeover = timedelta(minutes=self.changeover[appointment.service_id])
        return {
            **{name: getattr(appointment, name) for name in _FACTS},
            "starts_at": starts_at,
            "ends_at": ends_at,
            "blocks_until": ends_at + changeover,
            "location_id": location,
            "client_id": self.client[appointment.plan_id],
        }


def load_appointments(
    session: Session, where: ColumnElement[bool] | None = None
) -> tuple[Appointment, ...]:
    """All appointments as facts, or some, in wall-clock time of their locations, by id."""
    zone = zones(session)
    return tuple(
        Appointment(
            **{
                **{name: row[name] for name in _FACTS},
                "starts_at": to_wall(row["starts_at"], zone[row["location_id"]]),
            }
        )
        for _, row in sorted(load_rows(session, where).items())
    )


def load_rows(session: Session, where: ColumnElement[bool] | None = None) -> dict[str, Row]:
    """All appointments as columns, or some, by id."""
    asked = select(*_TABLE.columns)
    if where is not None:
        asked = asked.where(where)
    return {row.appointment_id: row._asdict() for row in session.execute(asked)}


def zones(session: Session) -> dict[str, str]:
    """The zone of each location."""
    return _pairs(session, select(LocationRow.location_id, LocationRow.timezone))


def _pairs(session: Session, query: Select[str, _Value]) -> dict[str, _Value]:
    return dict(session.execute(query).all())


def revise(old: Row, new: Row, now: datetime | None) -> Row | None:
    """The columns to write where ``new`` differs from ``old``; None where nothing does.

    The sequence goes up where calendars must hear of it, and the revision time with it.
    """
    if all(old[name] == value for name, value in new.items()):
        return None
    changed = {**new, "sequence": old["sequence"], "revised_at": old["revised_at"]}
    if now is not None:
        changed["revised_at"] = now
    cancelled = AppointmentStatus.CANCELLED
    if any(old[name] != new[name] for name in _CALENDAR) or (
        (old["status"] is cancelled) != (new["status"] is cancelled)
    ):
        changed["sequence"] += 1
    return changed


def place(session: Session, new: Sequence[Row], changed: Sequence[Row]) -> None:
    """Write rows that may take each other's time. Afterwards all of them are ``contested``.

    SQLite's triggers look at each row as it is written, so while rows change places they are
    contested, which the guards leave alone. The caller must take the mark away again: with
    ``SETTLE``, which leaves it where it is true, or with ``claim``, which lets the guards judge.
    """
    park(session, [row["appointment_id"] for row in changed])
    for statement, rows in ((update(AppointmentRow), changed), (insert(AppointmentRow), new)):
        execute_in_batches(session, statement, ({**row, "contested": True} for row in rows))


def park(session: Session, ids: Sequence[str]) -> None:
    """Let the guards leave these appointments alone for the time being."""
    _mark(session, ids, contested=True)


def claim(session: Session, ids: Sequence[str]) -> None:
    """Let the guards judge these appointments: a double booking is refused."""
    _mark(session, ids, contested=False)


def settle(session: Session) -> None:
    """Mark exactly those bookings as contested that overlap another one."""
    session.execute(SETTLE)


def _mark(session: Session, ids: Sequence[str], *, contested: bool) -> None:
    marks = ({"appointment_id": key, "contested": contested} for key in ids)
    execute_in_batches(session, update(AppointmentRow), marks)
