"""The hard rules, one file each, in the contract's order."""

from __future__ import annotations

from scheduler.rules.client_away import CLIENT_AWAY
from scheduler.rules.client_hours import CLIENT_HOURS
from scheduler.rules.client_location import CLIENT_LOCATION
from scheduler.rules.closure import CLOSURE
from scheduler.rules.grid import GRID
from scheduler.rules.on_shift import ON_SHIFT
from scheduler.rules.opening_hours import OPENING_HOURS
from scheduler.rules.pinned import PINNED
from scheduler.rules.qualified import QUALIFIED
from scheduler.rules.room_kind import ROOM_KIND
from scheduler.rules.screening import SCREENING
from scheduler.rules.time_off import TIME_OFF
from scheduler.rules.window import WINDOW

FILTERS = (
    OPENING_HOURS,
    CLOSURE,
    ON_SHIFT,
    TIME_OFF,
    QUALIFIED,
    ROOM_KIND,
    CLIENT_HOURS,
    CLIENT_AWAY,
    CLIENT_LOCATION,
    WINDOW,
    SCREENING,
    PINNED,
    GRID,
)
