"""What the engine is asked: which weeks, of which facts, and how good the answer is so far."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from models.answers import declined_on_open_days, heed, load_declines
from models.network import load_network
from models.schedule import load_draft, published_version
from models.settings import load_settings
from office.errors import OfficeError
from office.exchange import tables_of
from office.record import writing
from scheduler.cluster.address import Cluster
from scheduler.horizon import Horizon, HorizonError
from scheduler.outcome import Measure, Visit
from scheduler.points import unbooked
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Order:
    """What to plan: ``weeks`` weeks from ``start``, as of a day, within limits.

    ``rounds`` limits the search by work instead of ``seconds``, so that the same order gives the
    same schedule. ``fresh`` starts anew rather than improving on the draft of the same weeks. The
    work is done by so many ``processes`` of this machine, or by the workers of a ``cluster``.
    """

    start: date
    weeks: int
    as_of: date
    seconds: float | None = 60.0
    rounds: int | None = None
    seed: int = 0
    fresh: bool = False
    cluster: Cluster | None = None
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Glance:
    """How the search stands, for whoever waits for it."""

    seconds: float
    booked: int
    in_scope: int
    points: int
    bound: int
    gap: float


@dataclass(frozen=True)
class Desk:
    """What was read before the search: the problem, and the schedule to improve on.

    ``declined`` are the appointments that count as cancelled, since their clients can't come.
    """

    problem: Problem
    base_version: int
    start_from: tuple[Visit, ...]
    declined: frozenset[str] = frozenset()

    @cached_property
    def stake(self) -> int:
        """The points at stake: what it would cost to book nothing at all."""
        return unbooked.stake(self.problem)

    def glance(self, measure: Measure) -> Glance:
        """A measure with what it is measured against."""
        return Glance(
            seconds=measure.seconds,
            booked=measure.booked,
            in_scope=len(self.problem.in_scope),
            points=measure.points,
            bound=measure.bound,
            gap=(measure.points - measure.bound) / self.stake if self.stake else 0.0,
        )


def refuse_past(order: Order) -> None:
    """Raise ``HorizonError`` for weeks that began before the week of the day of planning."""
    monday = order.as_of - timedelta(days=order.as_of.weekday())
    if order.start < monday:
        coming = monday if order.as_of == monday else monday + timedelta(weeks=1)
        raise HorizonError(
            f"the horizon starts on {order.start}, which lies in the past on {order.as_of}. "
            f"Maybe --from {coming}, or --as-of {order.start} to plan as of that day?"
        )


def prepare(db: str, order: Order) -> Desk:
    """Read what the order is about; ``HorizonError`` for weeks that can't be planned.

    ``StoreError`` for a record that can't be written, so that no draft could be saved.
    """
    horizon = Horizon(order.start, order.weeks)
    refuse_past(order)
    # Nothing is written yet, but a record that can't be is refused before the search, not after.
    with writing(db) as session:
        network, settings = load_network(session), load_settings(session)
        draft = None if order.fresh else load_draft(session)
        version = published_version(session)
        declines = load_declines(session)
    if not network.locations:
        raise OfficeError(
            "nothing is known of the clinics yet. Maybe careweave import DIR with their folder?"
        )
    declined = declined_on_open_days(declines, horizon, order.as_of)
    same_weeks = draft is not None and draft.run.horizon == horizon
    return Desk(
        Problem(heed(network, declines, declined), horizon, order.as_of, settings),
        version,
        draft.visits if draft is not None and same_weeks else (),
        declined,
    )


def fingerprint(problem: Problem) -> str:
    """The SHA-256 of everything that the engine was given, but for its limits and seed.

    Time off counts where it touches the horizon: busy times of other calendars come and go on
    both sides of it as days pass, and that changes nothing.
    """
    horizon, network = problem.horizon, problem.network
    off = tuple(
        it
        for it in network.time_off
        if it.starts_at.date() < horizon.end and horizon.start <= it.ends_at.date()
    )
    asked: dict[str, object] = {
        "network": tables_of(replace(network, time_off=off)),
        "start": str(problem.horizon.start),
        "weeks": problem.horizon.weeks,
        "as_of": str(problem.as_of),
        "settings": asdict(problem.settings),
    }
    if problem.network.refusals:  # no table, and runs of older versions knew none
        asked["refusals"] = [[*map(str, astuple(it))] for it in problem.network.refusals]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
