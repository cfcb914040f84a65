"""What the draft would change of what is promised, how good it is, and throwing it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.answers import declined_now
from models.audit import record
from models.network import load_network
from models.schedule import (
    Change,
    Draft,
    Kind,
    RunRecord,
    counted,
    discard_draft,
    draft_changes,
)
from office.entries import Directory, Entry
from office.judging import broken_promises
from office.plans import is_held
from office.rebooking import Rebooking, rebookings
from office.record import reading, writing
from office.require import require_draft
from scheduler.facts import CarePlan, Network, PlanStatus
from scheduler.outcome import SessionKey
from scheduler.settings import Settings
from verifier import Finding


@dataclass(frozen=True, slots=True)
class Move:
    """A promise that would be kept elsewhere; ``reason`` says why it can't stay.

    The reason is empty where it could stay, but moving it makes the whole better.
    """

    before: Entry
    after: Entry
    reason: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A promise that would be taken back, with the reason as in ``Move``."""

    before: Entry
    reason: str


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """The draft: how it was made, how good it is, and what it changes.

    ``counts`` are sessions by kind, kept ones too; ``companions`` the same of companions.
    ``stale``: something was published since, so that it can't be published any more; neither can
    it be where ``answered_since``: clients have declined something that it keeps, or accepted after
    all what it takes back.
    """

    run: RunRecord
    stale: bool
    answered_since: bool
    counts: Mapping[str, int]
    companions: Mapping[str, int]
    new: tuple[Entry, ...]
    moved: tuple[Move, ...]
    lost: tuple[Loss, ...]
    declined: tuple[Rebooking, ...]
    unbooked: tuple[SessionKey, ...]


def summarise_draft(db: str) -> DraftSummary:
    """The draft against what is published; ``OfficeError`` where there is no draft."""
    with reading(db) as session:
        return summary_of(session, require_draft(session))


def summary_of(session: Session, draft: Draft) -> DraftSummary:
    """The summary of a draft inside the caller's transaction."""
    network = load_network(session)
    directory = Directory.of(network)
    changes = draft_changes(session)
    reasons = _reasons(network, directory, draft.run.settings)
    promised = [
        (change.kind, directory.entry(change.before), directory.entry(change.after))
        for change in changes
        if change.before is not None
    ]
    return DraftSummary(
        run=draft.run,
        stale=draft.stale,
        answered_since=draft.declined != declined_now(session, draft),
        counts=_counts(changes, directory, companions=False),
        companions=_counts(changes, directory, companions=True),
        new=tuple(directory.entry(change.after) for change in changes if change.kind is Kind.NEW),
        moved=tuple(
            Move(before, after, reasons.get(before.appointment_id, ""))
            for kind, before, after in promised
            if kind is Kind.MOVED
        ),
        lost=tuple(
            Loss(before, reasons.get(before.appointment_id, ""))
            for kind, before, _ in promised
            if kind is Kind.LOST
        ),
        declined=rebookings(session, draft, changes, directory),
        unbooked=draft.unbooked,
    )


def _counts(
    changes: Iterable[Change], directory: Directory, *, companions: bool
) -> Mapping[str, int]:
    return counted(
        change.kind for change in changes if directory.is_companion(change.after) is companions
    )


def _reasons(network: Network, directory: Directory, settings: Settings) -> Mapping[str, str]:
    """Why a promise can't stay as it is, by appointment; of several reasons the weightiest."""
    reasons = {
        appointment_id: f"{finding.rule}: {_cause(finding)}"
        for finding in broken_promises(network, settings)
        for appointment_id in finding.appointment_ids
    }
    for appointment in network.appointments:
        if standstill := _standstill(directory.plans[appointment.plan_id]):
            reasons[appointment.appointment_id] = standstill
    return reasons


def _cause(finding: Finding) -> str:
    """What a finding says, without the appointment that it begins with and that stands beside it.

    Of one appointment the verifier says "client with therapist on day …: cause".
    """
    appointment, _, cause = finding.message.partition(": ")
    begins_so = len(finding.appointment_ids) == 1 and " with " in appointment
    return cause if begins_so and cause else finding.message


def _standstill(plan: CarePlan) -> str:
    """Why nothing is booked for a plan any more, if that is so."""
    if plan.status is not PlanStatus.ACTIVE:
        return f"the care plan {plan.plan_id} is {plan.status.value}"
    if is_held(plan):
        return f"the care plan {plan.plan_id} is held: {', '.join(plan.contraindications)}"
    return ""


def throw_draft_away(db: str, *, now: datetime, who: str) -> None:
    """Discard the draft; ``OfficeError`` where there is none. What is published stays."""
    with writing(db) as session:
        draft = require_draft(session)
        discard_draft(session)
        record(session, now, who, "discard draft", f"run {draft.run_id}", None, None)
