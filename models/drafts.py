"""The one draft: visits that are nobody's promise yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models.bookings import Surroundings, zones
from models.run_records import RunRecord, load_run, published_version
from models.runs import CURRENT, DraftDeclinedRow, DraftRow, DraftUnbookedRow, DraftVisitRow
from models.zones import to_utc, to_wall
from scheduler.outcome import SessionKey, Visit


@dataclass(frozen=True, slots=True)
class Draft:
    """The current draft. ``stale``: something was published since it was made.

    ``base_version`` is the published version that it was made from, 0 if there was none.
    Visits and unbooked sessions are sorted by plan and number. ``declined`` are the ids of the
    appointments that their clients had declined when it was made.
    """

    run_id: int
    run: RunRecord
    base_version: int
    visits: tuple[Visit, ...]
    unbooked: tuple[SessionKey, ...]
    stale: bool
    declined: frozenset[str] = frozenset()


def save_draft(
    session: Session,
    run_id: int,
    visits: Sequence[Visit],
    unbooked: Sequence[SessionKey],
    *,
    base_version: int | None = None,
    declined: Collection[str] = (),
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
    if declined:
        rows = [{"draft_id": CURRENT, "appointment_id": it} for it in sorted(declined)]
        session.execute(insert(DraftDeclinedRow), rows)


def load_draft(session: Session) -> Draft | None:
    """The current draft, if there is one, in wall-clock time of its locations."""
    row = session.scalar(select(DraftRow).execution_options(populate_existing=True))
    if row is None:
        return None
    unbooked = session.execute(select(DraftUnbookedRow.plan_id, DraftUnbookedRow.session_number))
    return Draft(
        run_id=row.run_id,
        run=load_run(session, row.run_id),
        base_version=row.base_version,
        visits=_load_visits(session),
        unbooked=tuple(sorted((plan_id, number) for plan_id, number in unbooked)),
        stale=row.base_version != published_version(session),
        declined=frozenset(session.scalars(select(DraftDeclinedRow.appointment_id))),
    )


def discard_draft(session: Session) -> bool:
    """Whether there was a draft to discard."""
    for lines in (DraftVisitRow, DraftUnbookedRow, DraftDeclinedRow):
        session.execute(delete(lines))
    gone = session.execute(delete(DraftRow).returning(DraftRow.draft_id))
    return gone.first() is not None


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
