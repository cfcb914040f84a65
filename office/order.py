"""What the engine is asked: which weeks, of which facts, and how good the answer is so far."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date, timedelta

from models.answers import Decline, declined_on_open_days, heed, load_declines
from models.audit import last_row
from models.network import load_network
from models.schedule import draft_of, load_visits, published_version
from models.settings import load_settings
from models.within import EVERYWHERE, Within, find_regions, within
from office.errors import OfficeError
from office.exchange import tables_of
from office.record import reading, writing
from scheduler.board import Board, Region
from scheduler.cluster.address import Cluster
from scheduler.horizon import Horizon, HorizonError
from scheduler.outcome import Measure
from scheduler.problem import Problem
from scheduler.regions import split
from scheduler.settings import Settings


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
    """How the search stands, for whoever waits for it.

    ``begun`` of ``regions`` regions were read so far, and the figures are about those; ``done``
    of them have their schedule.
    """

    seconds: float
    booked: int
    in_scope: int
    points: int
    bound: int
    gap: float
    regions: int = 1
    begun: int = 1
    done: int = 0


def glance(board: Board, measure: Measure) -> Glance:
    """A measure with what it is measured against."""
    return Glance(
        seconds=measure.seconds,
        booked=measure.booked,
        in_scope=board.in_scope,
        points=measure.points,
        bound=measure.bound,
        gap=(measure.points - measure.bound) / board.stake if board.stake else 0.0,
        regions=board.total,
        begun=board.known,
        done=board.finished,
    )


@dataclass(frozen=True)
class Desk:
    """What was read before the search: which regions there are, and what concerns all of them.

    ``regions`` are the locations of each. ``declined`` are the appointments that count as
    cancelled, since their clients can't come; ``draft_id`` is the draft to improve on, if any.
    """

    db: str
    horizon: Horizon
    as_of: date
    settings: Settings
    base_version: int
    regions: tuple[frozenset[str], ...]
    declines: tuple[Decline, ...]
    declined: frozenset[str]
    draft_id: int | None
    audit_row: int

    def where(self, number: int) -> Within:
        """What belongs to a region; everything, where it is the only one."""
        return within(self.regions[number]) if len(self.regions) > 1 else EVERYWHERE

    def read(self) -> Iterator[Region]:
        """Each region's facts, read by themselves when they are asked for.

        ``OfficeError`` if something has tied regions together, or taken them apart, meanwhile.
        """
        seen = self.audit_row
        for number in range(len(self.regions)):
            with reading(self.db) as session:
                if last_row(session) != seen:
                    self._refuse_other_regions(find_regions(session))
                    seen = last_row(session)
                where = self.where(number)
                network = heed(load_network(session, where), self.declines, self.declined)
                old = self.draft_id
                start = () if old is None else load_visits(session, old, where)
            yield Region(number, Problem(network, self.horizon, self.as_of, self.settings), start)

    def _refuse_other_regions(self, regions: tuple[frozenset[str], ...]) -> None:
        if regions != self.regions:
            raise OfficeError(
                "while the weeks were planned, somebody began or ceased to work or to come at "
                "locations that had nothing to do with each other. There is no new draft. "
                "Maybe careweave schedule again?"
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
        regions, declines = find_regions(session), load_declines(session)
        desk = Desk(
            db=db,
            horizon=horizon,
            as_of=order.as_of,
            settings=load_settings(session),
            base_version=published_version(session),
            regions=regions,
            declines=declines,
            declined=declined_on_open_days(declines, horizon, order.as_of),
            draft_id=None if order.fresh else draft_of(session, horizon),
            audit_row=last_row(session),
        )
    if not regions:
        raise OfficeError(
            "nothing is known of the clinics yet. Maybe careweave import DIR with their folder?"
        )
    return desk


def fingerprint(problem: Problem) -> str:
    """The SHA-256 of everything that the engine was given, but for its limits and seed.

    Of several regions it is that of all their fingerprints, so that nobody has to hold the whole
    network for it. Of one region it is the same as in older versions.
    """
    return joint_fingerprint(map(fingerprint_of_region, split(problem)))


def joint_fingerprint(regions: Iterable[str]) -> str:
    """The fingerprint of regions, of which there is one at least, by their own, in their order."""
    known = tuple(regions)
    return known[0] if len(known) == 1 else hashlib.sha256("".join(known).encode()).hexdigest()


def fingerprint_of_region(problem: Problem) -> str:
    """A fingerprint as if there were nothing but this problem.

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
