"""What has happened by the first Monday, and what is promised for the two weeks after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from bench.networks.clients import Newcomer
from bench.networks.clinics import SERVICES
from bench.networks.diary import Diary, Place
from scheduler.care_plans import Session, sessions_of
from scheduler.facts import Appointment, AppointmentStatus, Frequency, PlanStatus

PROMISED = {-1: 0.3, 5: 0.36, 12: 0.34}
"""How far ahead a client has appointments, in days from the first Monday, and how many do."""

NO_SHOW, PINNED, FAITHFUL = 0.09, 0.09, 0.45
"""Shares: of past sessions, of promises, and of sessions that ask for the therapist of the last."""

INTERVAL = {Frequency.TWICE_A_WEEK: 3, Frequency.WEEKLY: 7, Frequency.EVERY_OTHER_WEEK: 14}
SPACING = {Frequency.TWICE_A_WEEK: 2, Frequency.WEEKLY: 4, Frequency.EVERY_OTHER_WEEK: 8}
"""Days from one session to the next: as they should be, and at least."""

_MINUTES = {service.service_id: service.minutes for service in SERVICES}


def appointments_of(
    random: Random, prefix: str, clients: Sequence[Newcomer], diary: Diary, start: date
) -> tuple[Appointment, ...]:
    """Everything that was booked, plan by plan in the order in which they began."""
    numbers = count(1)
    return tuple(
        _appointment(random, f"{prefix}a{next(numbers):05}", session, place, start)
        for who in sorted(clients, key=lambda x: (x.plan.start_date, x.plan.plan_id))
        for session, place in _course(random, who, diary, start)
    )


def _course(
    random: Random, who: Newcomer, diary: Diary, start: date
) -> Iterator[tuple[Session, Place]]:
    """A plan's sessions one after the other, as far ahead as the client has been booked."""
    ahead, shares = list(PROMISED), list(PROMISED.values())
    end = start + timedelta(days=random.choices(ahead, shares)[0])
    plan = who.plan
    held = plan.contraindications and not plan.cleared_on
    if held or plan.status is not PlanStatus.ACTIVE:
        return
    before: tuple[Session, Place] | None = None
    for session in sessions_of(plan)[: plan.authorised_visits]:
        days = list(_days(session, before, min(end, plan.authorised_until or end)))
        last = before[1] if before else None
        if last is not None and random.random() > FAITHFUL:
            last = replace(last, therapist_id="")
        place = diary.book(session, who, days, last)
        if place is not None:
            before = (session, place)
            yield before
        elif session.closes > start:  # a client who got no appointment is not given a later one
            return


def _days(session: Session, before: tuple[Session, Place] | None, end: date) -> Iterator[date]:
    """The days of a session's window before the end: from the ideal one on, then those before."""
    first = ideal = session.opens
    if before is not None:
        earlier, place = before
        seen = place.starts_at.date()
        apart = min(SPACING[session.frequency], SPACING[earlier.frequency])
        first = max(first, seen + timedelta(days=apart))
        ideal = max(first, seen + timedelta(days=INTERVAL[session.frequency]))
    last = min(session.closes - timedelta(days=1), end)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    yield from sorted(days, key=lambda day: (day < ideal, abs((day - ideal).days)))


def _appointment(
    random: Random, key: str, session: Session, place: Place, start: date
) -> Appointment:
    missed, pinned = random.random() < NO_SHOW, random.random() < PINNED
    past = place.starts_at.date() < start
    happened = AppointmentStatus.NO_SHOW if missed else AppointmentStatus.COMPLETED
    return Appointment(
        key,
        session.plan_id,
        session.number,
        session.service_id,
        place.therapist_id,
        place.room_id,
        place.starts_at,
        _MINUTES[session.service_id],
        happened if past else AppointmentStatus.BOOKED,
        pinned=pinned and not past,
    )
