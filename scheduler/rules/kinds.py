"""The two shapes of a hard rule: a filter on candidates, and a limit on what is taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.candidates import Candidates, Mask


@dataclass(frozen=True, slots=True)
class Filter:
    """Which candidates may exist at all.

    ``allows`` answers for each candidate. A filter that is not ``timed`` looks at session,
    therapist, location and day alone, so it is asked before the starts are written down.
    """

    name: str
    allows: Callable[[Candidates], Mask]
    timed: bool = False
