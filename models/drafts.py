"""The one draft: visits that are nobody's promise yet. It is made region by region."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from models.bookings import zones
from models.errors import StoreError
from models.run_records import RunRecord, load_run, published_version
from models.runs import DraftDeclinedRow, DraftRow, DraftUnbookedRow, DraftVisitRow
from models.staff import ServiceRow
from models.within import EVERYWHERE, Within
from models.zones import to_utc, to_wall
from scheduler.horizon import Horizon
from scheduler.outcome import SessionKey, Visit

FORGOTTEN = timedelta(days=1)
"""Nobody will complete a draft that was begun so long ago."""


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


def begin_draft(
    session: Session, begun_at: datetime, base_version: int, declined: Collection[str] = ()
) -> int:
    """Begin a draft beside the one there is; its id.

    ``base_version`` is the ``published_version`` at the time that the facts were read. What is
    left of runs that ended before their draft was complete goes after a day.
    """
    old = select(DraftRow.draft_id).where(
        ~DraftRow.complete, DraftRow.begun_at < begun_at - FORGOTTEN
    )
    for draft_id in session.scalars(old).all():
        abandon_draft(session, draft_id)
    draft_id = 1 + (session.scalar(select(func.max(DraftRow.draft_id))) or 0)
    values = {"base_version": base_version, "begun_at": begun_at, "complete": False}
    session.execute(insert(DraftRow), [{"draft_id": draft_id, **values}])
    if declined:
        rows = [{"draft_id": draft_id, "appointment_id": it} for it in sorted(declined)]
        session.execute(insert(DraftDeclinedRow), rows)
    return draft_id


def add_to_draft(
    session: Session, draft_id: int, visits: Sequence[Visit], unbooked: Sequence[SessionKey]
) -> None:
    """Write what a region has into a draft that was begun; ``StoreError`` where it has gone."""
    _require(session, draft_id)
    if visits:
        session.execute(insert(DraftVisitRow), list(_visit_rows(session, draft_id, visits)))
    if unbooked:
        keys = [
            {"draft_id": draft_id, "plan_id": it[0], "session_number": it[1]} for it in unbooked
        ]
        session.execute(insert(DraftUnbookedRow), keys)


def _require(session: Session, draft_id: int) -> None:
    if session.scalar(select(DraftRow.complete).where(DraftRow.draft_id == draft_id)) is None:
        raise StoreError(
            "the draft that is being made has gone, since it took more than a day. "
            "Maybe run careweave schedule again?"
        )


def complete_draft(session: Session, draft_id: int, run_id: int) -> None:
    """Make this the draft instead of the one before; nothing published changes.

    ``StoreError`` where it has gone.
    """
    _require(session, draft_id)
    discard_draft(session)
    done = update(DraftRow).where(DraftRow.draft_id == draft_id)
    session.execute(done.values(run_id=run_id, complete=True))


def abandon_draft(session: Session, draft_id: int) -> None:
    """Take a draft off the record that is not complete; a complete one stays."""
    known = select(DraftRow.complete).where(DraftRow.draft_id == draft_id)
    if session.scalar(known) is False:
        _delete(session, draft_id)


def _delete(session: Session, draft_id: int) -> None:
    for table in (DraftVisitRow, DraftUnbookedRow, DraftDeclinedRow, DraftRow):
        session.execute(delete(table).where(table.draft_id == draft_id))


def save_draft(
    session: Session,
    run_id: int,
    visits: Sequence[Visit],
    unbooked: Sequence[SessionKey],
    *,
    base_version: int | None = None,
    declined: Collection[str] = (),
) -> None:
    """Make this the current draft instead of the one before, all at once.

    ``base_version`` is the ``published_version`` at the time that the network was loaded. Give
    it whenever the engine ran in between: without it, the present one is taken.
    """
    base = published_version(session) if base_version is None else base_version
    draft_id = begin_draft(session, load_run(session, run_id).created_at, base, declined)
    add_to_draft(session, draft_id, visits, unbooked)
    complete_draft(session, draft_id, run_id)


def load_draft(session: Session) -> Draft | None:
    """The current draft, if there is one, in wall-clock time of its locations."""
    row = _current(session)
    if row is None or row.run_id is None:
        return None
    return Draft(
        run_id=row.run_id,
        run=load_run(session, row.run_id),
        base_version=row.base_version,
        visits=load_visits(session, row.draft_id),
        unbooked=_load_unbooked(session, row.draft_id),
        stale=row.base_version != published_version(session),
        declined=frozenset(
            session.scalars(
                select(DraftDeclinedRow.appointment_id).where(
                    DraftDeclinedRow.draft_id == row.draft_id
                )
            )
        ),
    )


def draft_of(session: Session, horizon: Horizon) -> int | None:
    """The id of the current draft, if there is one and it is for these weeks."""
    row = _current(session)
    if row is None or row.run_id is None or load_run(session, row.run_id).horizon != horizon:
        return None
    return row.draft_id


def _current(session: Session) -> DraftRow | None:
    asked = select(DraftRow).where(DraftRow.complete)
    return session.scalar(asked.execution_options(populate_existing=True))


def discard_draft(session: Session) -> bool:
    """Whether there was a draft to discard."""
    row = _current(session)
    if row is not None:
        _delete(session, row.draft_id)
    return row is not None


def _visit_rows(
    session: Session, draft_id: int, visits: Sequence[Visit]
) -> Iterator[dict[str, object]]:
    zone = zones(session)
    minutes = select(ServiceRow.service_id, ServiceRow.changeover_minutes)
    changeover = dict(session.execute(minutes).all())
    for visit in visits:
        starts_at = to_utc(visit.starts_at, zone[visit.location_id])
        yield {
            **asdict(visit),
            "draft_id": draft_id,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=visit.minutes),
            "changeover_minutes": changeover[visit.service_id],
        }


def load_visits(session: Session, draft_id: int, where: Within = EVERYWHERE) -> tuple[Visit, ...]:
    """The visits of a draft, or those of a region, by plan and number."""
    names = [field.name for field in fields(Visit)]
    zone = zones(session)
    asked = select(*DraftVisitRow.__table__.columns).where(DraftVisitRow.draft_id == draft_id)
    if "draft_visits" in where:
        asked = asked.where(where["draft_visits"])
    visits = [
        Visit(
            **{
                **{name: getattr(row, name) for name in names},
                "starts_at": to_wall(row.starts_at, zone[row.location_id]),
            }
        )
        for row in session.execute(asked)
    ]
    return tuple(sorted(visits, key=lambda it: (it.plan_id, it.session_number, it.companion)))


def _load_unbooked(session: Session, draft_id: int) -> tuple[SessionKey, ...]:
    asked = select(DraftUnbookedRow.plan_id, DraftUnbookedRow.session_number)
    rows = session.execute(asked.where(DraftUnbookedRow.draft_id == draft_id))
    return tuple(sorted((plan_id, number) for plan_id, number in rows))
