"""From care plans to sessions: what is called for, when, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scheduler.facts import Frequency

if TYPE_CHECKING:
    from scheduler.facts import CarePlan
    from scheduler.outcome import SessionKey

_PLAN_WEEKS = {
    Frequency.TWICE_A_WEEK: (2, 1),
    Frequency.WEEKLY: (1, 1),
    Frequency.EVERY_OTHER_WEEK: (1, 2),
}
"""Sessions in each window, and plan weeks that a window spans."""


@dataclass(frozen=True, slots=True)
class Session:
    """One visit that a plan calls for, to be booked on a day of ``[opens, closes)``."""

    plan_id: str
    number: int
    service_id: str
    frequency: Frequency
    opens: date
    closes: date

    @property
    def key(self) -> SessionKey:
        """The plan's id and the session's number."""
        return (self.plan_id, self.number)


def sessions_of(plan: CarePlan) -> tuple[Session, ...]:
    """Every session of a plan, numbered from 1 through all its phases.

    A single week at the end of a phase of every other week calls for no session.
    """
    sessions: list[Session] = []
    phase_start = plan.start_date
    for phase in plan.phases:
        each, span = _PLAN_WEEKS[phase.frequency]
        for window in range(phase.weeks // span):
            opens = phase_start + timedelta(weeks=window * span)
            for _ in range(each):
                number = len(sessions) + 1
                sessions.append(
                    Session(
                        plan.plan_id,
                        number,
                        service_of(plan, number),
                        phase.frequency,
                        opens,
                        opens + timedelta(weeks=span),
                    )
                )
        phase_start += timedelta(weeks=phase.weeks)
    return tuple(sessions)


def service_of(plan: CarePlan, number: int) -> str:
    """The service of a plan's session: the intake service for session 1 where there is one."""
    if number == 1 and plan.intake_service_id is not None:
        return plan.intake_service_id
    return plan.service_id
