"""Careweave's engine itself, with two processes, as ``careweave schedule`` runs it.

It begins where clients were promised to come. It is run once for each of 3, 10 and all seconds,
as somebody would who has so much time: what it does depends on how long it may. The curves of
points and bound are those of the last run. A run hands over up to a second after its time, with
rooms and the last bound: where its first schedule was there in time, a row may say nothing yet.
"""

from __future__ import annotations

from bench.peers.instance import parse
from bench.peers.snapshots import Log, Snapshot, rows_of
from scheduler.engine import Limits, schedule
from scheduler.outcome import Scheduled

MOMENTS = (3.0, 10.0)
WORKERS = 2


def main() -> None:
    """Run the engine for each time, and say what came of it."""
    order = parse(__doc__ or "")
    problem = order.read()
    with Log(order.out) as log:
        for seconds in (*(m for m in MOMENTS if m < order.seconds), order.seconds):
            found = schedule(problem, Limits(seconds), seed=order.seed, workers=WORKERS)
            if not isinstance(found, Scheduled):
                return
            if seconds == order.seconds:
                for at in found.history:
                    log.tell(Snapshot(at.seconds, at.bound, points=at.points))
            log.tell(Snapshot(found.seconds, found.bound, rows_of(problem, found.visits)))


if __name__ == "__main__":
    main()
