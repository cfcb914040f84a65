"""Why a session is not booked: which rules, held by whom, keep it out of its slots."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.answers import heed, load_declines
from models.network import load_network
from models.schedule import Draft, RunRecord, load_draft, published_run
from models.settings import load_settings
from office.entries import Directory
from office.errors import OfficeError
from office.overview import Reason, reasons
from office.plans import find_plan
from office.record import reading
from office.require import require_draft
from scheduler.care_plans import sessions_of
from scheduler.explain import Explanation, UnknownSessionError, explain
from scheduler.facts import AppointmentStatus, Network
from scheduler.outcome import SessionKey, Visit
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation, and whether it is about the draft or the published schedule."""

    client: str
    of_draft: bool
    explanation: Explanation


def explain_session(db: str, key: SessionKey) -> Why:
    """Explain one session of the draft, or without one of the published schedule.

    ``UnknownIdError`` for an unknown plan, ``OfficeError`` for a number that the plan does not
    have, and where nothing was planned yet.
    """
    with reading(db) as session:
        network = load_network(session)
        client_id = _require(network, key)
        draft = load_draft(session)
        problem, visits = _planned(session, network, draft)
    try:
        explanation = explain(problem, visits, key)
    except UnknownSessionError as out_of_scope:  # the session is known, so this is the answer
        explanation = Explanation(key, str(out_of_scope), 0, ())
    names = {client.client_id: client.name for client in network.clients}
    return Why(names[client_id], draft is not None, explanation)


def explain_unbooked(db: str) -> tuple[Reason, ...]:
    """Why the draft leaves sessions out, by reason; ``OfficeError`` where there is no draft."""
    return reasons(*drafted(db))


def drafted(db: str) -> tuple[Problem, tuple[Visit, ...], tuple[SessionKey, ...]]:
    """The weeks of the draft, its visits and what it leaves out; ``OfficeError`` without one."""
    with reading(db) as session:
        draft = require_draft(session)
        problem, visits = _planned(session, load_network(session), draft)
    return problem, visits, draft.unbooked


def _require(network: Network, key: SessionKey) -> str:
    """The client of a session that there is."""
    plan_id, number = key
    plan = find_plan(network, plan_id)
    sessions = len(sessions_of(plan))
    if not 1 <= number <= sessions:
        raise OfficeError(
            f"the care plan {plan_id} has no session {number}. Maybe one from 1 to {sessions}?"
        )
    return plan.client_id


def _planned(
    session: Session, network: Network, draft: Draft | None
) -> tuple[Problem, tuple[Visit, ...]]:
    """The weeks that were planned last, and what is booked in them."""
    run = published_run(session) if draft is None else draft.run
    if run is None:
        raise OfficeError(
            "nothing was planned yet, so there is nothing to explain. "
            "Maybe make a draft: careweave schedule --from MONDAY --weeks 6?"
        )
    declined = frozenset() if draft is None else draft.declined
    heeded = heed(network, load_declines(session), declined)
    problem = Problem(heeded, run.horizon, run.as_of, load_settings(session))
    return problem, published_visits(network, run) if draft is None else draft.visits


def published_visits(network: Network, run: RunRecord) -> tuple[Visit, ...]:
    """The promises on the days that ``run`` planned, as visits."""
    directory = Directory.of(network)
    return tuple(
        Visit(
            plan_id=it.plan_id,
            session_number=it.session_number,
            service_id=it.service_id,
            therapist_id=it.therapist_id,
            location_id=directory.rooms[it.room_id].location_id,
            room_id=it.room_id,
            starts_at=it.starts_at,
            minutes=it.minutes,
            companion=directory.is_companion(it),
            pinned=it.pinned,
        )
        for it in network.appointments
        if it.status is AppointmentStatus.BOOKED
        and it.starts_at.date() in run.horizon
        and it.starts_at.date() >= run.as_of
    )
