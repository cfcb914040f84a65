"""Ruin and recreate as the textbooks have it, on the front desk's schedule: a plain heuristic.

Begins with what the front desk makes of the promises, so it has the same start as ours. Then: take
out one session and those most like it (Shaw 1998: the same therapist, near in time, at the same
clinic), and put each back at its cheapest place, in an order drawn anew each time (Schrimpf et
al. 2000). A worse schedule is kept with a chance that falls over time, from a temperature of 300
points to 3 (simulated annealing, as Christiaens and Vanden Berghe 2020 advise); 1 to 15 sessions
at a time. One process: the method has no use for a second one.
"""

from __future__ import annotations

import math
from random import Random

from bench.peers.desk import Desk, Place
from bench.peers.front_desk import booked_desk
from bench.peers.instance import parse
from bench.peers.snapshots import Log

HOT, COLD = 300.0, 3.0
"""Points that a schedule may be worse at the beginning and at the end, give or take."""

MOST = 15
"""Sessions that are taken out at most."""

OTHER_THERAPIST, OTHER_CLINIC, AN_HOUR = 5.0, 3.0, 1.0
"""How unlike two places are; a day is as far as four hours."""

A_DAY_IN_HOURS = 4


def main() -> None:
    """Improve until the time is over."""
    order = parse(__doc__ or "")
    problem = order.read()
    with Log(order.out) as log:
        desk = booked_desk(problem)
        log.better(desk.rows())
        improve(desk, Random(order.seed), log, order.seconds)


def improve(desk: Desk, random: Random, log: Log, seconds: float) -> None:
    """Ruin and recreate until so many seconds are over, and log what is better than ever."""
    best, begun = desk.points, log.seconds
    while (passed := log.seconds) < seconds:
        share = (passed - begun) / max(seconds - begun, 1e-3)
        step(desk, random, HOT * (COLD / HOT) ** share)
        if desk.points < best:
            best = desk.points
            log.better(desk.rows())


def step(desk: Desk, random: Random, warmth: float) -> None:
    """Ruin and recreate once; with a warmth of 0, only what is better is kept."""
    sessions = desk.problem.sessions
    free = [i for i, session in enumerate(sessions) if not desk.problem.is_held(session)]
    if not free:
        return
    before = desk.points
    out = ruin(desk, random, free)
    back = recreate(desk, random, list({*out, *_missing(desk, random, free)}))
    if desk.points - before > -warmth * math.log(random.random() or 1e-9):
        _undo(desk, out, back, before)


def ruin(desk: Desk, random: Random, free: list[int]) -> dict[int, Place]:
    """Take out a session, or what is where one could be, and those most like it."""
    seed = random.choice(free)
    if seed in desk.places:
        middle = desk.places[seed].slot
    else:
        options = desk.table.options(seed)
        if not options:
            return {}
        middle = random.choice(random.choice(options).slots)

    def unlike(session: int) -> float:
        slot = desk.places[session].slot
        hours = abs(slot.start - middle.start) / 60 + A_DAY_IN_HOURS * abs(slot.day - middle.day)
        return (
            OTHER_THERAPIST * (slot.therapist != middle.therapist)
            + OTHER_CLINIC * (slot.location != middle.location)
            + AN_HOUR * hours * random.uniform(0.7, 1.3)
        )

    booked = [session for session in free if session in desk.places]
    nearest = sorted(booked, key=unlike)[: random.randint(1, MOST)]
    return {session: desk.take_back(session) for session in nearest}


def recreate(desk: Desk, random: Random, sessions: list[int]) -> list[int]:
    """Put sessions at their cheapest places, one after the other; those that found one."""
    random.shuffle(sessions)
    if random.random() < 0.5:  # noqa: PLR2004 - every other time the dearest first
        sessions.sort(key=lambda i: (-desk.price[i], desk.table.number_of_slots(i)))
    placed = []
    for session in sessions:
        place = desk.cheapest(session)
        if place is not None:
            desk.put(place)
            placed.append(session)
    return placed


def _missing(desk: Desk, random: Random, free: list[int]) -> list[int]:
    """Some of the sessions that have no place."""
    missing = [i for i in free if i not in desk.places and desk.table.number_of_slots(i)]
    return random.sample(missing, min(5, len(missing)))


def _undo(desk: Desk, out: dict[int, Place], back: list[int], points: int) -> None:
    for session in back:
        desk.take_back(session)
    for place in out.values():
        desk.put(place)
    desk.points = points


if __name__ == "__main__":
    main()
