"""What is not Timefold's to move: history and settled promises, as pinned visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.candidates import minute_of
from scheduler.points.ledger import paired_by_standing
from scheduler.points.unpaired import asks_for_companion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.activities import Activities
    from scheduler.care_plans import Session
    from scheduler.facts import Appointment


@dataclass(frozen=True, slots=True)
class Stander:
    """A standing appointment; ``session`` is None where no session's points know of it.

    ``counts`` where its session is in scope, ``alone`` where it lacks its companion.
    """

    appointment: Appointment
    session: Session | None
    counts: bool
    alone: bool
    day: int
    clock: int
    in_horizon: bool


def find_standing(activities: Activities) -> Iterator[Stander]:
    """Every standing session, and whatever else takes time in the horizon."""
    problem = activities.problem
    sessions = {
        a.appointment_id: problem.calendar[a.plan_id, a.session_number]
        for lot in problem.standing_sessions.values()
        for a in lot
    }
    settled = {a.appointment_id for a in problem.settled.values()}
    paired = paired_by_standing(problem)
    for each in problem.standing:
        session = sessions.get(each.appointment_id)
        in_horizon = each.starts_at.date() in problem.horizon
        counts = session is not None and each.appointment_id in settled
        if session is not None or in_horizon:
            yield Stander(
                each,
                session,
                counts,
                session is not None
                and asks_for_companion(problem, session)
                and session.key not in paired,
                activities.axes.day(each.starts_at.date()),
                minute_of(each.starts_at.time()),
                in_horizon,
            )
