"""Wall-clock times of a location, and the instants that they are: the one place for both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.errors import StoreError

_QUARTER = timedelta(minutes=15)
_TICK = timedelta(microseconds=1)


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


def to_wall_span(start: datetime, end: datetime, zone: str) -> tuple[datetime, datetime]:
    """The shortest span of wall-clock time that holds all that a clock shows from start to end.

    Where the clocks go back, an hour comes twice. A span that holds part of the second one holds
    all that the wall shows of the first, too, so it may begin before what its start shows.
    """
    # Clocks change on quarters of an hour of UTC, and by at most two hours.
    first = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0)
    last = end.replace(minute=end.minute // 15 * 15, second=0, microsecond=0)
    after = (first + quarter * _QUARTER for quarter in range(1, 9))
    before = (last - quarter * _QUARTER for quarter in range(8))
    return (
        min(to_wall(it, zone) for it in (start, *(it for it in after if it < end))),
        max(
            to_wall(it - _TICK, zone) + _TICK for it in (end, *(it for it in before if it > start))
        ),
    )


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise StoreError(
            f"there is no time zone {name!r}. Maybe one like America/Los_Angeles?"
        ) from None
