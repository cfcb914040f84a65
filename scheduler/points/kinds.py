"""The shape of a points part: what it counts in a schedule, and what it asks of a slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.points.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the points, by name.

    ``points`` are those of a whole schedule. ``price``, where the part depends on the slot
    alone, gives the points of each slot of a session.
    """

    name: str
    points: Callable[[Ledger], int]
    price: Callable[[Activities], IntArray] | None = None
