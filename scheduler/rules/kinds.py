"""The shapes of a hard rule: a filter, a limit that clients share, one within a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.activities import Activities
    from scheduler.candidates import Candidates, Mask
    from scheduler.matrix import Limit
    from scheduler.points.ledger import Entry
    from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Filter:
    """Which candidates may exist at all.

    ``allows`` answers for each candidate. A filter that is not ``timed`` looks at session,
    therapist, location and day alone, so it is asked before the starts are written down.
    """

    name: str
    allows: Callable[[Candidates], Mask]
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """What clients share: ``rows`` says how much of it can be taken at once.

    ``relaxed`` gives the rows that a relaxation should read instead, where there are better
    ones for those who may cut appointments into pieces.
    """

    name: str
    rows: Callable[[Activities], Limit]
    relaxed: Callable[[Limit], Limit] | None = None


@dataclass(frozen=True, slots=True)
class WithinPlan:
    """What the sessions of one plan ask of each other.

    ``hindered_by`` gives the plan's other entries that keep a new entry out, none if it fits.
    """

    name: str
    hindered_by: Callable[[Problem, Entry, Sequence[Entry]], Sequence[Entry]]
