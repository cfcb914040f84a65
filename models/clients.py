"""Who comes: clients, when they can come and when they are away."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.places import WEEKDAY, LocationRow
from models.staff import TherapistRow


class ClientRow(Base):
    """Who comes, and where they would come to."""

    __tablename__ = "clients"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    home_location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id), index=True)
    other_location_ids: Mapped[tuple[str, ...]]
    preferred_therapist_id: Mapped[str | None] = mapped_column(
        ForeignKey(TherapistRow.therapist_id)
    )


class ClientHoursRow(Base):
    """One weekly interval in which a client can come; weekday 0 is Monday."""

    __tablename__ = "client_hours"
    __table_args__ = (
        CheckConstraint(WEEKDAY, name="weekday"),
        CheckConstraint("starts < ends", name="order"),
    )

    client_id: Mapped[str] = mapped_column(ForeignKey(ClientRow.client_id), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts: Mapped[time] = mapped_column(primary_key=True)
    ends: Mapped[time]


class ClientAwayRow(Base):
    """Days on which a client can't come, both included."""

    __tablename__ = "client_away"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="order"),)

    client_id: Mapped[str] = mapped_column(ForeignKey(ClientRow.client_id), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date]
