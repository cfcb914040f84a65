"""Tie the regions of a network: some therapists get shifts in a second one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from scheduler.facts import Shift, Travel
from scheduler.horizon import Horizon
from scheduler.problem import Problem
from scheduler.regions import split
from scheduler.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scheduler.facts import Network

JOURNEY = 40
"""Minutes between a therapist's clinics in two regions."""

GAP = timedelta(minutes=45)
"""Between the end of the shift here and the start of the one there."""

SPLIT_DAYS = 2
"""So many of the therapist's days are divided: the morning here, the rest there."""

LONG = timedelta(hours=5)
"""A shift that is shorter is not divided."""

WORKDAYS = range(5)


def tie(network: Network, first_day: date, ties: int, seed: int) -> Network:
    """The network with so many therapists who work in the next region too.

    Each comes there on a day that was free, and after noon on two days that are divided.
    """
    regions = split(Problem(network, Horizon(first_day, 1), first_day, Settings()))
    places = [part.network.locations for part in regions]
    random, shifts, travel = Random(seed), list(network.shifts), set(network.travel)
    for number in range(ties):
        here = number % len(regions)
        there = random.choice(places[(here + 1) % len(places)])
        staff = [t.therapist_id for t in regions[here].network.therapists]
        home = {location.location_id for location in places[here]}
        tied = {shift.therapist_id for shift in shifts if shift.location_id not in home}
        therapist_id = random.choice([key for key in staff if key not in tied])
        own = [shift for shift in shifts if shift.therapist_id == therapist_id]
        shifts = [shift for shift in shifts if shift.therapist_id != therapist_id]
        shifts += _in_two(own, there.location_id, random)
        travel |= {Travel(shift.location_id, there.location_id, JOURNEY) for shift in own}
    return replace(
        network,
        shifts=tuple(sorted(shifts, key=lambda s: (s.therapist_id, s.weekday, s.starts))),
        travel=tuple(sorted(travel, key=lambda t: (t.from_location_id, t.to_location_id))),
    )


def _in_two(own: Sequence[Shift], there: str, random: Random) -> list[Shift]:
    """A therapist's week here, and partly there."""
    days = {weekday: [s for s in own if s.weekday == weekday] for weekday in range(7)}
    long = [day for day in WORKDAYS if len(days[day]) == 1 and _length(days[day][0]) >= LONG]
    divided = set(random.sample(long, min(SPLIT_DAYS, len(long))))
    shifts = [shift for shift in own if shift.weekday not in divided]
    for day in sorted(divided):
        shifts += _divided(days[day][0], there)
    free = [day for day in WORKDAYS if not days[day]]
    if free:
        model = random.choice([days[day][0] for day in WORKDAYS if days[day]])
        shifts.append(replace(model, weekday=free[0], location_id=there))
    return shifts


def _length(shift: Shift) -> timedelta:
    return _at(shift.ends) - _at(shift.starts)


def _at(clock: time) -> datetime:
    return datetime.combine(datetime.min.date(), clock)


def _divided(shift: Shift, there: str) -> list[Shift]:
    """A shift whose second half is elsewhere."""
    noon = _at(shift.starts) + timedelta(minutes=_length(shift) // timedelta(minutes=30) * 15)
    return [
        replace(shift, ends=noon.time()),
        replace(shift, starts=(noon + GAP).time(), location_id=there),
    ]
