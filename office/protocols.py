"""The clinic's protocols: templates from which care plans are started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.audit import record
from models.network import load_network
from models.protocols import (
    Protocol,
    delete_protocol,
    get_protocol,
    list_protocols,
    save_protocol,
)
from office.errors import OfficeError, UnknownIdError
from office.exchange.cells import ID, NAME, MisfitError, optional, whole_number
from office.exchange.tables import MAX_WEEKS
from office.record import reading, writing
from office.wishes import COLUMNS, WishFaults, fault, read_wishes
from scheduler.facts import Frequency, Network, Phase

_PLANS, _PHASES = COLUMNS["care_plans"], COLUMNS["care_plan_phases"]
_PHASE = f"sessions a week (2, 1 or 0.5), an x and the number of weeks (1 to {MAX_WEEKS})"
MAX_EXPIRY_DAYS = 3650

CELLS = {
    "id": ID,
    "name": NAME,
    "condition": _PLANS["condition"],
    "service": optional(_PLANS["service_id"]),
    "intake": _PLANS["intake_service_id"],
    "companion": _PLANS["companion_service_id"],
    "techniques": _PLANS["techniques"],
    "priority": _PLANS["priority"],
    "visits": optional(whole_number(1, 1000, "visits")),
    "expiry-days": optional(whole_number(1, MAX_EXPIRY_DAYS, "days")),
}
"""What a protocol may say, by the name of its option; its phases come beside these."""

_FIELDS = {
    "id": "protocol_id",
    "service": "service_id",
    "intake": "intake_service_id",
    "companion": "companion_service_id",
    "visits": "authorised_visits",
    "expiry-days": "expiry_days",
}


def all_protocols(db: str) -> tuple[Protocol, ...]:
    """Every protocol of the clinic."""
    with reading(db) as session:
        return list_protocols(session)


def one_protocol(db: str, protocol_id: str) -> Protocol:
    """One protocol; ``UnknownIdError`` where there is none of that id."""
    with reading(db) as session:
        _require(session, protocol_id)
        return get_protocol(session, protocol_id)


def add_protocol(
    db: str, wishes: Mapping[str, str], phases: Sequence[str], *, now: datetime, who: str
) -> Protocol:
    """Add a protocol; ``WishFaults`` with every fault, ``OfficeError`` where the id is taken.

    Phases are written like ``2x3``: two sessions a week for three weeks.
    """
    with writing(db) as session:
        # What is missing is wished for as an empty value, which is a fault of its own.
        values = _read({"condition": "", **wishes}, phases, load_network(session))
        if values["protocol_id"] in {known.protocol_id for known in list_protocols(session)}:
            raise OfficeError(
                f"there is a protocol {values['protocol_id']!r} already. "
                "Maybe careweave protocol change?"
            )
        protocol = Protocol(**values)
        _save(session, protocol, None, now, who)
    return protocol


def change_protocol(
    db: str,
    protocol_id: str,
    wishes: Mapping[str, str],
    phases: Sequence[str],
    *,
    now: datetime,
    who: str,
) -> Protocol:
    """Change what is wished, and all phases where any are given; the rest stays as it is.

    Plans that were started from the protocol stay as they are, too.
    """
    with writing(db) as session:
        _require(session, protocol_id)
        before = get_protocol(session, protocol_id)
        protocol = replace(before, **_read(wishes, phases or None, load_network(session)))
        if protocol != before:
            _save(session, protocol, before, now, who)
    return protocol


def remove_protocol(db: str, protocol_id: str, *, now: datetime, who: str) -> None:
    """Remove a protocol; plans that were started from it stay as they are."""
    with writing(db) as session:
        _require(session, protocol_id)
        before = get_protocol(session, protocol_id)
        delete_protocol(session, protocol_id)
        record(session, now, who, "remove protocol", protocol_id, _plain(before), None)


def _require(session: Session, protocol_id: str) -> None:
    known = [protocol.protocol_id for protocol in list_protocols(session)]
    if protocol_id not in known:
        raise UnknownIdError("protocol", protocol_id, known)


def _read(
    wishes: Mapping[str, str], phases: Sequence[str] | None, network: Network
) -> dict[str, Any]:
    """The fields of a protocol; without ``phases`` those are left out."""
    values, faults = read_wishes(wishes, CELLS, network)
    fields = {_FIELDS.get(name, name): value for name, value in values.items()}
    if phases is not None:
        fields["phases"] = tuple(_phases(phases, faults))
    if faults:
        raise WishFaults(faults)
    return fields


def _phases(texts: Sequence[str], faults: list[str]) -> Iterable[Phase]:
    if not texts:
        faults.append(fault("phase", None, "at least one phase. Maybe --phase 2x3?"))
    for number, text in enumerate(texts, start=1):
        often, _, weeks = text.partition("x")
        try:
            frequency: Any = _PHASES["sessions_per_week"].read(often)
            length: Any = _PHASES["weeks"].read(weeks)
        except MisfitError:
            faults.append(fault("phase", text, f"{_PHASE}. Maybe 2x3?"))
            continue
        if frequency is Frequency.EVERY_OTHER_WEEK and length % 2:
            expected = "an even number of weeks where there is a session every other week"
            faults.append(fault("phase", text, expected))
        yield Phase(number, frequency, length)


def _save(
    session: Session, protocol: Protocol, before: Protocol | None, now: datetime, who: str
) -> None:
    save_protocol(session, protocol)
    verb = "add" if before is None else "change"
    was = None if before is None else _plain(before)
    record(session, now, who, f"{verb} protocol", protocol.protocol_id, was, _plain(protocol))


def _plain(protocol: Protocol) -> dict[str, Any]:
    """The protocol as JSON values."""
    return {
        **asdict(protocol),
        "techniques": sorted(protocol.techniques),
        "phases": [f"{phase.frequency.value}x{phase.weeks}" for phase in protocol.phases],
    }
