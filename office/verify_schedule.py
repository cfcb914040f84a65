"""The second opinion on what is published, or on the draft."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from models.network import load_network
from models.schedule import draft_appointments, published_run
from models.settings import load_settings
from office.exchange import tables_of
from office.judging import broken_promises, judge, planning_of
from office.record import reading
from office.require import require_draft
from verifier import Report, verify


def verify_draft(db: str) -> Report:
    """The verdict on the draft; ``OfficeError`` where there is none."""
    with reading(db) as session:
        draft = require_draft(session)
        planning = planning_of(draft.run, load_settings(session))
        return judge(load_network(session), planning, draft_appointments(session))


def verify_published(db: str) -> Report:
    """Every rule that a promise breaks, on whatever day it lies, and the points.

    Points are those of the weeks that were published last; none were, there are no points.
    """
    with reading(db) as session:
        return published_report(session)


def published_report(session: Session) -> Report:
    """The verdict on what is published, inside the caller's transaction."""
    network, settings = load_network(session), load_settings(session)
    run = published_run(session)
    planning = None if run is None else planning_of(run, settings)
    points = verify(tables_of(network), planning=planning)
    return replace(points, findings=broken_promises(network, settings))
