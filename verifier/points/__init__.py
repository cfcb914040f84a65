"""Every points part of the contract, one file each, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable

from verifier.points import (
    away_from_home,
    cadence,
    change_of_clinic,
    extra_therapist,
    not_preferred,
    other_time,
    promise_lost,
    promise_moved,
    unbooked,
    unpaired,
)
from verifier.view import View

Points = Callable[[View], int]

PARTS: tuple[tuple[str, Points], ...] = (
    ("unbooked", unbooked.points),
    ("promise-lost", promise_lost.points),
    ("promise-moved", promise_moved.points),
    ("unpaired", unpaired.points),
    ("extra-therapist", extra_therapist.points),
    ("not-preferred", not_preferred.points),
    ("away-from-home", away_from_home.points),
    ("cadence", cadence.points),
    ("other-time", other_time.points),
    ("change-of-clinic", change_of_clinic.points),
)
