"""A good front desk with paper and patience: each session in turn gets the best place there is.

What was promised stays, pinned appointments first. Then urgent sessions come before routine ones,
and of these, those with the fewest slots; each gets the place with the fewest points of all parts
beside what is booked already. Nothing is moved again. There is nothing to set, and no seed.
"""

from __future__ import annotations

from bench.peers.desk import Desk
from bench.peers.instance import parse
from bench.peers.snapshots import Log
from scheduler.problem import Problem


def main() -> None:
    """Book every session once."""
    order = parse(__doc__ or "")
    problem = order.read()
    with Log(order.out) as log:
        log.better(booked_desk(problem).rows())


def booked_desk(problem: Problem) -> Desk:
    """The desk when everything is booked that the front desk finds a place for."""
    desk = Desk(problem)
    _keep_promises(desk)
    _book_all(desk)
    return desk


def _keep_promises(desk: Desk) -> None:
    """Everything that was promised and is possible stays where it is."""
    problem = desk.problem
    promised = [i for i, s in enumerate(problem.sessions) if s.key in problem.promises]
    for session in sorted(promised, key=lambda i: not problem.is_held(problem.sessions[i])):
        slot = desk.table.promise(session)
        place = desk.exactly(slot) if slot else None
        if place is not None:
            desk.put(place)


def _book_all(desk: Desk) -> None:
    """Every session that has no place yet, most constrained first."""
    missing = [i for i in range(len(desk.problem.sessions)) if i not in desk.places]
    for session in sorted(
        missing, key=lambda i: (-desk.price[i], desk.table.number_of_slots(i), i)
    ):
        place = desk.cheapest(session)
        if place is not None:
            desk.put(place)


if __name__ == "__main__":
    main()
