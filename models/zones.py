"""Wall-clock times of a location, and the instants that they are: the one place for both."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.errors import StoreError


def to_utc(wall: datetime, zone: str) -> datetime:
    """The instant at which a clock in ``zone`` shows ``wall``, the first one if there are two.

    ``StoreError`` for a time that the clocks skip, and for an unknown zone.
    """
    instant = wall.replace(tzinfo=_zone(zone), fold=0).astimezone(UTC)
    if to_wall(instant, zone) != wall:
        raise StoreError(
            f"the time {wall:%Y-%m-%d %H:%M} does not exist in {zone}: the clocks skip it. "
            "Maybe an hour later?"
        )
    return instant


def to_wall(instant: datetime, zone: str) -> datetime:
    """What a clock in ``zone`` shows at ``instant``."""
    return instant.astimezone(_zone(zone)).replace(tzinfo=None, fold=0)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise StoreError(
            f"there is no time zone {name!r}. Maybe one like America/Los_Angeles?"
        ) from None
