"""Bytes of somebody else's calendar to the times at which its owner is busy, and nothing more.

A calendar is read as badly as it may be written: an event that can't be read is counted in a
remark, and the others are kept. Titles, places and people are looked at only to tell what was
declined, and no result holds any of them.

What the bytes can cost is bounded here as far as it can be told beforehand: their size, the starts
of one rule and the number of busy times. A rule may still be followed for long without a single
start, so run it in a process with a time limit where the calendar is not your own.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar, Component
from icalendar.timezone import tzp

from feeds.foreign_zones import KnownZones, unknown_zones, zone_of_calendar
from feeds.free_events import busy_periods, is_free
from feeds.intervals import Interval, clipped, merged, whole_minutes
from feeds.repetition import MOST_STARTS, starts_at_most
from feeds.series import series_of

MOST_BYTES = 5_000_000
"""A calendar with more is refused before it is parsed."""

MOST_INTERVALS = 10_000
"""More busy times than these in one window are no calendar of a person."""


class CalendarError(ValueError):
    """The bytes are no calendar that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that is asked about, half-open, as two instants."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError(f"the window {self.start} to {self.end} has no zone. Maybe UTC?")
        if self.start >= self.end:
            raise ValueError(f"the window ends at {self.end}, not after its start {self.start}.")


@dataclass(frozen=True, slots=True)
class BusyTimes:
    """When the owner is busy, in UTC and whole minutes, without overlaps and in order of time.

    ``remarks`` are sentences for people: what was read otherwise than written, or not at all.
    """

    intervals: tuple[Interval, ...]
    remarks: tuple[str, ...]


def busy_times(
    data: bytes,
    window: Window,
    zone: ZoneInfo,
    *,
    owners: Collection[str] = (),
    own_uids: Collection[str] = (),
) -> BusyTimes:
    """The busy times of a calendar within ``window``; ``CalendarError`` if it is none.

    ``MemoryError`` goes through: it says nothing of one event.

    ``zone`` is the one in which whole days, times without a zone and unknown zones are read.
    ``owners`` are mail addresses of whose calendar it is: what they declined does not count.
    Events with a UID of ``own_uids`` are ours and don't count either: whoever is invited by us
    must not be kept from an appointment by that same appointment.
    """
    if len(data) > MOST_BYTES:
        raise CalendarError(
            f"it has more than {MOST_BYTES // 1_000_000} MB. Maybe publish fewer past years?"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's guesses are good ones, and nobody sees them
        reading = _Reading(window, zone, {it.lower() for it in owners}, own_uids)
        for calendar in _parse(data):
            reading.read(calendar)
    intervals = merged(map(whole_minutes, clipped(reading.found, window.start, window.end)))
    if len(intervals) > MOST_INTERVALS:
        raise CalendarError(
            f"it has {len(intervals):,} busy times, and {MOST_INTERVALS:,} are the most. "
            "Maybe another calendar was meant?"
        )
    return BusyTimes(tuple(intervals), reading.remarks())


def _parse(data: bytes) -> list[Calendar]:
    """The calendars in the bytes; always bytes, for icalendar opens a text that names a file."""
    tzp.use(KnownZones())  # forgets zones that another calendar defined, maybe by the same name
    try:
        calendars = Calendar.from_ical(bytes(data), multiple=True)
        for calendar in calendars:
            calendar.walk()  # all of it can be reached
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser of foreign bytes may raise anything
        raise CalendarError(
            f"it can't be read as a calendar ({type(error).__name__}). "
            "Maybe another address, one that ends with .ics?"
        ) from None
    if not calendars or any(it.name != "VCALENDAR" for it in calendars):
        raise CalendarError("it is no calendar: it does not begin with BEGIN:VCALENDAR.")
    return calendars


class _Reading:
    """What was found in the calendars so far."""

    def __init__(
        self,
        window: Window,
        zone: ZoneInfo,
        owners: Collection[str],
        own_uids: Collection[str],
    ) -> None:
        self.found: list[Interval] = []
        self._zone = zone
        # What has no zone is compared with these two as if it were in theirs.
        self._span = window.start.astimezone(zone), window.end.astimezone(zone)
        self._owners = owners
        self._own_uids = own_uids
        self._zones: list[str] = []
        self._skipped: Counter[str] = Counter()

    def remarks(self) -> tuple[str, ...]:
        """Each once, a few of many; how many entries were skipped, and why."""
        skipped = (_counted(number, why) for why, number in sorted(self._skipped.items()))
        zones = list(dict.fromkeys(self._zones))
        more = len(zones) - _MOST_ZONES
        others = [f"{more:,} more zones are unknown."] if more > 0 else []
        return (*zones[:_MOST_ZONES], *others, *skipped)

    def read(self, calendar: Calendar) -> None:
        """All of one calendar."""
        zone, remarks = zone_of_calendar(calendar, self._zone)
        self._zones += [*remarks, *unknown_zones(calendar, zone or self._zone)]
        # Google calls a person's own calendar by the address.
        owners = {*self._owners, str(calendar.get("X-WR-CALNAME", "")).lower()} - {""}
        for events in series_of(calendar):
            if str(events[0].get("UID", "")) not in self._own_uids:
                self._read_series(events, zone, owners)
        for component in calendar.walk("VFREEBUSY"):
            self._read_periods(component)

    def _read_series(
        self, events: list[Component], zone: ZoneInfo | None, owners: Collection[str]
    ) -> None:
        try:
            if any(starts_at_most(event, self._span[1]) > MOST_STARTS for event in events):
                self._skipped[_TOO_OFTEN] += 1
                return
            alone = Calendar()
            alone.subcomponents = list(events)
            alone = x_wr_timezone.to_standard(alone, zone)
            occurrences = recurring_ical_events.of(alone).between(*self._span)
            self.found += [
                (self._instant(event["DTSTART"].dt), self._instant(event["DTEND"].dt))
                for event in occurrences
                if not is_free(event, owners)
            ]
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a broken event may break the library anywhere
            self._skipped[_BROKEN] += 1

    def _read_periods(self, component: Component) -> None:
        try:
            self.found += [
                (self._instant(start), self._instant(end)) for start, end in busy_periods(component)
            ]
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - so may a broken period
            self._skipped[_BROKEN] += 1

    def _instant(self, moment: date) -> datetime:
        """A date begins at its midnight; what has no zone is in ours."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time.min)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone)
        return moment.astimezone(UTC)


_MOST_ZONES = 8
"""Unknown zones that are told of one by one."""

_TOO_OFTEN = "repeats too often to be read and does not count."
_BROKEN = "can't be read and does not count."


def _counted(number: int, why: str) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries, each of which'} {why}"
