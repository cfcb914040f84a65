"""The care plans on record: all of them in short, and one of them with its sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.network import load_network
from models.plans import clearance_reason
from office.entries import Directory, Entry
from office.errors import UnknownIdError
from office.record import reading
from scheduler.care_plans import Session, sessions_of
from scheduler.facts import AppointmentStatus, CarePlan, Network, PlanStatus
from scheduler.rules.screening import may_be_booked
from scheduler.screening import is_absolute


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in short; ``ends`` is the first day after its last phase.

    A ``held`` plan has a contraindication that nobody has cleared: nothing is booked for it.
    """

    plan_id: str
    client_id: str
    client: str
    condition: str
    status: str
    priority: str
    service_id: str
    service: str
    starts: date
    ends: date
    held: bool
    sessions: int
    completed: int
    booked: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of a plan, its window (``closes`` is the first day after), and what became of it.

    ``state`` is ``booked``, ``completed``, ``no_show`` or ``open``.
    """

    number: int
    service_id: str
    opens: date
    closes: date
    state: str
    appointment: Entry | None
    companion: Entry | None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """All there is to know of a plan.

    ``absolute`` are those of its contraindications that can't be cleared without a reason.
    """

    line: PlanLine
    plan: CarePlan
    absolute: tuple[str, ...]
    clearance_reason: str | None
    sessions: tuple[SessionLine, ...]


def list_plans(
    db: str, *, client_id: str | None = None, status: str | None = None, held: bool = False
) -> tuple[PlanLine, ...]:
    """All plans, or those of one client, of one status, or only those that are held.

    ``UnknownIdError`` where there is no such client.
    """
    with reading(db) as session:
        network = load_network(session)
    directory = Directory.of(network)
    if client_id is not None and client_id not in directory.clients:
        raise UnknownIdError("client", client_id, directory.clients)
    entries = _entries(network, directory)
    lines = (_line(plan, directory, entries[plan.plan_id]) for plan in network.care_plans)
    return tuple(
        line
        for line in lines
        if client_id in {None, line.client_id}
        and status in {None, line.status}
        and (line.held or not held)
    )


def show_plan(db: str, plan_id: str) -> PlanSheet:
    """One plan; ``UnknownIdError`` where there is none of that id."""
    with reading(db) as session:
        network = load_network(session)
        plan = find_plan(network, plan_id)
        reason = clearance_reason(session, plan_id)
    directory = Directory.of(network)
    entries = _entries(network, directory)[plan_id]
    return PlanSheet(
        line=_line(plan, directory, entries),
        plan=plan,
        absolute=tuple(word for word in plan.contraindications if is_absolute(word)),
        clearance_reason=reason,
        sessions=tuple(_session(it, entries) for it in sessions_of(plan)),
    )


def find_plan(network: Network, plan_id: str) -> CarePlan:
    """The plan of an id; ``UnknownIdError`` where there is none."""
    plans = {plan.plan_id: plan for plan in network.care_plans}
    if plan_id not in plans:
        raise UnknownIdError("care plan", plan_id, plans)
    return plans[plan_id]


def is_held(plan: CarePlan) -> bool:
    """Whether a contraindication keeps a plan that could still be booked from being booked."""
    over = (PlanStatus.COMPLETED, PlanStatus.DISCONTINUED)
    return plan.status not in over and not may_be_booked(plan)


def stands_still(plan: CarePlan) -> bool:
    """Whether nothing is booked for the plan any more: it is not active, or it is held."""
    return plan.status is not PlanStatus.ACTIVE or is_held(plan)


def _entries(network: Network, directory: Directory) -> Mapping[str, list[Entry]]:
    """The appointments of each plan that still stand or took place, by plan."""
    entries: dict[str, list[Entry]] = {plan.plan_id: [] for plan in network.care_plans}
    for appointment in network.appointments:
        if appointment.status is not AppointmentStatus.CANCELLED:
            entries[appointment.plan_id].append(directory.entry(appointment))
    return entries


def _line(plan: CarePlan, directory: Directory, entries: Iterable[Entry]) -> PlanLine:
    states = [entry.status for entry in entries if not entry.companion]
    return PlanLine(
        plan_id=plan.plan_id,
        client_id=plan.client_id,
        client=directory.clients[plan.client_id].name,
        condition=plan.condition.value,
        status=plan.status.value,
        priority=plan.priority.value,
        service_id=plan.service_id,
        service=directory.services[plan.service_id].name,
        starts=plan.start_date,
        ends=plan.start_date + timedelta(weeks=sum(phase.weeks for phase in plan.phases)),
        held=is_held(plan),
        sessions=len(sessions_of(plan)),
        completed=states.count("completed"),
        booked=states.count("booked"),
    )


def _session(session: Session, entries: Iterable[Entry]) -> SessionLine:
    mine = [entry for entry in entries if entry.session_number == session.number]
    own = next((entry for entry in mine if not entry.companion), None)
    return SessionLine(
        number=session.number,
        service_id=session.service_id,
        opens=session.opens,
        closes=session.closes,
        state=own.status if own else "open",
        appointment=own,
        companion=next((entry for entry in mine if entry.companion), None),
    )
