"""Plan the weeks: a draft for every session in scope, with its proof of quality.

The database is read in one transaction and written in another: while the engine searches, which
takes its time, others may work. Publishing notices if they published something meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from models.audit import record
from models.schedule import RunRecord, draft_appointments, record_run, save_draft
from office.crews import crew_on
from office.judging import judge, planning_of, refuse_contradictions
from office.order import Desk, Glance, Order, fingerprint, prepare
from office.plans import stands_still
from office.record import writing
from scheduler.engine import Limits, schedule
from scheduler.facts import Appointment
from scheduler.outcome import NothingInScope, Outcome, Scheduled
from scheduler.points import PARTS
from scheduler.problem import Problem
from verifier import Report


@dataclass(frozen=True, slots=True)
class PlannedWeeks:
    """The draft that was saved, and the verifier's second opinion on it."""

    problem: Problem
    outcome: Scheduled
    improved_on_draft: bool
    report: Report

    @property
    def taken_back(self) -> int:
        """How many promises the draft takes back, since their plans may not be booked any more."""
        return _taken_back(self.problem)

    @property
    def doubt(self) -> str | None:
        """What engine and verifier see differently; None, as it should be, if nothing."""
        if self.report.findings:
            return f"the verifier finds {len(self.report.findings)} broken rules in the draft"
        if self.report.points != self.outcome.points:
            return (
                f"the engine counts {self.outcome.points} points and the verifier "
                f"{self.report.points}"
            )
        return None


def schedule_weeks(
    db: str,
    order: Order,
    *,
    now: datetime,
    who: str,
    watch: Callable[[Glance], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> PlannedWeeks | NothingInScope:
    """Make the draft; the one before goes only when this one is complete.

    With nothing in scope, but promises to take back or declined, it is a draft that does just that.
    ``watch`` sees each improvement; once ``stop`` is true the best so far is taken.
    ``HorizonError`` for weeks that can't be planned; ``BoundError`` where engine or verifier see
    a better schedule than was proven possible, and ``ClusterError`` where a cluster can't be used
    or goes away. Then nothing is saved.
    """
    with crew_on(order.cluster, order.processes) as crew:
        desk = prepare(db, order)
        outcome: Outcome = schedule(
            desk.problem,
            Limits(seconds=order.seconds, rounds=order.rounds),
            seed=order.seed,
            start=desk.start_from,
            crew=crew,
            progress=None if watch is None else lambda measure: watch(desk.glance(measure)),
            stop=stop,
        )
    if isinstance(outcome, NothingInScope):
        if not _taken_back(desk.problem) and not desk.declined:
            return outcome
        outcome = _without_sessions(order.seed)
    report = _save(db, desk, outcome, now, who)
    return PlannedWeeks(desk.problem, outcome, bool(desk.start_from), report)


def _taken_back(problem: Problem) -> int:
    return sum(stands_still(problem.plans[promise.plan_id]) for promise in problem.released)


def _without_sessions(seed: int) -> Scheduled:
    """The schedule of weeks with no session in scope: nothing is booked, for no points."""
    return Scheduled(
        visits=(),
        unbooked=(),
        in_scope=0,
        points=0,
        bound=0,
        stake=0,
        parts=dict.fromkeys((part.name for part in PARTS), 0),
        most_bookable=0,
        seconds=0.0,
        seed=seed,
    )


def _save(db: str, desk: Desk, outcome: Scheduled, now: datetime, who: str) -> Report:
    problem = desk.problem
    run = RunRecord.of(
        outcome,
        created_at=now,
        horizon=problem.horizon,
        as_of=problem.as_of,
        settings=problem.settings,
        fingerprint=fingerprint(problem),
    )
    with writing(db) as session:
        run_id = record_run(session, run)
        save_draft(
            session,
            run_id,
            outcome.visits,
            outcome.unbooked,
            base_version=desk.base_version,
            declined=desk.declined,
        )
        counts = {"booked": outcome.booked, "in_scope": outcome.in_scope, "points": outcome.points}
        record(session, now, who, "schedule", f"run {run_id}", None, counts)
        report = _second_opinion(problem, run, outcome, draft_appointments(session))
    if report is None:
        raise KeyboardInterrupt(
            "stopped by Ctrl-C before the verifier had looked at the draft, which is saved. "
            "Maybe careweave verify --draft?"
        )
    return report


def _second_opinion(
    problem: Problem, run: RunRecord, outcome: Scheduled, appointments: Iterable[Appointment]
) -> Report | None:
    """The verifier's report; None after Ctrl-C, for the draft is to be kept all the same.

    ``BoundError`` where it contradicts the proof: then nothing may be saved.
    """
    try:
        report = judge(problem.network, planning_of(run, problem.settings), appointments)
    except KeyboardInterrupt:
        return None
    refuse_contradictions(outcome, report)
    return report
