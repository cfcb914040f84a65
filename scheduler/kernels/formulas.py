"""What points parts say in a line, compiled: they say it themselves, and load no compiler."""

from __future__ import annotations

from scheduler.compiled import compiled
from scheduler.points import cadence, other_time

days_off = compiled(cadence.days_off)
is_other_time = compiled(other_time.is_other_time)
