"""Care plans and the sessions that they call for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from verifier.facts import Client, Service


@dataclass(frozen=True, eq=False)
class Rhythm:
    """How often sessions come, in days.

    ``sessions`` in each ``weeks`` plan weeks. The interval that keeps the rhythm is
    ``shortest`` to ``longest`` days, and ``apart`` = ⌊0.6 × interval⌋ is the least.
    """

    sessions: int
    weeks: int
    shortest: int
    longest: int
    apart: int


RHYTHMS = {
    "2": Rhythm(sessions=2, weeks=1, shortest=3, longest=4, apart=2),  # 0.6 × 3.5 = 2.1
    "1": Rhythm(sessions=1, weeks=1, shortest=7, longest=7, apart=4),  # 0.6 × 7 = 4.2
    "0.5": Rhythm(sessions=1, weeks=2, shortest=14, longest=14, apart=8),  # 0.6 × 14 = 8.4
}
"""By the text of ``sessions_per_week``."""


@dataclass(frozen=True, eq=False)
class Phase:
    """A number of plan weeks in one rhythm."""

    rhythm: Rhythm
    weeks: int


@dataclass(frozen=True, eq=False)
class Plan:
    """A care plan; ``urgent``, ``active`` and ``cleared`` are its priority, status, screening."""

    plan_id: str
    client: Client
    service: Service
    intake: Service | None
    companion: Service | None
    techniques: frozenset[str]
    start: date
    urgent: bool
    active: bool
    authorised_visits: int | None
    authorised_until: date | None
    contraindications: tuple[str, ...]
    cleared_on: date | None
    phases: tuple[Phase, ...]

    @property
    def passed_screening(self) -> bool:
        """Whether nothing is on record against treatment, or a practitioner cleared it."""
        return not self.contraindications or self.cleared_on is not None

    def session(self, number: int) -> Session | None:
        """The session of that number, or None where the plan calls for no such session."""
        return self.sessions[number - 1] if 1 <= number <= len(self.sessions) else None

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Every session that the plan calls for, in order."""
        found: list[Session] = []
        phase_opens = self.start
        for phase in self.phases:
            # A single week at the end of a phase of every other week calls for nothing.
            for turn in range(phase.weeks // phase.rhythm.weeks):
                opens = phase_opens + timedelta(weeks=turn * phase.rhythm.weeks)
                for _ in range(phase.rhythm.sessions):
                    found.append(Session(self, len(found) + 1, phase.rhythm, opens))
            phase_opens += timedelta(weeks=phase.weeks)
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Session:
    """One visit that a plan calls for; its window starts with the day ``opens``."""

    plan: Plan
    number: int
    rhythm: Rhythm
    opens: date

    @property
    def closes(self) -> date:
        """The first day after the window."""
        return self.opens + timedelta(weeks=self.rhythm.weeks)

    @property
    def service(self) -> Service:
        """What is done: the intake service in session 1 where the plan names one."""
        intake = self.plan.intake
        return intake if self.number == 1 and intake is not None else self.plan.service
