"""Care plans have their phases, complete and in order, and sessions for their appointments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from office.exchange.book import Book, Entry, phases_by_plan
from office.exchange.faults import Fault
from scheduler.care_plans import sessions_of
from scheduler.facts import Frequency

PHASES = "care_plan_phases"


def missing_phases(book: Book) -> Iterator[Fault]:
    """Each plan without a phase."""
    if PHASES in book.torn:
        return
    planned = phases_by_plan(book).keys() | book.doubtful[PHASES]
    for entry in book.new("care_plans"):
        if entry.record.plan_id not in planned:
            yield entry.fault("plan_id", f"at least one phase of this plan in {PHASES}.csv")


def phase_gaps(book: Book) -> Iterator[Fault]:
    """Each plan's first phase that does not follow the one before it."""
    if PHASES in book.torn:
        return
    due: dict[str, int] = {}
    for entry in book.of(PHASES):
        phase = entry.record
        number = due.setdefault(phase.plan_id, 1)
        if phase.phase == number:
            due[phase.plan_id] += 1
        elif entry.line is not None and number > 0 and phase.plan_id not in book.doubtful[PHASES]:
            due[phase.plan_id] = 0  # said once
            yield entry.fault(
                "phase", f"phase {number} of {phase.plan_id!r} first: 1, 2, 3 without a gap"
            )


def single_weeks(book: Book) -> Iterator[Fault]:
    """Each phase of every other week that ends with a single week."""
    for entry in book.new(PHASES):
        phase = entry.record
        if phase.sessions_per_week is Frequency.EVERY_OTHER_WEEK and phase.weeks % 2:
            yield entry.fault("weeks", "an even number of weeks where sessions_per_week is 0.5")


def half_clearances(book: Book) -> Iterator[Fault]:
    """Each plan of which it is said who cleared it but not when, or when but not who."""
    for entry in book.new("care_plans"):
        plan = entry.record
        if plan.cleared_on is not None and plan.cleared_by is None:
            yield entry.fault("cleared_by", "who cleared the plan, since cleared_on is given")
        if plan.cleared_by is not None and plan.cleared_on is None:
            yield entry.fault("cleared_on", "the day of clearing, since cleared_by is given")


def missing_sessions(book: Book) -> Iterator[Fault]:
    """Each appointment of a session that its plan does not have.

    Where the database holds the appointment, the phases of the folder are too short.
    """
    if PHASES in book.torn:
        return
    phases = phases_by_plan(book)
    counts = {
        plan.plan_id: len(sessions_of(replace(plan, phases=phases.get(plan.plan_id, ()))))
        for plan in (entry.record for entry in book.of("care_plans"))
        if plan.plan_id not in book.doubtful[PHASES]
    }
    last_phase = {entry.record.plan_id: entry for entry in book.new(PHASES)}
    for entry in book.of("appointments"):
        plan_id, number = entry.record.plan_id, entry.record.session_number
        count = counts.get(plan_id, number)
        if number <= count:
            continue
        if entry.line is not None:
            yield entry.fault("session_number", f"a session from 1 to {count} of {plan_id!r}")
        elif plan_id in last_phase:
            yield _too_short(last_phase[plan_id], entry, count)


def _too_short(phase: Entry, appointment: Entry, count: int) -> Fault:
    booked = appointment.record
    return phase.fault(
        "weeks",
        f"at least {booked.session_number} sessions in all phases of {booked.plan_id!r}, not "
        f"{count}: the database holds appointment {booked.appointment_id!r} of that session",
    )
