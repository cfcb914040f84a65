"""The points parts, one file each, in the contract's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.points.away_from_home import AWAY_FROM_HOME
from scheduler.points.cadence import CADENCE
from scheduler.points.change_of_clinic import CHANGE_OF_CLINIC
from scheduler.points.extra_therapist import EXTRA_THERAPIST
from scheduler.points.not_preferred import NOT_PREFERRED
from scheduler.points.other_time import OTHER_TIME
from scheduler.points.promise_lost import PROMISE_LOST
from scheduler.points.promise_moved import PROMISE_MOVED
from scheduler.points.unbooked import UNBOOKED
from scheduler.points.unpaired import UNPAIRED

if TYPE_CHECKING:
    from scheduler.activities import Activities
    from scheduler.candidates import IntArray
    from scheduler.points.ledger import Ledger

PARTS = (
    UNBOOKED,
    PROMISE_LOST,
    PROMISE_MOVED,
    UNPAIRED,
    EXTRA_THERAPIST,
    NOT_PREFERRED,
    AWAY_FROM_HOME,
    CADENCE,
    OTHER_TIME,
    CHANGE_OF_CLINIC,
)


def parts_of(ledger: Ledger) -> dict[str, int]:
    """The points of a schedule by the name of the part."""
    return {part.name: part.points(ledger) for part in PARTS}


def points_of_slots(activities: Activities) -> IntArray:
    """The points of each slot of a session by itself: of the parts that depend on it alone."""
    points = [part.price(activities) for part in PARTS if part.price is not None]
    return np.asarray(np.sum(points, axis=0))
