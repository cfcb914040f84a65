"""Runs of the engine: what each was asked, and how good its answer was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import StoreError
from models.runs import PublishedVersionRow, ScheduleRunRow
from scheduler.horizon import Horizon
from scheduler.outcome import Measure, Scheduled
from scheduler.settings import Settings, Weights


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of the engine: what it was asked, on which inputs, and how good its answer is.

    ``fingerprint`` is the SHA-256 of the inputs; ``grid``, ``freeze_days`` and ``weights`` are
    the settings of that day, the rest is as in ``Scheduled``.
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
    freeze_days: int = 0

    @property
    def settings(self) -> Settings:
        """The settings by which the run was made."""
        return Settings(self.weights, self.grid, self.freeze_days)

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
            *("created_at", "horizon", "as_of", "fingerprint", "grid", "freeze_days", "weights")
        }
        return cls(
            created_at=created_at,
            horizon=horizon,
            as_of=as_of,
            fingerprint=fingerprint,
            grid=settings.grid,
            freeze_days=settings.freeze_days,
            weights=settings.weights,
            **{name: getattr(outcome, name) for name in asked},
        )


_FREEZE = "freeze_days"
"""Where the freeze window lies beside the weights, in the column of what was set."""


def record_run(session: Session, run: RunRecord) -> int:
    """Add ``run`` to the record; its id."""
    row = ScheduleRunRow(
        **{name: getattr(run, name) for name in _plain_columns()},
        horizon_start=run.horizon.start,
        horizon_weeks=run.horizon.weeks,
        parts=dict(run.parts),
        history=[list(astuple(measure)) for measure in run.history],
        weights={**asdict(run.weights), _FREEZE: run.freeze_days},
    )
    session.add(row)
    session.flush()
    return row.run_id


def load_run(session: Session, run_id: int) -> RunRecord:
    """A run by its id; ``StoreError`` if there was none."""
    row = session.get(ScheduleRunRow, run_id)
    if row is None:
        raise StoreError(f"there is no schedule run {run_id}. Maybe the last one was meant?")
    weights = dict(row.weights)
    freeze_days = weights.pop(_FREEZE, 0)  # runs of older versions did not keep it
    return RunRecord(
        **{name: getattr(row, name) for name in _plain_columns()},
        horizon=Horizon(row.horizon_start, row.horizon_weeks),
        parts=row.parts,
        history=tuple(Measure(*measure) for measure in row.history),
        weights=Weights(**weights),
        freeze_days=freeze_days,
    )


def published_version(session: Session) -> int:
    """The number of the last publication, 0 if there was none."""
    return session.scalar(select(func.max(PublishedVersionRow.version))) or 0


def published_grids(session: Session) -> frozenset[int]:
    """The grids, in minutes, on which anything was published so far."""
    runs = select(ScheduleRunRow.grid).join(PublishedVersionRow)
    return frozenset(session.scalars(runs))


def published_run(session: Session) -> RunRecord | None:
    """The run that the published schedule came of; None before anything was published."""
    last = select(PublishedVersionRow.run_id).order_by(PublishedVersionRow.version.desc()).limit(1)
    run_id = session.scalar(last)
    return None if run_id is None else load_run(session, run_id)


def _plain_columns() -> list[str]:
    """The fields of a run that are columns as they stand."""
    apart = {"horizon", "parts", "history", "weights", "freeze_days"}
    return [field.name for field in fields(RunRecord) if field.name not in apart]
