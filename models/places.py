"""Where it happens: locations, their opening hours and closures, rooms, and the way between."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

WEEKDAY = "weekday BETWEEN 0 AND 6"


class LocationRow(Base):
    """A clinic and its IANA time zone."""

    __tablename__ = "locations"

    location_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    timezone: Mapped[str]
    phone: Mapped[str]


class OpeningHoursRow(Base):
    """One weekly interval in which a location is open; weekday 0 is Monday."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint(WEEKDAY, name="weekday"),
        CheckConstraint("opens < closes", name="order"),
    )

    location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opens: Mapped[time] = mapped_column(primary_key=True)
    closes: Mapped[time]


class ClosureRow(Base):
    """A day on which a location is closed; without a location, all of them are."""

    __tablename__ = "closures"
    __table_args__ = (
        UniqueConstraint("location_id", "date"),
        # NULLs are never equal, so "every location" needs an index of its own.
        Index(
            "ix_closures_everywhere",
            "date",
            unique=True,
            sqlite_where=text("location_id IS NULL"),
            postgresql_where=text("location_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey(LocationRow.location_id))
    date: Mapped[date]
    reason: Mapped[str]


class RoomRow(Base):
    """A room; rooms of one kind at one location are alike."""

    __tablename__ = "rooms"

    room_id: Mapped[str] = mapped_column(primary_key=True)
    location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id))
    name: Mapped[str]
    kind: Mapped[str]


class TravelRow(Base):
    """Minutes between two locations, the same in both directions."""

    __tablename__ = "travel"
    __table_args__ = (CheckConstraint("minutes >= 0", name="minutes"),)

    from_location_id: Mapped[str] = mapped_column(
        ForeignKey(LocationRow.location_id), primary_key=True
    )
    to_location_id: Mapped[str] = mapped_column(
        ForeignKey(LocationRow.location_id), primary_key=True
    )
    minutes: Mapped[int]
