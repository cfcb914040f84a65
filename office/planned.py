"""What was planned last: the draft, or the schedule that was published from one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.runs import PublishedVersionRow
from models.schedule import Draft, RunRecord, load_draft, load_run
from office.errors import OfficeError


def require_draft(session: Session) -> Draft:
    """The current draft; ``OfficeError`` where there is none."""
    draft = load_draft(session)
    if draft is None:
        raise OfficeError(
            "there is no draft. Maybe make one: careweave schedule --from MONDAY --weeks 6?"
        )
    return draft


def last_published_run(session: Session) -> RunRecord | None:
    """The run behind the published schedule; None where nothing was published yet."""
    run_id = session.scalar(
        select(PublishedVersionRow.run_id).order_by(PublishedVersionRow.version.desc()).limit(1)
    )
    return None if run_id is None else load_run(session, run_id)
