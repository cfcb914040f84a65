"""The clients of a region, each with a care plan: when they can come, and what they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from bench.networks.clinics import NEAR, ROOMS
from bench.networks.names import a_name
from bench.networks.plans import a_plan
from scheduler.facts import CarePlan, Client, ClientAway, ClientHours, Therapist

HOMES = {"beaverton": 0.29, "hillsboro": 0.24, "happy-valley": 0.245, "gresham": 0.225}
ALSO_COMES_TO, PREFERS_SOMEBODY, GOES_AWAY = 0.4, 0.34, 0.14
"""Shares: of each clinic near by, of clients with a wish, and with some days away."""

DAYS_AWAY = (2, 4, 7)
HORIZON = 42

Hours = tuple[tuple[int, time, time], ...]
"""Weekday, from when, until when."""

WEEKDAYS, WITH_SATURDAY = range(5), range(6)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A client with all that is known of one."""

    client: Client
    hours: tuple[ClientHours, ...]
    away: tuple[ClientAway, ...]
    plan: CarePlan


AROUND_WORK: Hours = (
    *((day, time(7), time(9, 30)) for day in WEEKDAYS),
    *((day, time(11, 30), time(13, 30)) for day in WEEKDAYS),
    *((day, time(16, 30), time(20)) for day in WEEKDAYS),
    (5, time(9), time(14)),
)
ANY_TIME: Hours = tuple((day, time(8), time(20)) for day in WITH_SATURDAY)
AFTERNOONS: Hours = tuple((day, time(13), time(20)) for day in WEEKDAYS)
MORNINGS: Hours = tuple((day, time(9), time(14, 30)) for day in WEEKDAYS)
THREE_DAYS: Hours = ()
"""Of the week with any time, drawn for each client."""

HABITS = (AROUND_WORK, ANY_TIME, AFTERNOONS, MORNINGS, THREE_DAYS)
SHARES = (0.28, 0.25, 0.17, 0.14, 0.16)


def a_client(
    random: Random, prefix: str, number: int, therapists: Sequence[Therapist], start: date
) -> Newcomer:
    """The client with this number."""
    key = f"{prefix}c{number:04}"
    (home,) = random.choices(list(HOMES), list(HOMES.values()))
    others = tuple(f"{prefix}{x}" for x in NEAR[home] if random.random() < ALSO_COMES_TO)
    masseurs = [t.therapist_id for t in therapists if "LMT" in t.credentials]
    wish = random.choice(masseurs) if random.random() < PREFERS_SOMEBODY else None
    client = Client(
        key,
        a_name(random),
        f"{key}@mail.example",
        f"503-555-{random.randrange(1000, 10000)}",
        f"{prefix}{home}",
        others,
        wish,
    )
    (habit,) = random.choices(HABITS, SHARES)
    spells = habit or tuple(sorted(random.sample(ANY_TIME, 3)))
    hours = tuple(ClientHours(key, *spell) for spell in spells)
    plan = a_plan(random, f"{prefix}p{number:04}", key, start, rehab="rehab" in ROOMS[home])
    return Newcomer(client, hours, _days_away(random, key, start), plan)


def _days_away(random: Random, key: str, start: date) -> tuple[ClientAway, ...]:
    if random.random() > GOES_AWAY:
        return ()
    first = start + timedelta(days=random.randrange(HORIZON))
    return (ClientAway(key, first, first + timedelta(days=random.choice(DAYS_AWAY) - 1)),)
