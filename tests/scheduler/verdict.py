"""The verifier's report on a schedule, which is made of visits and of all that stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

from office.exchange import tables_of
from scheduler.facts import Appointment, AppointmentStatus, PlanStatus
from scheduler.outcome import Visit
from scheduler.problem import Problem
from scheduler.search import Search
from scheduler.tasks import searched_by
from verifier import Planning, Report, verify


def planning_of(problem: Problem) -> Planning:
    weights = asdict(problem.settings.weights)
    return Planning(
        start=problem.horizon.start,
        weeks=problem.horizon.weeks,
        as_of=problem.as_of,
        grid=problem.settings.grid,
        freeze_days=problem.settings.freeze_days,
        weights={name.replace("_", "-"): points for name, points in weights.items()},
    )


def staying(problem: Problem) -> list[Appointment]:
    """What is part of every schedule: all but the promises that are the engine's to move.

    Those are booked on an open day, for a session in scope or a plan that may not be booked.
    """
    wanted = {session.key for session in problem.sessions}
    return [
        each
        for each in problem.network.appointments
        if each.status is not AppointmentStatus.BOOKED
        or not problem.is_open(each.starts_at.date())
        or not (
            (each.plan_id, each.session_number) in wanted
            or problem.plans[each.plan_id].status is not PlanStatus.ACTIVE
            or (
                problem.plans[each.plan_id].contraindications
                and problem.plans[each.plan_id].cleared_on is None
            )
        )
    ]


def judged(problem: Problem, visits: Iterable[Visit]) -> Report:
    """The verifier's report on a schedule of these visits."""
    rows = [
        Appointment(
            f"visit-{number}",
            visit.plan_id,
            visit.session_number,
            visit.service_id,
            visit.therapist_id,
            visit.room_id,
            visit.starts_at,
            visit.minutes,
            AppointmentStatus.BOOKED,
            visit.pinned,
        )
        for number, visit in enumerate(visits)
    ]
    schedule = replace(problem.network, appointments=(*staying(problem), *rows))
    return verify(
        tables_of(problem.network),
        tables_of(schedule)["appointments"],
        planning=planning_of(problem),
    )


def assert_sound(asked: Problem, search: Search) -> None:
    """The best schedule of a search breaks no rule, and has the points that it says."""
    found = searched_by(search)
    report = judged(asked, found.visits)
    assert report.findings == ()
    assert report.parts == found.parts
