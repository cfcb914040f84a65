"""The four clinics of a region: opening hours, rooms, the way between them, and what they offer."""

from __future__ import annotations

from datetime import date, time, timedelta

from scheduler.facts import Closure, Location, OpeningHours, Room, Service, Travel

ZONE = "America/Los_Angeles"

CLINICS = ("beaverton", "hillsboro", "happy-valley", "gresham")

NEIGHBOUR = {
    "beaverton": "hillsboro",
    "hillsboro": "beaverton",
    "happy-valley": "gresham",
    "gresham": "happy-valley",
}
"""Where a therapist of a clinic helps out: near enough for both on one day."""

NEAR = {
    "beaverton": ("hillsboro", "happy-valley"),
    "hillsboro": ("beaverton", "happy-valley"),
    "happy-valley": ("beaverton", "gresham"),
    "gresham": ("happy-valley", "beaverton"),
}
"""Where else a clinic's clients may be ready to go."""

MINUTES = {
    ("beaverton", "hillsboro"): 25,
    ("beaverton", "happy-valley"): 35,
    ("beaverton", "gresham"): 45,
    ("hillsboro", "happy-valley"): 50,
    ("hillsboro", "gresham"): 55,
    ("happy-valley", "gresham"): 25,
}

ROOMS = {
    "beaverton": {"massage": 5, "adjusting": 2, "rehab": 1},
    "hillsboro": {"massage": 4, "adjusting": 1, "rehab": 1},
    "happy-valley": {"massage": 4, "adjusting": 1},
    "gresham": {"massage": 3, "adjusting": 1},
}

WEEK = {"beaverton": (8, 19), "hillsboro": (9, 19), "happy-valley": (8, 18), "gresham": (9, 18)}
LATE = {"gresham": (9, 20)}
LATE_DAYS = (1, 3)
SATURDAY = {"beaverton": (9, 14), "hillsboro": (9, 13)}
"""Hours in which a clinic is open: Monday to Friday, Tuesday and Thursday where late, Saturday."""

SERVICES = (
    Service("nmt-intake", "Neuromuscular intake and first session", 75, 15, "LMT", "massage"),
    Service("nmt-60", "Neuromuscular massage, 60 min", 60, 15, "LMT", "massage"),
    Service("nmt-90", "Neuromuscular massage, 90 min", 90, 15, "LMT", "massage"),
    Service("adjustment-15", "Chiropractic adjustment", 15, 0, "DC", "adjusting"),
    Service("pt-45", "Physical therapy, 45 min", 45, 0, "PT", "rehab"),
)

_CLOSED_AFTER = timedelta(days=18)


def hours_of(clinic: str, weekday: int) -> tuple[int, int] | None:
    """When a clinic opens and closes on a weekday (0 is Monday), in whole hours."""
    if weekday > 4:  # noqa: PLR2004 - the weekend
        return SATURDAY.get(clinic) if weekday == 5 else None  # noqa: PLR2004 - Saturday
    return LATE.get(clinic, WEEK[clinic]) if weekday in LATE_DAYS else WEEK[clinic]


def locations(prefix: str) -> tuple[Location, ...]:
    """The clinics, whose ids begin with the region's prefix."""
    return tuple(
        Location(
            f"{prefix}{clinic}",
            f"{clinic.replace('-', ' ').title()} {prefix.strip('r-')}",
            f"{number}00 Example Street",
            ZONE,
            f"503-555-{number:04}",
        )
        for number, clinic in enumerate(CLINICS, start=1)
    )


def opening_hours(prefix: str) -> tuple[OpeningHours, ...]:
    """When they are open."""
    return tuple(
        OpeningHours(f"{prefix}{clinic}", weekday, time(hours[0]), time(hours[1]))
        for clinic in CLINICS
        for weekday in range(6)
        if (hours := hours_of(clinic, weekday))
    )


def rooms(prefix: str) -> tuple[Room, ...]:
    """Their rooms."""
    return tuple(
        Room(f"{prefix}{clinic}-{kind}-{n}", f"{prefix}{clinic}", f"{kind.title()} {n}", kind)
        for clinic in CLINICS
        for kind, count in ROOMS[clinic].items()
        for n in range(1, count + 1)
    )


def travel(prefix: str) -> tuple[Travel, ...]:
    """The way between them."""
    return tuple(
        Travel(f"{prefix}{one}", f"{prefix}{other}", minutes)
        for (one, other), minutes in MINUTES.items()
    )


def closures(prefix: str, start: date) -> tuple[Closure, ...]:
    """One clinic is closed on the third Friday."""
    return (Closure(f"{prefix}gresham", start + _CLOSED_AFTER, "Building maintenance"),)
