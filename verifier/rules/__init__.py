"""Every hard rule of the contract, one file each, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.findings import Breach
from verifier.rules import (
    authorisation,
    client_away,
    client_hours,
    client_location,
    client_overlap,
    closure,
    companion,
    grid,
    max_day,
    max_week,
    meal_break,
    on_shift,
    one_per_session,
    opening_hours,
    pinned,
    qualified,
    room_kind,
    room_overlap,
    screening,
    spacing,
    therapist_overlap,
    time_off,
    travel,
    window,
)
from verifier.view import View

Check = Callable[[View], Iterator[Breach]]

RULES: tuple[tuple[str, Check], ...] = (
    ("opening-hours", opening_hours.check),
    ("closure", closure.check),
    ("on-shift", on_shift.check),
    ("time-off", time_off.check),
    ("qualified", qualified.check),
    ("room-kind", room_kind.check),
    ("therapist-overlap", therapist_overlap.check),
    ("travel", travel.check),
    ("room-overlap", room_overlap.check),
    ("client-hours", client_hours.check),
    ("client-away", client_away.check),
    ("client-location", client_location.check),
    ("client-overlap", client_overlap.check),
    ("max-day", max_day.check),
    ("max-week", max_week.check),
    ("meal-break", meal_break.check),
    ("window", window.check),
    ("spacing", spacing.check),
    ("one-per-session", one_per_session.check),
    ("screening", screening.check),
    ("authorisation", authorisation.check),
    ("pinned", pinned.check),
    ("companion", companion.check),
    ("grid", grid.check),
)
