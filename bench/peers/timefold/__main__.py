"""Timefold as a peer: ``python -m bench.peers.timefold`` with a peer's arguments."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.peers.instance import parse
from bench.peers.snapshots import Log, Snapshot, rows_of
from bench.peers.timefold.answer import Answer, Reader
from bench.peers.timefold.question import Question
from bench.peers.timefold.virtual_machine import NotReadyError, command, running
from scheduler.visits import visits_at

MOMENTS = (3.0, 10.0)
"""Seconds that runs of their own are made for, beside the whole time."""

_CLOSING = 0.5
"""Seconds that the last schedule needs to arrive."""


def main() -> None:
    """Run Timefold for each time, and say what came of it."""
    order = parse("Timefold's solver, in Java, with one thread.")
    problem = order.read()
    with Log(order.out) as log, TemporaryDirectory() as folder:
        question, file = Question(problem), Path(folder) / "question"
        if not len(question.ways.session):
            log.better(lambda: rows_of(problem, ()))
            return
        question.write(file)
        run = Run(question, file, order.seed, log, log.seconds)
        for seconds in (m for m in MOMENTS if m < order.seconds):
            run.until(seconds)
        run.until(order.seconds, tell_points=True)


@dataclass(frozen=True, slots=True)
class Run:
    """A written question, which took ``prepared`` seconds, and where its schedules go."""

    question: Question
    file: Path
    seed: int
    log: Log
    prepared: float

    def until(self, seconds: float, *, tell_points: bool = False) -> None:
        """Search until then; write the last schedule, and the points of all before it if asked.

        A machine that is busy may hear of the last one too late; then it is the one before.
        """
        left = max(seconds - self.prepared - _CLOSING, 0.0)
        begun, found = time.monotonic() - self.prepared, list[tuple[float, Answer]]()
        reader = Reader(self.question.activities, self.question.ways)
        with running(command(self.file, left, self.seed)) as lines:
            for line in lines:
                found.append((time.monotonic() - begun, reader.read(line)))
        for at, answer in found if tell_points else ():
            self.log.tell(Snapshot(at, points=answer.points))
        timely = [one for one in found if one[0] <= seconds] or found
        for at, answer in timely[-1:]:
            visits = visits_at(self.question.activities, answer.columns)
            self.log.tell(Snapshot(at, appointments=rows_of(self.question.problem, visits)))


if __name__ == "__main__":
    try:
        main()
    except NotReadyError as error:
        sys.exit(str(error))
