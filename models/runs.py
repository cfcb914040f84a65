"""Schedule runs, the draft that came of the last one, and the versions that were published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.places import LocationRow, RoomRow
from models.plans import CarePlanRow
from models.staff import ServiceRow, TherapistRow


class ScheduleRunRow(Base):
    """One run of the engine: what it was asked and how good its answer was."""

    __tablename__ = "schedule_runs"

    run_id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    horizon_start: Mapped[date]
    horizon_weeks: Mapped[int]
    as_of: Mapped[date]
    seed: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float]
    fingerprint: Mapped[str]
    points: Mapped[int]
    bound: Mapped[int]
    stake: Mapped[int]
    booked: Mapped[int]
    in_scope: Mapped[int]
    most_bookable: Mapped[int]
    parts: Mapped[dict[str, int]] = mapped_column(JSON)
    history: Mapped[list[list[Any]]] = mapped_column(JSON)
    grid: Mapped[int]
    weights: Mapped[dict[str, int]] = mapped_column(JSON)
    interrupted: Mapped[bool]


class PublishedVersionRow(Base):
    """One publication; versions are numbered from 1."""

    __tablename__ = "published_versions"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    published_at: Mapped[datetime]
    run_id: Mapped[int] = mapped_column(ForeignKey(ScheduleRunRow.run_id))
    published_by: Mapped[str]


class DraftRow(Base):
    """A draft, and the published version that it was made from; 0 is none yet.

    One at most is ``complete``: that is the draft. Another one is being made, region by region, or
    was when the program ended; its run is on record once it is complete.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint("complete = (run_id IS NOT NULL)", name="complete"),
        Index(
            "ix_drafts_complete",
            "complete",
            unique=True,
            sqlite_where=text("complete"),
            postgresql_where=text("complete"),
        ),
    )

    draft_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run_id: Mapped[int | None] = mapped_column(ForeignKey(ScheduleRunRow.run_id))
    base_version: Mapped[int]
    begun_at: Mapped[datetime]
    complete: Mapped[bool]


class DraftVisitRow(Base):
    """One visit of a draft: an appointment that is nobody's promise yet."""

    __tablename__ = "draft_visits"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftRow.draft_id), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey(CarePlanRow.plan_id), primary_key=True)
    session_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    companion: Mapped[bool] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey(ServiceRow.service_id))
    therapist_id: Mapped[str] = mapped_column(ForeignKey(TherapistRow.therapist_id))
    location_id: Mapped[str] = mapped_column(ForeignKey(LocationRow.location_id))
    room_id: Mapped[str] = mapped_column(ForeignKey(RoomRow.room_id))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    changeover_minutes: Mapped[int]
    pinned: Mapped[bool]


class DraftUnbookedRow(Base):
    """A session in scope that a draft does not book."""

    __tablename__ = "draft_unbooked"

    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftRow.draft_id), primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey(CarePlanRow.plan_id), primary_key=True)
    session_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class DraftDeclinedRow(Base):
    """An appointment that its client had declined when the draft was made, so that it goes."""

    __tablename__ = "draft_declined"

    draft_id: Mapped[int] = mapped_column(ForeignKey(DraftRow.draft_id), primary_key=True)
    appointment_id: Mapped[str] = mapped_column(
        ForeignKey("appointments.appointment_id"), primary_key=True
    )
