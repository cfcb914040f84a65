"""One region: four clinics, their staff, as many clients as keep them busy, and what is booked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bench.networks import clinics, staff
from bench.networks.booking import appointments_of
from bench.networks.clients import Newcomer, a_client
from bench.networks.diary import Diary
from scheduler.care_plans import sessions_of
from scheduler.facts import Network, PlanStatus, Shift, Therapist, TimeOff

WEEKS = 6

LOAD = 0.58
"""Of the minutes that massage therapists can work in the horizon, so many are asked for.

It is what makes a region hard. It comes out as 0.60, as in the demo, since some sessions of the
weeks before are still to be booked.
"""


def make_region(number: int, seed: int, start: date) -> Network:
    """The region with this number: the same whatever else is made, with ids of its own.

    Raises:
        ValueError: if ``start`` is no Monday.
    """
    if start.weekday() != 0:
        raise ValueError(f"the weeks start on {start:%A}, {start}. Maybe on a Monday?")
    random, prefix = Random(f"{seed}-{number}"), f"r{number:03}-"
    posts = range(len(staff.POSTS))
    therapists = tuple(staff.hire(random, prefix, post) for post in posts)
    shifts = tuple(x for post in posts for x in staff.shifts_of(random, prefix, post))
    off = tuple(x for post in posts for x in staff.time_off_of(random, prefix, post, start))
    wanted = LOAD * _minutes_offered(therapists, shifts, off, start)
    clients = tuple(_clients(random, prefix, therapists, start, wanted))
    closures = clinics.closures(prefix, start)
    rooms = clinics.rooms(prefix)
    closed = frozenset((x.location_id or "", x.date) for x in closures)
    diary = Diary(therapists, shifts, rooms, off, closed)
    return Network(
        locations=clinics.locations(prefix),
        opening_hours=clinics.opening_hours(prefix),
        closures=closures,
        rooms=rooms,
        travel=clinics.travel(prefix),
        services=clinics.SERVICES,
        therapists=therapists,
        shifts=shifts,
        time_off=off,
        clients=tuple(x.client for x in clients),
        client_hours=tuple(hours for x in clients for hours in x.hours),
        client_away=tuple(away for x in clients for away in x.away),
        care_plans=tuple(x.plan for x in clients),
        appointments=appointments_of(random, prefix, clients, diary, start),
    )


def _clients(
    random: Random, prefix: str, therapists: tuple[Therapist, ...], start: date, wanted: float
) -> Iterator[Newcomer]:
    """Clients, until their sessions ask for so many minutes of massage."""
    asked, number = 0, 0
    while asked < wanted:
        number += 1
        newcomer = a_client(random, prefix, number, therapists, start)
        asked += _minutes_asked(newcomer, start)
        yield newcomer


def _minutes_asked(newcomer: Newcomer, start: date) -> int:
    """Minutes of massage that a plan calls for in the horizon, of sessions not over by then.

    A session whose window has half passed by the first Monday counts as over.
    """
    plan = newcomer.plan
    if plan.status is not PlanStatus.ACTIVE or (plan.contraindications and not plan.cleared_on):
        return 0
    end = start + timedelta(weeks=WEEKS)
    minutes = {x.service_id: x.minutes for x in clinics.SERVICES if x.credential == "LMT"}
    return sum(
        minutes.get(session.service_id, 0)
        for session in sessions_of(plan)
        if session.opens < end and start < session.opens + (session.closes - session.opens) / 2
    )


def _minutes_offered(
    therapists: tuple[Therapist, ...],
    shifts: tuple[Shift, ...],
    off: tuple[TimeOff, ...],
    start: date,
) -> int:
    """Minutes that massage therapists may work in the horizon, by their own limits."""
    total = 0
    for therapist in therapists:
        if "LMT" not in therapist.credentials:
            continue
        own = therapist.therapist_id
        weekdays = {shift.weekday for shift in shifts if shift.therapist_id == own}
        gone = {
            x.starts_at.date() + timedelta(days=day)
            for x in off
            if x.therapist_id == own
            for day in range((x.ends_at - x.starts_at).days)
        }
        for monday in (start + timedelta(weeks=week) for week in range(WEEKS)):
            days = sum(monday + timedelta(days=day) not in gone for day in weekdays)
            per_day = days * therapist.max_minutes_per_day
            total += min(per_day, therapist.max_minutes_per_week)
    return total
