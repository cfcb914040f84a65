"""The exchange folder's values in and out of the record, and what else the engine plans from.

A fact and its row have the same columns (``models.subjects``). Only care plans, with their
phases, and appointments, with their instants, need words of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from models import bookings
from models.busy import load_busy_times
from models.plans import CarePlanRow, PhaseRow
from models.subjects import FACTS, Row, Subject, columns_of
from models.within import EVERYWHERE, Within
from scheduler.facts import Appointment, CarePlan, Network, Phase

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Fact = TypeVar("_Fact", bound="DataclassInstance")

PLANS = Subject("care_plans", CarePlanRow, ("plan_id",))
PHASES = Subject("care_plan_phases", PhaseRow, ("plan_id", "phase"))


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows of each table were new, and how many known ones changed."""

    inserted: Mapping[str, int]
    updated: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them; 0 where the record knew everything already."""
        return sum(self.inserted.values()) + sum(self.updated.values())


def load_network(session: Session, where: Within = EVERYWHERE) -> Network:
    """Everything that counts for a schedule, in wall-clock time, or what belongs to a region.

    That is what the exchange folder holds, and the busy times of therapists' other calendars
    among their time off.
    """
    network = load_exchange(session, where)
    off = (*network.time_off, *load_busy_times(session, where.get("busy_times")))
    ordered = sorted(off, key=lambda it: (it.therapist_id, it.starts_at, it.ends_at))
    return replace(network, time_off=tuple(ordered))


def load_exchange(session: Session, where: Within = EVERYWHERE) -> Network:
    """What was entered here, and what an export holds: nothing out of other calendars."""
    parts: dict[str, Any] = {
        it.name: tuple(_fact(kind, row) for row in it.rows(session, where.get(it.name)))
        for it, kind in FACTS
    }
    return Network(
        **parts,
        care_plans=load_care_plans(session, where),
        appointments=bookings.load_appointments(session, where.get("appointments")),
    )


def load_care_plans(session: Session, where: Within = EVERYWHERE) -> tuple[CarePlan, ...]:
    """All care plans, or those of a region, with their phases in order, by id."""
    rows = PHASES.rows(session, where.get(PHASES.name))
    phases = {
        plan_id: tuple(_fact(Phase, row) for row in rows)
        for plan_id, rows in groupby(rows, key=lambda row: str(row["plan_id"]))
    }
    return tuple(
        _fact(CarePlan, {**row, "phases": phases.get(row["plan_id"], ())})
        for row in PLANS.rows(session, where.get(PLANS.name))
    )


def save_network(session: Session, network: Network, *, now: datetime | None = None) -> Changes:
    """Write what ``network`` knows; what it does not mention stays as it is.

    A row whose key is known is updated. Saving the same network again changes nothing. Promises
    that overlap each other are kept and marked as contested. ``now`` is when the appointments
    that are new or changed count as made or revised; without it the record does not say.
    ``StoreError`` for an appointment at a time that its location's clocks skip.
    """
    # In wall-clock time as the record has it now: a zone that is put right moves no clock.
    before = bookings.load_appointments(session)
    counts = {
        subject.name: subject.save(session, map(columns_of, getattr(network, subject.name)))
        for subject, _ in FACTS
    }
    plans = network.care_plans
    counts[PLANS.name] = PLANS.save(session, map(columns_of, plans))
    counts[PHASES.name] = PHASES.save(
        session,
        ({"plan_id": plan.plan_id, **columns_of(it)} for plan in plans for it in plan.phases),
    )
    counts["appointments"] = _save_appointments(session, (*before, *network.appointments), now)
    return Changes(
        {name: new for name, (new, _) in counts.items()},
        {name: changed for name, (_, changed) in counts.items()},
    )


def _save_appointments(
    session: Session, appointments: Iterable[Appointment], now: datetime | None
) -> tuple[int, int]:
    """All of them, not just those that came in: rooms, services and zones may differ now."""
    surroundings = bookings.Surroundings.load(session)
    known = bookings.load_rows(session)
    new: list[Row] = []
    changed: list[Row] = []
    for key, appointment in {it.appointment_id: it for it in appointments}.items():
        row = surroundings.row(appointment)
        if key not in known:
            new.append({**row, "created_at": now, "revised_at": now})
        elif (revised := bookings.revise(known[key], row, now)) is not None:
            changed.append(revised)
    bookings.place(session, new, changed)
    bookings.settle(session)
    return len(new), len(changed)


def _fact(kind: type[_Fact], row: Row) -> _Fact:
    return kind(**{field.name: row[field.name] for field in fields(kind)})
