"""The draft in the making: region by region onto the record, and judged as it comes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from models.audit import record
from models.schedule import (
    Draft,
    RunRecord,
    abandon_draft,
    add_to_draft,
    appointments_under,
    begin_draft,
    complete_draft,
    load_visits,
    record_run,
)
from models.store import StoreError
from office.judging import judge, planning_of, refuse_contradictions, together
from office.order import Desk, fingerprint_of_region, joint_fingerprint
from office.plans import stands_still
from office.record import writing
from scheduler.board import Board, Region
from scheduler.engine import gather
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from verifier import Report

_NOT_JUDGED = (
    "stopped by Ctrl-C before the verifier had looked at the draft, which is saved. "
    "Maybe careweave verify --draft?"
)


@dataclass(frozen=True, slots=True)
class PlannedRegion:
    """How good the draft is at some locations that share nobody with any other."""

    locations: tuple[str, ...]
    in_scope: int
    booked: int
    points: int
    bound: int
    gap: float


class NewDraft:
    """What is known of the regions that are done; the draft before stands until all of them are.

    ``taken_back`` counts promises whose plans may not be booked any more. ``outcome`` is there once
    all regions are done: their schedules as one, whose visits are on record only.
    """

    outcome: Scheduled

    def __init__(self, desk: Desk, board: Board, now: datetime, who: str) -> None:
        self.taken_back = 0
        self.improved = self.plans = False
        self._desk, self._board, self._now, self._who = desk, board, now, who
        self._draft_id: int | None = None
        self._outcomes: dict[int, Scheduled] = {}
        self._fingerprints: dict[int, str] = {}
        self._reports: dict[int, Report] = {}
        self._locations: dict[int, tuple[str, ...]] = {}

    @property
    def report(self) -> Report:
        """The verifier's second opinion on all of them."""
        return together([self._reports[it] for it in sorted(self._reports)])

    @property
    def regions(self) -> tuple[PlannedRegion, ...]:
        """How good the draft is region by region, in the order in which they were begun."""
        return tuple(
            PlannedRegion(
                self._locations[number],
                outcome.in_scope,
                outcome.booked,
                outcome.points,
                outcome.bound,
                outcome.gap,
            )
            for number, outcome in sorted(self._outcomes.items())
        )

    @property
    def says_something(self) -> bool:
        """Whether the draft would book, or take back, anything at all."""
        in_scope = any(outcome.in_scope for outcome in self._outcomes.values())
        return in_scope or bool(self.taken_back or self._desk.declined)

    def add(self, region: Region, outcome: Scheduled) -> None:
        """Save a region, and let the verifier look at it. The last one completes the draft.

        The whole is saved even if the verifier finds something: it can't be published then.
        ``BoundError`` where the verdict contradicts the proof.
        """
        self._sum_up(region, outcome)
        last = len(self._outcomes) == self._board.total
        if last:
            self.outcome = gather(
                [self._outcomes[it] for it in sorted(self._outcomes)], self._board
            )
            if not self.says_something:
                self.abandon()
                return
        with writing(self._desk.db) as session:
            draft = self._save(session, region, outcome)
            appointments = appointments_under(session, draft, self._desk.where(region.number))
        try:
            planning = planning_of(draft.run, self._desk.settings)
            report = judge(region.problem.network, planning, appointments)
        except KeyboardInterrupt:
            if last:
                self._complete()
                raise KeyboardInterrupt(_NOT_JUDGED) from None
            raise
        refuse_contradictions(outcome, report)
        self._reports[region.number] = report
        if last:
            self._complete()

    def abandon(self) -> None:
        """Leave nothing of it on record; what can't be removed now goes with a later draft."""
        if self._draft_id is not None:
            with suppress(StoreError), writing(self._desk.db) as session:
                abandon_draft(session, self._draft_id)
            self._draft_id = None

    def _sum_up(self, region: Region, outcome: Scheduled) -> None:
        self._outcomes[region.number] = replace(outcome, visits=())
        self._locations[region.number] = tuple(region.problem.locations)
        self._fingerprints[region.number] = fingerprint_of_region(region.problem)
        self.taken_back += _taken_back(region.problem)
        self.improved |= bool(region.start)
        self.plans |= bool(region.problem.plans)

    def _save(self, session: Session, region: Region, outcome: Scheduled) -> Draft:
        """Write a region's part; the draft as it stands there."""
        desk = self._desk
        if self._draft_id is None:
            self._draft_id = begin_draft(session, self._now, desk.base_version, desk.declined)
        add_to_draft(session, self._draft_id, outcome.visits, outcome.unbooked)
        return Draft(
            run_id=0,
            run=self._run(outcome, self._fingerprints[region.number]),
            base_version=desk.base_version,
            visits=load_visits(session, self._draft_id, desk.where(region.number)),
            unbooked=outcome.unbooked,
            stale=False,
            declined=desk.declined,
        )

    def _run(self, outcome: Scheduled, fingerprint: str) -> RunRecord:
        return RunRecord.of(
            outcome,
            created_at=self._now,
            horizon=self._desk.horizon,
            as_of=self._desk.as_of,
            settings=self._desk.settings,
            fingerprint=fingerprint,
        )

    def _complete(self) -> None:
        """Make it the draft, in one short transaction."""
        assert self._draft_id is not None  # noqa: S101 - for mypy: a region was saved
        outcome = self.outcome
        fingerprints = [self._fingerprints[it] for it in sorted(self._fingerprints)]
        counts = {"booked": outcome.booked, "in_scope": outcome.in_scope, "points": outcome.points}
        with writing(self._desk.db) as session:
            run_id = record_run(session, self._run(outcome, joint_fingerprint(fingerprints)))
            complete_draft(session, self._draft_id, run_id)
            record(session, self._now, self._who, "schedule", f"run {run_id}", None, counts)


def _taken_back(problem: Problem) -> int:
    return sum(stands_still(problem.plans[promise.plan_id]) for promise in problem.released)
