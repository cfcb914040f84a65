"""What a clinic has booked so far, and the first place in it that suits a session.

This is how history and promises come about: one session after the other, as people call, with
every rule kept. Nobody looks for the best place; that is what is to be improved on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bench.networks.clients import Newcomer
from bench.networks.clinics import SERVICES
from scheduler.care_plans import Session
from scheduler.facts import Room, Shift, Therapist, TimeOff

GRID, MEAL = 15, 30
LONG_DAY, MEAL_FROM, MEAL_UNTIL = 360, 120, 360
DAY = 24 * 60

Stretch = tuple[int, int]
"""From one minute of a day until another."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session was put."""

    therapist_id: str
    room_id: str
    starts_at: datetime


@dataclass(frozen=True)
class Diary:
    """A region's staff and rooms, and the time of theirs that is taken."""

    therapists: Sequence[Therapist]
    shifts: Sequence[Shift]
    rooms: Sequence[Room]
    time_off: Sequence[TimeOff]
    closed: frozenset[tuple[str, date]]
    _taken: dict[tuple[str, date], list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    _minutes: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))
    _on_shift: dict[int, list[Shift]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for shift in self.shifts:
            self._on_shift[shift.weekday].append(shift)

    def book(
        self, session: Session, who: Newcomer, days: Sequence[date], last: Place | None
    ) -> Place | None:
        """Take the first free place on the first day that has one; none if no day has."""
        for day in days:
            if any(away.first_day <= day <= away.last_day for away in who.away):
                continue
            for shift in self._shifts_for(session, who, day, last):
                place = self._in_shift(session, who, shift, day, last)
                if place is not None:
                    return place
        return None

    def _shifts_for(
        self, session: Session, who: Newcomer, day: date, last: Place | None
    ) -> list[Shift]:
        """The shifts in which the session could be: with whom the client knows or likes first."""
        service = _SERVICES[session.service_id]
        fit = {
            t.therapist_id
            for t in self.therapists
            if service.credential in t.credentials and who.plan.techniques <= t.techniques
        }
        welcome = (who.client.home_location_id, *who.client.other_location_ids)
        return sorted(
            (
                shift
                for shift in self._on_shift[day.weekday()]
                if shift.therapist_id in fit
                and shift.location_id in welcome
                and (shift.location_id, day) not in self.closed
            ),
            key=lambda shift: (
                last is None or shift.therapist_id != last.therapist_id,
                welcome.index(shift.location_id),
                shift.therapist_id != who.client.preferred_therapist_id,
            ),
        )

    def _in_shift(
        self, session: Session, who: Newcomer, shift: Shift, day: date, last: Place | None
    ) -> Place | None:
        service = _SERVICES[session.service_id]
        if not self._has_strength(shift.therapist_id, day, service.minutes):
            return None
        blocked = [*self._taken[shift.therapist_id, day], *self._off(shift.therapist_id, day)]
        blocked += self._meal(shift, day)
        for start in _starts(shift, who, day, service.minutes, last):
            end = start + service.minutes + service.changeover_minutes
            if end > _minute(shift.ends) or _meets(blocked, start, end):
                continue
            for room in self.rooms:
                if (
                    room.location_id == shift.location_id
                    and room.kind == service.room_kind
                    and not _meets(self._taken[room.room_id, day], start, end)
                ):
                    return self._take(
                        shift.therapist_id, room.room_id, day, (start, end), service.minutes
                    )
        return None

    def _take(
        self, therapist_id: str, room_id: str, day: date, stretch: Stretch, minutes: int
    ) -> Place:
        self._taken[therapist_id, day].append(stretch)
        self._taken[room_id, day].append(stretch)
        self._minutes[therapist_id, day] += minutes
        moment = datetime.combine(day, time()) + timedelta(minutes=stretch[0])
        return Place(therapist_id, room_id, moment)

    def _has_strength(self, therapist_id: str, day: date, minutes: int) -> bool:
        (therapist,) = (t for t in self.therapists if t.therapist_id == therapist_id)
        monday = day - timedelta(days=day.weekday())
        week = sum(self._minutes[therapist_id, monday + timedelta(days=n)] for n in range(7))
        return (
            self._minutes[therapist_id, day] + minutes <= therapist.max_minutes_per_day
            and week + minutes <= therapist.max_minutes_per_week
        )

    def _off(self, therapist_id: str, day: date) -> Iterator[Stretch]:
        midnight = datetime.combine(day, time())
        for off in self.time_off:
            if off.therapist_id == therapist_id:
                ends = [
                    (x - midnight) // timedelta(minutes=1) for x in (off.starts_at, off.ends_at)
                ]
                if ends[0] < DAY and ends[1] > 0:
                    yield max(ends[0], 0), min(ends[1], DAY)

    def _meal(self, shift: Shift, day: date) -> list[Stretch]:
        """The half hour that a long day keeps free: the latest that lies within one shift."""
        spans = sorted(
            (_minute(x.starts), _minute(x.ends))
            for x in self._on_shift[day.weekday()]
            if x.therapist_id == shift.therapist_id
        )
        first, last = spans[0][0], spans[-1][1]
        if last - first < LONG_DAY:
            return []
        latest = max(
            min(end, first + MEAL_UNTIL) - MEAL
            for begin, end in spans
            if min(end, first + MEAL_UNTIL) - MEAL >= max(begin, first + MEAL_FROM)
        )
        earliest = first + MEAL_FROM + MEAL
        middle = (earliest + latest) // 2 // GRID * GRID
        whole = any(begin <= middle and middle + MEAL <= end for begin, end in spans)
        begin = middle if whole else latest
        return [(begin, begin + MEAL)]


_SERVICES = {service.service_id: service for service in SERVICES}


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _meets(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    return any(begin < end and start < until for begin, until in stretches)


def _starts(
    shift: Shift, who: Newcomer, day: date, minutes: int, last: Place | None
) -> Iterator[int]:
    """Starts at which shift and client both can: the last time of day first, then early to late."""
    spells = [
        (
            max(_minute(shift.starts), _minute(spell.starts)),
            min(_minute(shift.ends), _minute(spell.ends)),
        )
        for spell in who.hours
        if spell.weekday == day.weekday()
    ]
    usual = None if last is None else _minute(last.starts_at.time())
    starts = [
        start
        for begin, end in spells
        for start in range(-(-begin // GRID) * GRID, end - minutes + 1, GRID)
    ]
    yield from sorted(starts, key=lambda start: (start != usual, start))
