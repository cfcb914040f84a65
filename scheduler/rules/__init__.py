"""The hard rules, one file each, in the contract's order."""

from __future__ import annotations

from scheduler.rules.authorisation import AUTHORISATION, AUTHORISED
from scheduler.rules.client_away import CLIENT_AWAY
from scheduler.rules.client_hours import CLIENT_HOURS
from scheduler.rules.client_location import CLIENT_LOCATION
from scheduler.rules.client_overlap import CLIENT_OVERLAP
from scheduler.rules.closure import CLOSURE
from scheduler.rules.companion import COMPANION
from scheduler.rules.grid import GRID
from scheduler.rules.kinds import Filter, Shared, WithinPlan
from scheduler.rules.max_day import MAX_DAY
from scheduler.rules.max_week import MAX_WEEK
from scheduler.rules.meal_break import MEAL_BREAK
from scheduler.rules.on_shift import ON_SHIFT
from scheduler.rules.one_per_session import ONE_PER_SESSION
from scheduler.rules.opening_hours import OPENING_HOURS
from scheduler.rules.pinned import PINNED
from scheduler.rules.qualified import QUALIFIED
from scheduler.rules.room_kind import ROOM_KIND
from scheduler.rules.room_overlap import ROOM_OVERLAP
from scheduler.rules.screening import SCREENING
from scheduler.rules.spacing import SPACING
from scheduler.rules.therapist_overlap import THERAPIST_OVERLAP
from scheduler.rules.time_off import TIME_OFF
from scheduler.rules.travel import TRAVEL
from scheduler.rules.window import WINDOW

RULES = (
    OPENING_HOURS,
    CLOSURE,
    ON_SHIFT,
    TIME_OFF,
    QUALIFIED,
    ROOM_KIND,
    THERAPIST_OVERLAP,
    TRAVEL,
    ROOM_OVERLAP,
    CLIENT_HOURS,
    CLIENT_AWAY,
    CLIENT_LOCATION,
    CLIENT_OVERLAP,
    MAX_DAY,
    MAX_WEEK,
    MEAL_BREAK,
    WINDOW,
    SPACING,
    ONE_PER_SESSION,
    SCREENING,
    AUTHORISATION,
    PINNED,
    COMPANION,
    GRID,
)

FILTERS = (*(rule for rule in RULES if isinstance(rule, Filter)), AUTHORISED)
SHARED = tuple(rule for rule in RULES if isinstance(rule, Shared))
WITHIN_PLAN = tuple(rule for rule in RULES if isinstance(rule, WithinPlan))
