"""Therapists' other calendars, and the times at which these say that they are busy.

Nothing else of those calendars is kept: no titles, places or people. ``source`` may hold a token
that lets everybody read the calendar, so it belongs into no log, no message and no audit row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    UniqueConstraint,
    delete,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.appointments import AppointmentRow
from models.base import Base
from models.places import LocationRow
from models.staff import ShiftRow, TherapistRow
from models.zones import to_wall_span
from scheduler.facts import AppointmentStatus, TimeOff

REASON = "busy in another calendar"
"""What is said of such time off: it is nobody's business what keeps them busy."""

Interval = tuple[datetime, datetime]


class BusyCalendarRow(Base):
    """A calendar that is read for its busy times.

    ``tried_at`` is the last attempt, ``refreshed_at`` the last one that went well, ``read_at``
    the last one whose answer was not just "as before": the busy times are as of then. ``failures``
    and ``last_error`` tell of the attempts since ``refreshed_at``; ``remarks`` of what was read.
    """

    __tablename__ = "busy_calendars"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures"),
        UniqueConstraint("therapist_id", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[str] = mapped_column(ForeignKey(TherapistRow.therapist_id))
    source: Mapped[str]
    allow_private: Mapped[bool]
    allow_plain: Mapped[bool]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    tried_at: Mapped[datetime]
    refreshed_at: Mapped[datetime]
    read_at: Mapped[datetime]
    etag: Mapped[str]
    last_modified: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    remarks: Mapped[tuple[str, ...]]


class BusyTimeRow(Base):
    """A stretch of time, half-open, at which a calendar says that its owner is busy."""

    __tablename__ = "busy_times"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    calendar_id: Mapped[int] = mapped_column(
        ForeignKey(BusyCalendarRow.id), primary_key=True, autoincrement=False
    )
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime]


def load_busy_times(
    session: Session, where: ColumnElement[bool] | None = None
) -> Iterator[TimeOff]:
    """All busy times as time off, or some, by the clocks of where the therapist works.

    Those of several calendars are not merged: time off may overlap.
    """
    asked = (
        select(BusyCalendarRow.therapist_id, BusyTimeRow.starts_at, BusyTimeRow.ends_at)
        .join(BusyTimeRow, BusyTimeRow.calendar_id == BusyCalendarRow.id)
        .distinct()
    )
    rows = session.execute(asked if where is None else asked.where(where)).all()
    zones = therapist_zones(session) if rows else {}
    for therapist_id, starts_at, ends_at in rows:
        zone = zones[therapist_id]
        yield TimeOff(therapist_id, *to_wall_span(starts_at, ends_at, zone), REASON)


def busy_by_calendar(session: Session) -> Mapping[int, list[Interval]]:
    """The busy times of each calendar as instants, in order."""
    found: dict[int, list[Interval]] = defaultdict(list)
    for row in session.scalars(select(BusyTimeRow).order_by(BusyTimeRow.starts_at)):
        found[row.calendar_id].append((row.starts_at, row.ends_at))
    return found


def promises_touched(
    session: Session, therapist_id: str, intervals: Sequence[Interval], now: datetime
) -> list[str]:
    """Ids of a therapist's promises that are not over and lie in one of these intervals.

    With their changeover, as in the rule ``time-off``; in order of time. The intervals are sorted
    and don't overlap.
    """
    ends = [end for _, end in intervals]
    promises = session.scalars(
        select(AppointmentRow)
        .where(
            AppointmentRow.therapist_id == therapist_id,
            AppointmentRow.status == AppointmentStatus.BOOKED,
            AppointmentRow.blocks_until > now,
        )
        .order_by(AppointmentRow.starts_at)
    )
    touched = []
    for promise in promises:
        first = bisect_right(ends, promise.starts_at)  # those before end before it begins
        if first < len(intervals) and intervals[first][0] < promise.blocks_until:
            touched.append(promise.appointment_id)
    return touched


def save_busy_times(session: Session, calendar_id: int, intervals: Sequence[Interval]) -> None:
    """Let a calendar say this, and nothing that it said before."""
    forget_busy_times(session, calendar_id)
    if intervals:
        rows = [
            {"calendar_id": calendar_id, "starts_at": start, "ends_at": end}
            for start, end in intervals
        ]
        session.execute(insert(BusyTimeRow), rows)


def forget_busy_times(session: Session, calendar_id: int) -> None:
    """Let a calendar say nothing."""
    session.execute(delete(BusyTimeRow).where(BusyTimeRow.calendar_id == calendar_id))


def therapist_zones(session: Session) -> Mapping[str, str]:
    """The zone in which each therapist works: that of a location where they have a shift.

    Whoever has no shift yet gets the zone of the first location, and UTC if there is none.
    """
    locations = select(LocationRow.timezone).order_by(LocationRow.location_id).limit(1)
    fallback = session.scalar(locations) or "UTC"
    shifts = select(ShiftRow.therapist_id, LocationRow.timezone).join(
        LocationRow, LocationRow.location_id == ShiftRow.location_id
    )
    working = dict(session.execute(shifts).all())
    known = session.scalars(select(TherapistRow.therapist_id))
    return {therapist: working.get(therapist, fallback) for therapist in known}
