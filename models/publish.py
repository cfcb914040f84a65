"""The draft becomes what is promised: one transaction, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit, bookings
from models.changes import Change, Kind, Standing, compare
from models.drafts import Draft, discard_draft, load_draft
from models.errors import StoreError
from models.guards import RELEASE
from models.network import load_care_plans
from models.places import RoomRow
from models.runs import PublishedVersionRow
from models.within import EVERYWHERE, Within
from scheduler.facts import Appointment


@dataclass(frozen=True, slots=True)
class Published:
    """A published version: its number and what it changed."""

    version: int
    changes: tuple[Change, ...]

    @property
    def counts(self) -> Counter[Kind]:
        """How many appointments were kept, moved, new, lost and declined."""
        return Counter(change.kind for change in self.changes)


def draft_changes(session: Session) -> tuple[Change, ...]:
    """What publishing the current draft would change; ``StoreError`` if there is none."""
    return compare(_draft(session), _standing(session))


def draft_appointments(session: Session) -> tuple[Appointment, ...]:
    """All appointments as they would stand once the draft is published, by id."""
    return appointments_under(session, _draft(session))


def appointments_under(
    session: Session, draft: Draft, where: Within = EVERYWHERE
) -> tuple[Appointment, ...]:
    """All appointments, or a region's, as they would stand once ``draft`` is published, by id."""
    standing = _standing(session, where)
    appointments = {it.appointment_id: it for it in standing.appointments}
    for change in compare(draft, standing):
        appointments[change.after.appointment_id] = change.after
    return tuple(appointments[key] for key in sorted(appointments))


def publish_draft(session: Session, now: datetime, by: str) -> Published:
    """Turn the draft into appointments, and discard it.

    Kept appointments stay as they are; moved ones keep id and uid, and their sequence goes up;
    lost ones are cancelled, also with a higher sequence; new ones get an id and a uid.
    ``StoreError`` if there is no draft or another one was published since it was made. The
    guards judge every visit: ``Store.writing`` says so if they refuse.
    """
    draft = _draft(session)
    if draft.stale:
        raise StoreError(
            f"the draft was made from version {draft.base_version}, and another one was published "
            "since. Nothing was changed. Maybe run careweave schedule again?"
        )
    changes = compare(draft, _standing(session))
    version = draft.base_version + 1
    session.add(
        PublishedVersionRow(version=version, published_at=now, run_id=draft.run_id, published_by=by)
    )
    session.flush()
    _write(session, changes, version, now)
    _audit(session, changes, version, now, by)
    discard_draft(session)
    return Published(version, changes)


def _draft(session: Session) -> Draft:
    draft = load_draft(session)
    if draft is None:
        raise StoreError("there is no draft. Maybe run careweave schedule, which makes one?")
    return draft


def _standing(session: Session, where: Within = EVERYWHERE) -> Standing:
    return Standing(
        plans={plan.plan_id: plan for plan in load_care_plans(session, where)},
        appointments=bookings.load_appointments(session, where.get("appointments")),
        location=dict(session.execute(select(RoomRow.room_id, RoomRow.location_id)).all()),
    )


def _write(session: Session, changes: tuple[Change, ...], version: int, now: datetime) -> None:
    """The rows of all changes. None of them is contested afterwards, or the guards refuse."""
    surroundings = bookings.Surroundings.load(session)
    known = bookings.load_rows(session)
    new, changed, claimed = [], [], []
    for change in changes:
        row = surroundings.row(change.after)
        old = known.get(change.after.appointment_id)
        stamp = {"published_version": version}
        if old is None:
            new.append({**row, **stamp, "created_at": now, "revised_at": now})
        elif (revised := bookings.revise(old, row, now)) is not None:
            changed.append({**revised, **stamp})
        elif old["contested"]:
            claimed.append(change.after.appointment_id)
    bookings.place(session, new, changed)
    bookings.claim(session, [*claimed, *(row["appointment_id"] for row in (*changed, *new))])
    session.execute(RELEASE)  # settled promises that a moved one had overlapped


def _audit(
    session: Session, changes: tuple[Change, ...], version: int, now: datetime, by: str
) -> None:
    """One row for each appointment that changed, and one for the whole."""
    counts = Counter(change.kind.value for change in changes)
    audit.record(session, now, by, "publish", f"version {version}", None, counts)
    for change in changes:
        if change.before != change.after:
            subject = f"appointment {change.after.appointment_id}"
            before = _json(change.before) if change.before else None
            audit.record(session, now, by, change.kind.value, subject, before, _json(change.after))


def _json(appointment: Appointment) -> dict[str, Any]:
    """``appointment`` as the exchange folder writes it."""
    values = {field.name: getattr(appointment, field.name) for field in fields(appointment)}
    return {**values, "starts_at": appointment.starts_at.isoformat(timespec="minutes")}
