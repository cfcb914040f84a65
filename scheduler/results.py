"""A region's result, made from what its search and its proof found, once both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.outcome import BoundError, Scheduled
from scheduler.points import unbooked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.board import Region
    from scheduler.crew import Proven, Searched
    from scheduler.outcome import Visit

_PLEASE = "This is a fault of Careweave: maybe report it, with these figures?"


def scheduled(
    region: Region,
    found: Searched,
    proof: Proven,
    *,
    seconds: float,
    seed: int,
    interrupted: bool,
) -> Scheduled:
    """The region's schedule with its proof.

    Raises:
        BoundError: if they contradict each other.
    """
    refuse_contradictions(region.number, found, proof)
    problem = region.problem
    booked = {(v.plan_id, v.session_number) for v in found.visits if not v.companion}
    return Scheduled(
        visits=in_order(found.visits),
        unbooked=tuple(s.key for s in problem.sessions if s.key not in booked),
        in_scope=len(problem.in_scope),
        points=found.points,
        bound=proof.bound,
        stake=unbooked.stake(problem),
        parts=found.parts,
        most_bookable=proof.most_bookable,
        seconds=seconds,
        seed=seed,
        interrupted=interrupted,
    )


def refuse_contradictions(number: int, found: Searched, proof: Proven) -> None:
    """Stop where a region's schedule is better than what was proven of it: one of them is wrong.

    Raises:
        BoundError: with the figures that contradict each other.
    """
    if found.points < proof.bound:
        raise BoundError(
            f"the schedule of region {number + 1} has {found.points} points, though it was proven "
            f"that none has fewer than {proof.bound}. Neither was kept. {_PLEASE}"
        )
    if found.booked > proof.most_bookable:
        raise BoundError(
            f"the schedule of region {number + 1} books {found.booked} sessions, though it was "
            f"proven that none books more than {proof.most_bookable}. Neither was kept. {_PLEASE}"
        )


def in_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Visits in order of time, then of place, therapist and plan."""
    return tuple(
        sorted(visits, key=lambda v: (v.starts_at, v.location_id, v.therapist_id, v.plan_id))
    )
