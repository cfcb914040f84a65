"""Start a care plan for a client from one of the clinic's protocols."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.audit import record
from models.network import load_network, save_network
from models.protocols import Protocol, get_protocol, list_protocols
from office.errors import suggestion
from office.record import writing
from office.wishes import COLUMNS, WishFaults, fault, read_wishes
from scheduler.care_plans import sessions_of
from scheduler.facts import CarePlan, Frequency, Network, Phase, PlanStatus

_PLANS, _PHASES = COLUMNS["care_plans"], COLUMNS["care_plan_phases"]

CELLS = {
    "client": _PLANS["client_id"],
    "start": _PLANS["start_date"],
    "condition": _PLANS["condition"],
    "service": _PLANS["service_id"],
    "intake": _PLANS["intake_service_id"],
    "companion": _PLANS["companion_service_id"],
    "techniques": _PLANS["techniques"],
    "priority": _PLANS["priority"],
    "visits": _PLANS["authorised_visits"],
    "until": _PLANS["authorised_until"],
    "contraindications": _PLANS["contraindications"],
    "frequency": _PHASES["sessions_per_week"],
    "weeks": _PHASES["weeks"],
}
"""What may be asked for; ``frequency`` and ``weeks`` are those of the first phase."""


@dataclass(frozen=True, slots=True)
class StartedPlan:
    """The new plan. ``held`` names the contraindications that have to be cleared first.

    The window of its first session ends before the day ``closes``.
    """

    plan: CarePlan
    client_name: str
    sessions: int
    opens: date
    closes: date
    held: tuple[str, ...]
    warnings: tuple[str, ...]


def start_plan(
    db: str, protocol_id: str, wishes: Mapping[str, str], *, today: date, now: datetime, who: str
) -> StartedPlan:
    """Start a plan as the protocol says, but for what is wished; it starts today unless told.

    ``WishFaults`` with every fault of the wishes, an unknown protocol among them.
    """
    start = wishes.get("start", str(today))
    with writing(db) as session:
        network = load_network(session)
        values, faults = read_wishes({**wishes, "start": start}, CELLS, network)
        protocol = _protocol(session, protocol_id, faults)
        if protocol is not None:
            if "service" not in wishes:
                faults += _missing_service(protocol, network)
            faults += _mismatches(protocol, wishes, values)
        if protocol is None or faults:
            raise WishFaults(faults)
        plan = _plan(next_id([plan.plan_id for plan in network.care_plans]), protocol, values)
        save_network(session, Network(care_plans=(plan,)), now=now)
        after = {"client_id": plan.client_id, "protocol_id": protocol_id}
        record(session, now, who, "start plan", plan.plan_id, None, after)
    names = {client.client_id: client.name for client in network.clients}
    sessions = sessions_of(plan)
    return StartedPlan(
        plan,
        names[plan.client_id],
        len(sessions),
        sessions[0].opens,
        sessions[0].closes,
        plan.contraindications,
        tuple(_warnings(plan, network)),
    )


def _protocol(session: Session, protocol_id: str, faults: list[str]) -> Protocol | None:
    """The protocol of an id; ``None`` and one more fault where there is none."""
    known = [protocol.protocol_id for protocol in list_protocols(session)]
    if protocol_id in known:
        return get_protocol(session, protocol_id)
    expected = f"the id of a protocol. Maybe {suggestion(protocol_id, known)}?"
    faults.append(fault("protocol", protocol_id, expected))
    return None


def next_id(known: Iterable[str]) -> str:
    """The next id in the clinic's own style: after ``p0330`` comes ``p0331``."""
    numbered = [match for it in known if (match := re.fullmatch(r"(.*?)([0-9]+)", it, re.DOTALL))]
    if not numbered:
        taken = set(known)
        return next(key for n in range(1, len(taken) + 2) if (key := f"p{n:04}") not in taken)
    prefix, _ = Counter(match[1] for match in numbered).most_common(1)[0]
    digits = [match[2] for match in numbered if match[1] == prefix]
    return f"{prefix}{max(map(int, digits)) + 1:0{max(map(len, digits))}}"


def _plan(plan_id: str, protocol: Protocol, values: Mapping[str, Any]) -> CarePlan:
    start: date = values["start"]
    expiry = None
    if protocol.expiry_days is not None:
        expiry = start + timedelta(days=protocol.expiry_days)
    return CarePlan(
        plan_id=plan_id,
        client_id=values["client"],
        condition=values.get("condition", protocol.condition),
        service_id=values.get("service", protocol.service_id),
        intake_service_id=values.get("intake", protocol.intake_service_id),
        techniques=values.get("techniques", protocol.techniques),
        start_date=start,
        priority=values.get("priority", protocol.priority),
        status=PlanStatus.ACTIVE,
        companion_service_id=values.get("companion", protocol.companion_service_id),
        authorised_visits=values.get("visits", protocol.authorised_visits),
        authorised_until=values.get("until", expiry),
        contraindications=values.get("contraindications", ()),
        cleared_by=None,
        cleared_on=None,
        phases=(_first_phase(protocol, values), *protocol.phases[1:]),
    )


def _first_phase(protocol: Protocol, values: Mapping[str, Any]) -> Phase:
    first = protocol.phases[0]
    return replace(
        first,
        frequency=values.get("frequency", first.frequency),
        weeks=values.get("weeks", first.weeks),
    )


def _missing_service(protocol: Protocol, network: Network) -> Iterable[str]:
    if protocol.service_id is None:
        known = suggestion("", [service.service_id for service in network.services])
        yield fault(
            "service",
            None,
            f"a service, since the protocol {protocol.protocol_id!r} names none. Maybe {known}?",
        )


def _mismatches(
    protocol: Protocol, wishes: Mapping[str, str], values: Mapping[str, Any]
) -> Iterable[str]:
    """Faults of wishes that can each be read, but do not go together."""
    until, start = values.get("until"), values.get("start")
    if until is not None and start is not None and until < start:
        yield fault("until", str(until), f"a day not before the plan's start, {start}")
    if {"frequency", "weeks"} & (wishes.keys() - values.keys()):
        return  # the protocol's value stands for none that can't be read
    first = _first_phase(protocol, values)
    if first.frequency is Frequency.EVERY_OTHER_WEEK and first.weeks % 2:
        expected = "an even number of weeks where the frequency is 0.5"
        yield fault("weeks", str(first.weeks), expected)


def _warnings(plan: CarePlan, network: Network) -> Iterable[str]:
    """What would keep every session from being booked, and a second plan of the same service."""
    for other in network.care_plans:
        same = other.client_id == plan.client_id and other.service_id == plan.service_id
        if same and other.status is PlanStatus.ACTIVE:
            yield (
                f"the client {plan.client_id!r} already has the active care plan "
                f"{other.plan_id} of the service {plan.service_id!r}. "
                f"Maybe careweave plan discontinue {other.plan_id}?"
            )
    if plan.client_id not in {hours.client_id for hours in network.client_hours}:
        yield (
            f"the client {plan.client_id!r} has no hours on record, so nothing can be booked. "
            "Maybe add rows to client_hours.csv and import it?"
        )
    asked_for = {plan.service_id, plan.intake_service_id}
    for credential in sorted(
        {each.credential for each in network.services if each.service_id in asked_for}
    ):
        if not any(
            credential in each.credentials and plan.techniques <= each.techniques
            for each in network.therapists
        ):
            asked = ", ".join((credential, *sorted(plan.techniques)))
            yield (
                f"no therapist has all that the plan asks for ({asked}), so nothing can be booked. "
                "Maybe a technique was misspelt?"
            )
