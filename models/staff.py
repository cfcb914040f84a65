"""What is done and who does it: services, therapists, their shifts and time off."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.places import WEEKDAY, LocationRow
from models.types import WallClock


class ServiceRow(Base):
    """What is done: hands-on minutes, then a changeover that blocks therapist and room."""

    __tablename__ = "services"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("changeover_minutes >= 0", name="changeover"),
    )

    service_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int]
    changeover_minutes: Mapped[int]
    credential: Mapped[str]
    room_kind: Mapped[str]


class TherapistRow(Base):
    """Who does it, with limits on hands-on minutes."""

    __tablename__ = "therapists"
    __table_args__ = (
        CheckConstraint("max_minutes_per_day >= 0", name="max_day"),
        CheckConstraint("max_minutes_per_week >= 0", name="max_week"),
    )

    therapist_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    credentials: Mapped[frozenset[str]]
    techniques: Mapped[frozenset[str]]
    max_minutes_per_day: Mapped[int]
    max_minutes_per_week: Mapped[int]


class ShiftRow(Base):
    """A weekly shift, valid from day to day, both included."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint(WEEKDAY, name="weekday"),
        CheckConstraint("starts < ends", name="order"),
        CheckConstraint("valid_from <= valid_until", name="validity"),
        UniqueConstraint("therapist_id", "location_id", "weekday", "starts", "valid_from"),
        # NULLs are never equal, so shifts without a first day need an index of their own.
        Index(
            "ix_shifts_always",
            "therapist_id",
            "location_id",
            "weekday",
            "starts",
            unique=True,
            sqlite_where=text("valid_from IS NULL"),
            postgresql_where=text("valid_from IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[str] = mapped_column(ForeignKey(TherapistRow.therapist_id))
    location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id))
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class TimeOffRow(Base):
    """When a therapist is not there.

    Wall-clock: somebody who works at locations in two zones is off by each of their clocks.
    """

    __tablename__ = "time_off"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    therapist_id: Mapped[str] = mapped_column(
        ForeignKey(TherapistRow.therapist_id), primary_key=True
    )
    starts_at: Mapped[datetime] = mapped_column(WallClock, primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(WallClock)
    reason: Mapped[str]
