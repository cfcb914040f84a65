"""What Timefold's side prints, turned into columns: each better schedule is one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.peers.timefold.candidates import NONE

if TYPE_CHECKING:
    from bench.peers.timefold.candidates import Ways
    from scheduler.activities import Activities


@dataclass(frozen=True, slots=True)
class Answer:
    """A schedule: the points that Timefold counts, and the columns that are booked."""

    points: int
    columns: tuple[int, ...]


class AnswerError(ValueError):
    """A line that is no schedule of this problem."""


class Reader:
    """Reads lines about one problem."""

    def __init__(self, activities: Activities, ways: Ways) -> None:
        self._activities = activities
        self._way_of = {
            (session, value): way
            for way, (session, value) in enumerate(
                zip(ways.session.tolist(), ways.value.tolist(), strict=True)
            )
        }
        self._ways = ways

    def read(self, line: str) -> Answer:
        """The schedule of a line: its points, then the value of each visit, -1 if not booked.

        Sessions to be booked come first; what stands comes after them and needs no reading.

        Raises:
            AnswerError: if the line names a value that the session can't have.
        """
        points, *values = (int(number) for number in line.split())
        columns: list[int] = []
        for session, value in enumerate(values[: len(self._activities.problem.sessions)]):
            if value == NONE:
                continue
            way = self._way_of.get((session, value))
            if way is None:
                raise AnswerError(
                    f"session {session} has the value {value}, which is none of its candidates. "
                    "Maybe Timefold's side was built from other sources: make .bench/timefold/ready"
                )
            companion = int(self._ways.companion[way])
            columns += [int(self._ways.column[way]), *([companion] if companion != NONE else [])]
        return Answer(points, tuple(columns))
