"""What a draft makes of declined appointments: another time, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.answers import comments, heed, load_declines
from models.network import load_network
from models.schedule import Change, Draft, Kind
from models.settings import load_settings
from office.entries import Directory, Entry
from scheduler.explain import Explainer, UnknownSessionError
from scheduler.facts import Appointment
from scheduler.outcome import SessionKey
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Rebooking:
    """An appointment that its client declined, and the new one of its session.

    Without a new one ``reason`` says why. ``comment`` is what the client wrote, often nothing.
    """

    before: Entry
    after: Entry | None
    reason: str
    comment: str


def rebookings(
    session: Session, draft: Draft, changes: Sequence[Change], directory: Directory
) -> tuple[Rebooking, ...]:
    """The declined appointments that ``changes`` take back, in order of their time."""
    gone = [it.before for it in changes if it.kind is Kind.DECLINED and it.before is not None]
    if not gone:
        return ()
    new = {_line(it.after, directory): it.after for it in changes if it.kind is not Kind.DECLINED}
    missing = [_key(it) for it in gone if _line(it, directory) not in new]
    reasons = _reasons(session, draft, missing)
    said = comments(session)
    return tuple(
        Rebooking(
            before=directory.entry(it),
            after=directory.entry(found) if found else None,
            reason="" if found else reasons[_key(it)],
            comment=said.get(it.appointment_id, ""),
        )
        for it in gone
        for found in [new.get(_line(it, directory))]
    )


def _key(appointment: Appointment) -> SessionKey:
    return appointment.plan_id, appointment.session_number


def _line(appointment: Appointment, directory: Directory) -> tuple[str, int, bool]:
    return (*_key(appointment), directory.is_companion(appointment))


def _reasons(
    session: Session, draft: Draft, missing: Sequence[SessionKey]
) -> Mapping[SessionKey, str]:
    """Why each of these sessions has no other time."""
    if not missing:
        return {}
    network = heed(load_network(session), load_declines(session), draft.declined)
    problem = Problem(network, draft.run.horizon, draft.run.as_of, load_settings(session))
    explainer = Explainer(problem, draft.visits)
    return {key: _reason(explainer, key) for key in missing}


def _reason(explainer: Explainer, key: SessionKey) -> str:
    try:
        return explainer.explain(key).sentence
    except UnknownSessionError as out_of_scope:
        return str(out_of_scope)
