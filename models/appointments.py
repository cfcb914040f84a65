"""What was promised and what became of it, with each appointment's identity in calendars."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.clients import ClientRow
from models.places import LocationRow, RoomRow
from models.plans import CarePlanRow
from models.runs import PublishedVersionRow
from models.staff import ServiceRow, TherapistRow
from models.types import by_value
from scheduler.facts import AppointmentStatus

BOOKED = text("status = 'booked'")


def _booked_index(column: str) -> Index:
    """What the guards search: the bookings of one therapist, room or client in order of time."""
    return Index(
        f"ix_appointments_booked_{column}",
        column,
        "starts_at",
        sqlite_where=BOOKED,
        postgresql_where=BOOKED,
    )


class AppointmentRow(Base):
    """An appointment; ``models.guards`` keeps two booked ones from overlapping.

    ``location_id``, ``client_id``, ``ends_at`` (of the hands-on minutes) and ``blocks_until``
    (with the changeover) follow from the facts; they stand here for the guards.

    ``contested`` marks a promise that came in from outside and overlaps another one. The guards
    let it be, so that a clinic's real, broken week can be recorded; they still refuse every new
    booking on top of it. Publishing never sets it.

    ``uid`` stays for life, ``sequence`` counts the changes that calendars must hear of, and
    ``revised_at`` is the last of them. The two instants are unknown where whoever imported the
    appointment did not say when. ``published_version`` last wrote it; none if it was imported.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("session_number >= 1", name="session_number"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("starts_at < ends_at AND ends_at <= blocks_until", name="order"),
        CheckConstraint("sequence >= 0", name="sequence"),
        Index("ix_appointments_session", "plan_id", "session_number"),
        _booked_index("therapist_id"),
        _booked_index("room_id"),
        _booked_index("client_id"),
    )

    appointment_id: Mapped[str] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey(CarePlanRow.plan_id))
    session_number: Mapped[int]
    service_id: Mapped[str] = mapped_column(ForeignKey(ServiceRow.service_id))
    therapist_id: Mapped[str] = mapped_column(ForeignKey(TherapistRow.therapist_id))
    room_id: Mapped[str] = mapped_column(ForeignKey(RoomRow.room_id))
    client_id: Mapped[str] = mapped_column(ForeignKey(ClientRow.client_id))
    location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    blocks_until: Mapped[datetime]
    minutes: Mapped[int]
    status: Mapped[AppointmentStatus] = mapped_column(by_value(AppointmentStatus))
    pinned: Mapped[bool]
    contested: Mapped[bool] = mapped_column(default=False)
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: str(uuid4()))
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime | None]
    revised_at: Mapped[datetime | None]
    published_version: Mapped[int | None] = mapped_column(ForeignKey(PublishedVersionRow.version))
