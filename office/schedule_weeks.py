"""Plan the weeks: a draft for every session in scope, with its proof of quality.

Each region is read in one transaction and written in another: while the engine searches, which
takes its time, others may work. Publishing notices if they published something meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from office.crews import crew_on
from office.new_draft import NewDraft, PlannedRegion
from office.order import Glance, Order, glance, prepare
from scheduler.board import Board
from scheduler.engine import Limits, stream, why_nothing
from scheduler.horizon import Horizon
from scheduler.outcome import NothingInScope, Scheduled
from verifier import Report


@dataclass(frozen=True, slots=True)
class PlannedWeeks:
    """The draft that was saved, and the verifier's second opinion on it.

    The visits of ``outcome`` are those of the draft, on record only: a network may be large.
    ``taken_back`` counts promises that the draft takes back, since their plans may not be booked
    any more.
    """

    horizon: Horizon
    outcome: Scheduled
    improved_on_draft: bool
    taken_back: int
    report: Report
    regions: tuple[PlannedRegion, ...]

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
    """Make the draft, region by region; the one before goes only when this one is complete.

    With nothing in scope, but promises to take back or declined, it is a draft that does just that.
    ``watch`` sees each improvement; once ``stop`` is true the best so far is taken.
    ``HorizonError`` for weeks that can't be planned; ``BoundError`` where engine or verifier see
    a better schedule than was proven possible, and ``ClusterError`` where a cluster can't be used
    or goes away. Then nothing is saved.
    """
    with crew_on(order.cluster, order.processes) as crew:
        desk = prepare(db, order)
        board = Board(
            len(desk.regions),
            None if watch is None else lambda measure: watch(glance(board, measure)),
        )
        draft = NewDraft(desk, board, now, who)
        limits = Limits(seconds=order.seconds, rounds=order.rounds)
        try:
            for it in stream(desk.read(), board, crew, limits, seed=order.seed, stop=stop):
                draft.add(*it)
        except BaseException:
            draft.abandon()
            raise
    if not draft.says_something:
        return NothingInScope(why_nothing(desk.horizon, plans=draft.plans))
    return PlannedWeeks(
        desk.horizon, draft.outcome, draft.improved, draft.taken_back, draft.report, draft.regions
    )
