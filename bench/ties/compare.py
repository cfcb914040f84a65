"""One line of the table: a schedule of a tied network, judged by the verifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.peers.snapshots import rows_of
from office.exchange import tables_of
from scheduler.engine import Limits, schedule
from scheduler.outcome import Scheduled
from scheduler.regions import split
from scheduler.ties import find_parts
from verifier import Planning, verify

if TYPE_CHECKING:
    from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """A schedule of regions that so many therapists tie, made in parts within some seconds."""

    ties: int
    limit: float
    together: bool
    parts: int
    outcome: Scheduled


def compare(problem: Problem, ties: int, seconds: float, seed: int, *, together: bool) -> Row:
    """Plan in parts or together, and judge.

    Raises:
        ValueError: if nothing is in scope, or the verifier finds anything, or other points.
    """
    outcome = schedule(problem, Limits(seconds), seed=seed, together=together)
    if not isinstance(outcome, Scheduled):
        raise ValueError(f"there is nothing to plan: {outcome.reason}")  # noqa: TRY004 - of the data
    _judge(problem, outcome)
    regions = split(problem)
    parts = len(regions) if together else sum(len(find_parts(region)) for region in regions)
    return Row(ties, seconds, together, parts, outcome)


def _judge(problem: Problem, outcome: Scheduled) -> None:
    horizon = problem.horizon
    report = verify(
        tables_of(problem.network),
        rows_of(problem, outcome.visits),
        planning=Planning(horizon.start, horizon.weeks, problem.as_of, problem.settings.grid),
    )
    if report.findings or report.points != outcome.points:
        raise ValueError(
            f"the verifier has {len(report.findings)} findings and counts {report.points} points "
            f"where the engine counts {outcome.points}. This is a fault of Careweave."
        )
