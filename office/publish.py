"""Make the draft the published schedule, unless the verifier finds fault with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.answers import declined_now, heed, load_declines
from models.network import load_network
from models.schedule import Draft, counted, draft_appointments, publish_draft
from models.settings import load_settings
from office.errors import OfficeError
from office.judging import judge, planning_of
from office.mail.announce import NOTHING, Announced, announce, before_publishing
from office.plans import stands_still
from office.record import writing
from office.require import require_draft
from office.since import changed_since
from scheduler.facts import Network
from scheduler.settings import Settings
from verifier import Finding


@dataclass(frozen=True, slots=True)
class Publication:
    """The version that was published, and how many appointments were kept, moved, new, lost.

    Where clients had declined some, these are counted too. ``mails`` says who will hear of it.
    """

    version: int
    counts: Mapping[str, int]
    mails: Announced = NOTHING


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was published, since the draft breaks these rules.

    ``since`` says what changed since it was made; nothing did where it is empty.
    """

    findings: tuple[Finding, ...]
    since: tuple[str, ...]


def publish(db: str, *, now: datetime, who: str) -> Publication | Refused:
    """Publish the draft in one transaction, or refuse with what the verifier found.

    It is judged by the facts and settings of today, not by those by which it was made.
    Mails to those whom it concerns are put in line in the same transaction.
    ``OfficeError`` where there is no draft, facts changed so that it must be made anew, or the
    clinic's templates can't be used;
    ``StoreError`` where another version was published since, or the disk is full.
    """
    with writing(db) as session:
        draft = require_draft(session)
        _refuse_stale(draft)
        _refuse_other_answers(draft, declined_now(session, draft))
        network = heed(load_network(session), load_declines(session), draft.declined)
        _refuse_standing_still(draft, network)
        settings = load_settings(session)
        findings = _findings(session, draft, network, settings)
        if findings:
            return Refused(findings, changed_since(draft.run, network, settings))
        before = before_publishing(session, now)
        published = publish_draft(session, now, who)
        mails = announce(session, before, now)
    return Publication(published.version, counted(published.counts.elements()), mails)


def _findings(
    session: Session, draft: Draft, network: Network, settings: Settings
) -> tuple[Finding, ...]:
    planning = planning_of(draft.run, settings)
    return judge(network, planning, draft_appointments(session)).findings


def _refuse_stale(draft: Draft) -> None:
    if draft.stale:
        raise OfficeError(
            f"the draft was made when version {draft.base_version} was the published one, and "
            "another one was published since. Nothing was changed. "
            "Maybe run careweave schedule again?"
        )


def _refuse_other_answers(draft: Draft, now: frozenset[str]) -> None:
    """A draft keeps what was declined since, or takes back what was accepted after all."""
    changed = sorted(now ^ draft.declined)
    if changed:
        raise OfficeError(
            f"since the draft was made, clients have declined or accepted {', '.join(changed)}. "
            "Nothing was changed. Maybe run careweave schedule again?"
        )


def _refuse_standing_still(draft: Draft, network: Network) -> None:
    """A draft with visits of a plan that must not be booked any more is out of date."""
    visited = {visit.plan_id for visit in draft.visits}
    plans = [
        plan.plan_id
        for plan in network.care_plans
        if plan.plan_id in visited and stands_still(plan)
    ]
    if plans:
        raise OfficeError(
            f"the draft books sessions of {', '.join(plans)}, which may not be booked any more. "
            "Nothing was changed. Maybe run careweave schedule again?"
        )
