"""Runs of the engine and the one draft that came of the last of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from models.bookings import Surroundings, zones
from models.errors import StoreError
from models.runs import (
    CURRENT,
    DraftRow,
    DraftUnbookedRow,
    DraftVisitRow,
    PublishedVersionRow,
    ScheduleRunRow,
)
from models.zones import to_utc, to_wall
from scheduler.horizon import Horizon
from scheduler.outcome import Measure, Scheduled, SessionKey, Visit
from scheduler.settings import Settings, Weights


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of the engine: what it was asked, on which inputs, and how good its answer is.

    ``fingerprint`` is the SHA-256 of the inputs; the rest as in ``Scheduled``.
    """

    created_at: datetime
    horizon: Horizon
    as_of: date
    fingerprint: str
    grid: int
    weights: Weights
    seed: int
    seconds: float
    points: int
    bound: int
    stake: int
    booked: int
    in_scope: int
    most_bookable: int
    parts: Mapping[str, int]
    history: tuple[Measure, ...] = ()
    interrupted: bool = False

    @classmethod
    def of(
        cls,
        outcome: Scheduled,
        *,
        created_at: datetime,
        horizon: Horizon,
        as_of: date,
        settings: Settings,
        fingerprint: str,
    ) -> RunRecord:
        """The record of a run that answered ``outcome``."""
        asked = {field.name for field in fields(cls)} - {
            *("created_at", "horizon", "as_of", "fingerprint", "grid", "weights")
        }
        return cls(
            created_at=created_at,
            horizon=horizon,
            as_of=as_of,
            fingerprint=fingerprint,
            grid=settings.grid,
            weights=settings.weights,
            **{name: getattr(outcome, name) for name in asked},
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """The current draft. ``stale``: something was published since it was made.

    ``base_version`` is the published version that it was made from, 0 if there was none.
    Visits and unbooked sessions are sorted by plan and number.
    """

    run_id: int
    run: RunRecord
    base_version: int
    visits: tuple[Visit, ...]
    unbooked: tuple[SessionKey, ...]
    stale: bool


def published_version(session: Session) -> int:
    """The number of the last publication, 0 if there was none."""
    return session.scalar(select(func.max(PublishedVersionRow.version))) or 0


def record_run(session: Session, run: RunRecord) -> int:
    """Add ``run`` to the record; its id."""
    row = ScheduleRunRow(
        **{name: getattr(run, name) for name in _plain_columns()},
        horizon_start=run.horizon.start,
        horizon_weeks=run.horizon.weeks,
        parts=dict(run.parts),
        history=[list(astuple(measure)) for measure in run.history],
        weights=asdict(run.weights),
    )
    session.add(row)
    session.flush()
    return row.run_id


def load_run(session: Session, run_id: int) -> RunRecord:
    """A run by its id; ``StoreError`` if there was none."""
    row = session.get(ScheduleRunRow, run_id)
    if row is None:
        raise StoreError(f"there is no schedule run {run_id}. Maybe the last one was meant?")
    return RunRecord(
        **{name: getattr(row, name) for name in _plain_columns()},
        horizon=Horizon(row.horizon_start, row.horizon_weeks),
        parts=row.parts,
        history=tuple(Measure(*measure) for measure in row.history),
        weights=Weights(**row.weights),
    )


def published_run(session: Session) -> RunRecord | None:
    """The run that the published schedule came of; None before anything was published."""
    last = select(PublishedVersionRow.run_id).order_by(PublishedVersionRow.version.desc()).limit(1)
    run_id = session.scalar(last)
    return None if run_id is None else load_run(session, run_id)


def save_draft(
    session: Session,
    run_id: int,
    visits: Sequence[Visit],
    unbooked: Sequence[SessionKey],
    *,
    base_version: int | None = None,
) -> None:
    """Make this the current draft instead of the one before; nothing published changes.

    ``base_version`` is the ``published_version`` at the time that the network was loaded. Give
    it whenever the engine ran in between: without it, the present one is taken.
    """
    discard_draft(session)
    base = published_version(session) if base_version is None else base_version
    session.execute(insert(DraftRow), [{"run_id": run_id, "base_version": base}])
    surroundings = Surroundings.load(session)
    if visits:
        rows = [_visit_row(visit, surroundings) for visit in visits]
        session.execute(insert(DraftVisitRow), rows)
    if unbooked:
        keys = [{"draft_id": CURRENT, "plan_id": it[0], "session_number": it[1]} for it in unbooked]
        session.execute(insert(DraftUnbookedRow), keys)


def load_draft(session: Session) -> Draft | None:
    """The current draft, if there is one, in wall-clock time of its locations."""
    row = session.scalar(select(DraftRow).execution_options(populate_existing=True))
    if row is None:
        return None
    unbooked = session.execute(
        select(DraftUnbookedRow.plan_id, DraftUnbookedRow.session_number)
    ).tuples()
    return Draft(
        run_id=row.run_id,
        run=load_run(session, row.run_id),
        base_version=row.base_version,
        visits=_load_visits(session),
        unbooked=tuple(sorted(unbooked.all())),
        stale=row.base_version != published_version(session),
    )


def discard_draft(session: Session) -> bool:
    """Whether there was a draft to discard."""
    for lines in (DraftVisitRow, DraftUnbookedRow):
        session.execute(delete(lines))
    gone = session.execute(delete(DraftRow).returning(DraftRow.draft_id))
    return gone.first() is not None


def _plain_columns() -> list[str]:
    """The fields of a run that are columns as they stand."""
    apart = {"horizon", "parts", "history", "weights"}
    return [field.name for field in fields(RunRecord) if field.name not in apart]


def _visit_row(visit: Visit, surroundings: Surroundings) -> dict[str, object]:
    starts_at = to_utc(visit.starts_at, surroundings.zone[visit.location_id])
    return {
        **asdict(visit),
        "draft_id": CURRENT,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=visit.minutes),
        "changeover_minutes": surroundings.changeover[visit.service_id],
    }


def _load_visits(session: Session) -> tuple[Visit, ...]:
    names = [field.name for field in fields(Visit)]
    zone = zones(session)
    visits = [
        Visit(
            **{
                **{name: getattr(row, name) for name in names},
                "starts_at": to_wall(row.starts_at, zone[row.location_id]),
            }
        )
        for row in session.execute(select(*DraftVisitRow.__table__.columns))
    ]
    return tuple(sorted(visits, key=lambda it: (it.plan_id, it.session_number, it.companion)))
