"""A tied region's schedule while its parts are put right, one beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scheduler.outcome import Visit
    from scheduler.parts import TiedRegion
    from scheduler.problem import Problem


class Repair:
    """The schedules of all parts, which fit together at any moment; ``parts`` are their points.

    Parts that share a therapist must not be repaired at the same time (``TiedRegion.turns``).
    """

    def __init__(self, region: TiedRegion, found: Sequence[tuple[Visit, ...]]) -> None:
        self.region = region
        self.found = list(found)
        self.parts: Mapping[str, int] = region.points(self.visits)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The region's schedule."""
        return tuple(visit for visits in self.found for visit in visits)

    @property
    def points(self) -> int:
        """The points of the region's schedule."""
        return sum(self.parts.values())

    @property
    def booked(self) -> int:
        """Sessions in scope that have a visit."""
        own = {(v.plan_id, v.session_number) for v in self.visits if not v.companion}
        return len(own) + len(self.region.problem.settled)

    def problem(self, part: int) -> Problem:
        """The part's problem beside what the others have; ``found[part]`` is a schedule of it."""
        others = (visits for other, visits in enumerate(self.found) if other != part)
        return self.region.beside(part, [visit for visits in others for visit in visits])

    def take(self, part: int, visits: tuple[Visit, ...]) -> bool:
        """Take a repaired schedule of a part if the region gets no worse by it."""
        before = self.found[part]
        self.found[part] = visits
        parts = self.region.points(self.visits)
        if sum(parts.values()) > self.points or not self._holds(part, before):
            self.found[part] = before
            return False
        self.parts = parts
        return True

    def _holds(self, part: int, before: Sequence[Visit]) -> bool:
        """Whether every held promise that was kept is kept."""
        problem = self.region.problem
        held = {s.key for s in problem.sessions if problem.is_held(s)}
        kept = {(v.plan_id, v.session_number) for v in before} & held
        return kept <= {(v.plan_id, v.session_number) for v in self.found[part]}
