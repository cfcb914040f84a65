"""A schedule as the points parts read it: every session that is booked, plan by plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.facts import AppointmentStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from scheduler.care_plans import Session
    from scheduler.facts import Appointment
    from scheduler.outcome import SessionKey
    from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """A session that is booked, or was; ``counts`` where it is in scope."""

    session: Session
    therapist_id: str
    location_id: str
    starts_at: datetime
    counts: bool
    paired: bool = False


@dataclass(frozen=True)
class Ledger:
    """A schedule of a problem: the entries of the sessions that it books.

    Settled sessions are entries of every schedule; ``complete`` adds them.
    """

    problem: Problem
    booked: Mapping[SessionKey, Entry]

    @cached_property
    def unbooked(self) -> tuple[Session, ...]:
        """Sessions in scope that the schedule does not book."""
        return tuple(s for s in self.problem.in_scope if s.key not in self.booked)

    @cached_property
    def plans(self) -> Mapping[str, tuple[Entry, ...]]:
        """Each plan's booked, completed and no-show sessions in order of number."""
        lots: dict[str, list[Entry]] = defaultdict(list)
        for entry in {**standing_entries(self.problem), **self.booked}.values():
            lots[entry.session.plan_id].append(entry)
        return {
            plan_id: tuple(sorted(lot, key=lambda e: e.session.number))
            for plan_id, lot in lots.items()
        }

    @cached_property
    def pairs(self) -> tuple[tuple[Entry, Entry], ...]:
        """Sessions *n* and *n + 1* of a plan, both on record, the later one in scope."""
        return tuple(
            (earlier, later)
            for entries in self.plans.values()
            for earlier, later in pairwise(entries)
            if later.counts and later.session.number == earlier.session.number + 1
        )


def standing_entries(problem: Problem, plan_id: str | None = None) -> dict[SessionKey, Entry]:
    """The sessions, of one plan or all, whose appointments stand: history and settled ones."""
    lots = problem.standing_sessions
    return {
        a_key: _entry(problem, a_key, appointment, counts=False)
        for lot in (lots.values() if plan_id is None else (lots.get(plan_id, ()),))
        for appointment in lot
        if (a_key := (appointment.plan_id, appointment.session_number)) in problem.calendar
    }


def complete(problem: Problem, booked: Mapping[SessionKey, Entry]) -> Ledger:
    """The ledger of a schedule: what it books, and what is settled anyway."""
    paired = paired_by_standing(problem)
    settled = {
        key: _entry(problem, key, appointment, counts=True, paired=key in paired)
        for key, appointment in problem.settled.items()
    }
    return Ledger(problem, {**settled, **booked})


def paired_by_standing(problem: Problem) -> set[SessionKey]:
    """The sessions whose companion stands booked."""
    return {
        (a.plan_id, a.session_number)
        for a in problem.standing
        if problem.is_companion(a) and a.status is AppointmentStatus.BOOKED
    }


def _entry(
    problem: Problem,
    key: SessionKey,
    appointment: Appointment,
    *,
    counts: bool,
    paired: bool = False,
) -> Entry:
    return Entry(
        problem.calendar[key],
        appointment.therapist_id,
        problem.location_of_room[appointment.room_id],
        appointment.starts_at,
        counts,
        paired,
    )
