"""Pause, resume or discontinue a care plan, and clear what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.audit import record
from models.network import load_network, save_network
from models.plans import clear_plan as save_clearance
from office.errors import OfficeError
from office.plans import find_plan, is_held
from office.record import writing
from office.wishes import WishFaults
from scheduler.facts import AppointmentStatus, CarePlan, Network, PlanStatus
from scheduler.screening import is_absolute

VERBS = {
    PlanStatus.ACTIVE: ("resume", (PlanStatus.PAUSED, PlanStatus.PROPOSED)),
    PlanStatus.PAUSED: ("pause", (PlanStatus.ACTIVE, PlanStatus.PROPOSED)),
    PlanStatus.DISCONTINUED: (
        "discontinue",
        (PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.PROPOSED),
    ),
}
"""For each status that staff can give: the verb for it, and the statuses that it can follow."""


@dataclass(frozen=True, slots=True)
class ChangedPlan:
    """The plan as it now is. ``promises`` are its appointments that are booked from today on."""

    plan: CarePlan
    promises: int
    held: bool


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who judged that a client may be treated, when, and why in spite of what is on record."""

    by: str
    on: date
    reason: str | None = None


def change_plan(
    db: str, plan_id: str, status: PlanStatus, *, today: date, now: datetime, who: str
) -> ChangedPlan:
    """Give the plan another status; what was promised leaves with the next published schedule.

    ``UnknownIdError`` for an unknown plan, ``OfficeError`` where it has a status that the new
    one can't follow.
    """
    verb, can_follow = VERBS[status]
    with writing(db) as session:
        network = load_network(session)
        before = find_plan(network, plan_id)
        if before.status not in can_follow:
            names = " or ".join(it.value for it in can_follow)
            raise OfficeError(
                f"the care plan {plan_id} is {before.status.value}. "
                f"Maybe {verb} one that is {names}?"
            )
        plan = replace(before, status=status)
        save_network(session, Network(care_plans=(plan,)), now=now)
        changes = {"status": before.status.value}, {"status": status.value}
        record(session, now, who, f"{verb} plan", plan_id, *changes)
    return ChangedPlan(plan, _promises(network, plan_id, today), is_held(plan))


def clear_plan(
    db: str, plan_id: str, clearance: Clearance, *, today: date, now: datetime, who: str
) -> ChangedPlan:
    """Record that a practitioner cleared the plan's contraindications, so that it is booked.

    ``OfficeError`` where there is nothing to clear, or ``WishFaults`` with every fault: nobody is
    named, a day is yet to come, or an absolute contraindication is to be cleared without a reason.
    """
    with writing(db) as session:
        network = load_network(session)
        before = find_plan(network, plan_id)
        _refuse_needless(before)
        if faults := tuple(_faults(before, clearance, today)):
            raise WishFaults(faults)
        reason = (clearance.reason or "").strip() or None
        save_clearance(session, plan_id, clearance.by.strip(), clearance.on, reason)
        after = {"cleared_by": clearance.by, "cleared_on": str(clearance.on), "reason": reason}
        record(session, now, who, "clear plan", plan_id, None, after)
    plan = replace(before, cleared_by=clearance.by.strip(), cleared_on=clearance.on)
    return ChangedPlan(plan, _promises(network, plan_id, today), is_held(plan))


def _refuse_needless(plan: CarePlan) -> None:
    """Raise ``OfficeError`` where there is nothing to clear."""
    plan_id = plan.plan_id
    if not plan.contraindications:
        raise OfficeError(
            f"the care plan {plan_id} has no contraindication on record, so it is not held. "
            "Maybe another plan was meant?"
        )
    if plan.cleared_on is not None:
        raise OfficeError(
            f"the care plan {plan_id} was cleared by {plan.cleared_by} on {plan.cleared_on}. "
            "Maybe another plan was meant?"
        )


def _faults(plan: CarePlan, clearance: Clearance, today: date) -> Iterator[str]:
    """Why the plan can't be cleared like this."""
    absolute = [it for it in plan.contraindications if is_absolute(it)]
    if not clearance.by.strip():
        yield f"nobody is named who clears {plan.plan_id}. Maybe --by 'Dr. Lee'?"
    if clearance.on > today:
        yield (
            f"{plan.plan_id} can't have been cleared on {clearance.on}: today is {today}. "
            "Maybe leave --on out, once it is cleared?"
        )
    if absolute and not (clearance.reason or "").strip():
        yield (
            f"the care plan {plan.plan_id} has {', '.join(absolute)} on record, which speaks "
            "against treatment and can't be cleared without a reason. Maybe --reason 'MRI of 3 "
            "March: no finding'?"
        )


def _promises(network: Network, plan_id: str, today: date) -> int:
    return sum(
        appointment.plan_id == plan_id
        and appointment.status is AppointmentStatus.BOOKED
        and appointment.starts_at.date() >= today
        for appointment in network.appointments
    )
