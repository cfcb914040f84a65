"""The verifier's view of the record: what is promised, and what a draft would promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import timedelta

from models.schedule import RunRecord
from office.exchange import tables_of
from scheduler.facts import Appointment, AppointmentStatus, Network
from scheduler.outcome import BoundError, Scheduled
from scheduler.settings import Settings
from verifier import Finding, Planning, Report, verify

_PLEASE = "This is a fault of Careweave: maybe report it, with these figures?"


def planning_of(run: RunRecord, settings: Settings) -> Planning:
    """The days that a run planned, to be judged by the grid and freeze window of ``settings``.

    Points are weighed as the run weighed them. By ``run.settings`` it is judged as it was made.
    """
    return Planning(
        start=run.horizon.start,
        weeks=run.horizon.weeks,
        as_of=run.as_of,
        grid=settings.grid,
        freeze_days=settings.freeze_days,
        weights={name.replace("_", "-"): weight for name, weight in asdict(run.weights).items()},
    )


def judge(network: Network, planning: Planning, schedule: Iterable[Appointment]) -> Report:
    """The verdict on ``schedule``, which is to stand instead of the network's appointments."""
    planned = replace(network, appointments=tuple(schedule))
    return verify(tables_of(network), tables_of(planned)["appointments"], planning=planning)


def refuse_contradictions(outcome: Scheduled, report: Report) -> None:
    """Stop where the verifier sees a better schedule than was proven possible.

    ``report`` is its verdict on the schedule of ``outcome``; the engine's own count plays no part.
    ``BoundError`` with the figures that contradict each other.
    """
    if report.points < outcome.bound:
        raise BoundError(
            f"the verifier counts {report.points} points, though it was proven that no schedule "
            f"has fewer than {outcome.bound}. The new draft was not saved. {_PLEASE}"
        )
    if report.booked > outcome.most_bookable:
        raise BoundError(
            f"the verifier counts {report.booked} booked sessions, though it was proven that none "
            f"books more than {outcome.most_bookable}. The new draft was not saved. {_PLEASE}"
        )


def together(reports: Sequence[Report]) -> Report:
    """The verdicts on regions as one on the whole; there is at least one."""
    return Report(
        findings=tuple(finding for report in reports for finding in report.findings),
        points=sum(report.points for report in reports),
        parts={name: sum(it.parts[name] for it in reports) for name in reports[0].parts},
        booked=sum(report.booked for report in reports),
        in_scope=sum(report.in_scope for report in reports),
        stake=sum(report.stake for report in reports),
    )


def broken_promises(network: Network, settings: Settings) -> tuple[Finding, ...]:
    """Every rule that a booked appointment on record breaks, on whatever day it lies."""
    days = [
        appointment.starts_at.date()
        for appointment in network.appointments
        if appointment.status is AppointmentStatus.BOOKED
    ]
    if not days:
        return ()
    first = min(days)
    monday = first - timedelta(days=first.weekday())
    weeks = (max(days) - monday).days // 7 + 1
    planning = Planning(start=monday, weeks=weeks, as_of=monday, grid=settings.grid)
    return verify(tables_of(network), planning=planning).findings
