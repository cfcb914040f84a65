"""The therapists of a region, with their weeks: who works where, when, and when they are off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from bench.networks.clinics import NEIGHBOUR, SATURDAY, hours_of
from bench.networks.names import a_name
from scheduler.facts import Shift, Therapist, TimeOff

TECHNIQUES = (
    "cross-fiber-friction",
    "ischemic-compression",
    "myofascial-release",
    "pnf-stretching",
    "positional-release",
    "post-isometric-relaxation",
    "trigger-point",
)

POSTS = (
    *(("LMT", home) for home in ["beaverton"] * 5 + ["hillsboro"] * 4),
    *(("LMT", home) for home in ["happy-valley"] * 4 + ["gresham"] * 3 + ["beaverton"] * 2),
    *(("DC", home) for home in ("happy-valley", "gresham", "beaverton", "hillsboro")),
    *(("PT", home) for home in ("beaverton", "hillsboro")),
)
"""Each therapist's credential and home clinic."""

LIMITS = {"DC": (420, 2100), "PT": (360, 1800)}
MASSAGE_LIMITS = (240, 270, 300, 330, 360)
MOST_MASSAGE_A_WEEK = 1500
"""Hands-on minutes in a day and a week; massage is hard work, and each says how much is enough."""

KNOWS_EVERYTHING, HELPS_OUT, AWAY_DAY, SPLIT_DAY = 0.38, 0.5, 0.25, 0.12
FIVE_DAYS, SATURDAYS, HAS_TIME_OFF = 0.45, 0.35, 0.6
"""How many are CNMT, work at two clinics, and then on which of their days; days a week."""

WHOLE = (5, 6, 7, 8, 9)
HALVES = (3.5, 4.0, 4.5)
"""Hours of a shift, and of each half where a day is split between two clinics."""

BREAK = 0.5
DAYS_OFF = (None, 1, 2, 5)
"""How long time off lasts, in days; none is an afternoon."""
REASONS = ("vacation", "training", "appointment")

HORIZON = 42


def hire(random: Random, prefix: str, number: int) -> Therapist:
    """The therapist of the post with this number."""
    credential, _ = POSTS[number]
    known: tuple[str, ...] = ()
    credentials = [credential]
    if credential == "LMT":
        known = TECHNIQUES
        if random.random() < KNOWS_EVERYTHING:
            credentials.append("CNMT")
        else:
            known = tuple(random.sample(TECHNIQUES, random.randint(4, 6)))
    key = f"{prefix}t{number + 1:02}"
    day = random.choice(MASSAGE_LIMITS)
    limits = LIMITS.get(credential, (day, min(5 * day, MOST_MASSAGE_A_WEEK)))
    name = a_name(random)
    return Therapist(
        key, name, f"{key}@clinic.example", frozenset(credentials), frozenset(known), *limits
    )


def shifts_of(random: Random, prefix: str, number: int) -> list[Shift]:
    """The week of the therapist of a post."""
    home = POSTS[number][1]
    second = NEIGHBOUR[home] if random.random() < HELPS_OUT else None
    days = sorted(random.sample(range(5), 5 if random.random() < FIVE_DAYS else 4))
    if home in SATURDAY and random.random() < SATURDAYS:
        days.append(5)
    return [
        Shift(
            f"{prefix}t{number + 1:02}",
            f"{prefix}{clinic}",
            day,
            _clock(begin),
            _clock(end),
            None,
            None,
        )
        for day in days
        for clinic, begin, end in _day(random, home, second, day)
    ]


def _day(random: Random, home: str, second: str | None, day: int) -> list[tuple[str, float, float]]:
    """Where somebody works on a weekday, and from when to when, in hours."""
    if day == 5:  # noqa: PLR2004 - Saturdays are short: everybody stays to the end
        opens, closes = SATURDAY[home]
        return [(home, opens, closes)]
    if second and random.random() < SPLIT_DAY:
        return _split(random, home, second, day)
    clinic = second if second and random.random() < AWAY_DAY else home
    opens, closes = hours_of(clinic, day) or (0, 0)
    hours = random.choice(WHOLE)
    begin = opens + random.choice((0.0, 0.5, 1.0)) * (closes - opens - hours)
    return [(clinic, begin, begin + hours)]


def _split(random: Random, home: str, second: str, day: int) -> list[tuple[str, float, float]]:
    first, last = random.sample((home, second), 2)
    opens, closes = (hours_of(first, day) or (0, 0))[0], (hours_of(last, day) or (0, 0))[1]
    half = random.choice([h for h in HALVES if 2 * h + BREAK <= closes - opens])
    slack = closes - opens - 2 * half - BREAK
    begin = opens + random.choice((0, int(slack), int(2 * slack) / 2))
    middle = begin + half + BREAK
    return [(first, begin, begin + half), (last, middle, middle + half)]


def _clock(hours: float) -> time:
    return time(int(hours), int(hours % 1 * 60))


def time_off_of(random: Random, prefix: str, number: int, start: date) -> list[TimeOff]:
    """What they take off in the weeks to be planned, if anything."""
    if random.random() > HAS_TIME_OFF:
        return []
    days = random.choice(DAYS_OFF)
    first = datetime.combine(start, time()) + timedelta(days=random.randrange(HORIZON))
    begins = first + timedelta(hours=12 if days is None else 0)
    ends = begins + (timedelta(hours=5) if days is None else timedelta(days=days))
    return [TimeOff(f"{prefix}t{number + 1:02}", begins, ends, random.choice(REASONS))]
