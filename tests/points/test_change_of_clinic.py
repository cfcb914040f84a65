"""``change-of-clinic``: 25 for each time a therapist goes to another location within a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from scheduler.facts import Appointment
from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import (
    client,
    comes,
    completed,
    on,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clinics,
)

NAMES = ("dina", "ruth", "tom")


def asked(*appointments: Appointment, **options: Any) -> Problem:
    """Maya may be at North in the morning and late, at South in between; all live anywhere."""
    facts = two_clinics(
        shifts=[
            *shift(days="mon tue", hours="08:00-10:30"),
            *shift(days="mon tue", hours="11:00-13:30", where="south"),
            *shift(days="mon tue", hours="14:00-16:30"),
        ],
        clients=[client(name, other_location_ids=("south",)) for name in NAMES],
        client_hours=[row for name in NAMES for row in comes(name)],
        care_plans=[plan(f"{name}-plan") for name in NAMES],
        appointments=appointments,
    )
    weights = Weights(unbooked=0, away_from_home=0)
    return problem(facts, weights=weights, **options)


EARLY = book("mon 09:00")
NOON = book("mon 12:00", plan="ruth-plan", where="south")
LATE = book("mon 15:00", plan="tom-plan")


def test_each_way_from_one_clinic_to_another() -> None:
    assert parts(asked(), EARLY) == {}
    assert parts(asked(), EARLY, LATE) == {}
    assert parts(asked(), EARLY, NOON) == {"change-of-clinic": 25}
    assert parts(asked(), EARLY, NOON, LATE) == {"change-of-clinic": 50}


def test_another_day_is_no_change() -> None:
    assert parts(asked(), EARLY, book("tue 12:00", plan="ruth-plan", where="south")) == {}


def test_what_happened_counts_on_every_day_of_the_horizon() -> None:
    north = completed("mon 09:00", key="ruth-plan")
    south = completed("mon 12:00", key="tom-plan", room_id="south-1")
    assert parts(asked(north, south, as_of=on("tue"))) == {"change-of-clinic": 25}
    assert parts(asked(north), book("mon 12:00", where="south")) == {"change-of-clinic": 25}
    # Back at North in the afternoon of the same day.
    assert parts(asked(north, south), book("mon 15:00")) == {"change-of-clinic": 50}


def test_history_before_the_horizon_does_not_count() -> None:
    rows = (
        completed("mon 09:00", key="ruth-plan", starts_at=datetime(2027, 2, 22, 9)),
        completed(
            "mon 12:00", key="tom-plan", room_id="south-1", starts_at=datetime(2027, 2, 22, 12)
        ),
    )
    assert parts(asked(*rows)) == {}


def test_companions_do_not_count() -> None:
    # Maya adjusts Dina at North at 10:00, after a massage with Omar; at noon she is at South.
    facts = asked().network
    facts = replace(
        facts,
        rooms=(*facts.rooms, room("north-2", "adjusting")),
        therapists=(therapist("maya", credentials=frozenset({"LMT", "DC"})), therapist("omar")),
        shifts=(*facts.shifts, *shift("omar")),
        care_plans=(plan(companion_service_id="adjustment"), plan("ruth-plan")),
    )
    weights = Weights(unbooked=0, away_from_home=0)
    dina = book("mon 09:00", therapist="omar"), book("mon 10:00", companion=True)
    assert parts(problem(facts, weights=weights), *dina, NOON) == {}
