"""The formulas of points parts, compiled here, so that the parts can be read without Numba."""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.points import cadence, other_time

days_off = compiled(cadence.days_off)
is_other_time = compiled(other_time.is_other_time)
