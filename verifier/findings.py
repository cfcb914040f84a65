"""What the verifier says: findings, and a report of the whole schedule.

Findings are values: a schedule that breaks a rule is an expected answer. Input
that can't be read at all is a fault and raises ``UnreadableError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verifier.appointments import Appointment


class UnreadableError(ValueError):
    """Rows or files that can't be understood; ``faults`` holds one sentence for each of them."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Breach:
    """What a rule's check yields: what is wrong, in a sentence, and with which appointments."""

    message: str
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True)
class Finding:
    """One rule broken once.

    ``plan_id`` and ``session_number`` are set where all appointments concerned belong to
    one plan; the number is then that of the last of them.
    """

    rule: str
    message: str
    appointment_ids: tuple[str, ...]
    plan_id: str | None
    session_number: int | None

    @classmethod
    def of(cls, rule: str, breach: Breach) -> Finding:
        """Name the rule and the rows of a breach."""
        plans = {appointment.plan.plan_id for appointment in breach.appointments}
        one_plan = len(plans) == 1
        return cls(
            rule=rule,
            message=breach.message,
            appointment_ids=tuple(each.appointment_id for each in breach.appointments),
            plan_id=plans.pop() if one_plan else None,
            session_number=breach.appointments[-1].number if one_plan else None,
        )


@dataclass(frozen=True)
class Report:
    """Every finding, and the points by part.

    ``parts`` names every part of the contract in its order, zeros too. ``booked`` of
    ``in_scope`` sessions have an appointment; ``stake`` is what ``unbooked`` would cost if
    none had. Without a planning nothing is in scope and all these numbers are zero.
    """

    findings: tuple[Finding, ...]
    points: int
    parts: Mapping[str, int]
    booked: int
    in_scope: int
    stake: int

    @property
    def ok(self) -> bool:
        """Whether the schedule keeps every rule."""
        return not self.findings
