"""``on-shift``: appointment and changeover lie within one shift there, valid on that day."""

from __future__ import annotations

from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    client,
    location,
    network,
    on,
    opening,
    problem,
    room,
    shift,
    therapist,
)

RULE = {"on-shift"}


def test_changeover_must_lie_within_the_shift_too() -> None:
    # Shift 09:10-10:45: 09:15 + 60 + 15 = 10:30, 09:30 + 75 = 10:45, 09:45 + 75 = 11:00.
    asked = problem(network(shifts=shift(hours="09:10-10:45")))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("mon 09:15")) == set()
    assert broken(asked, book("mon 09:30")) == set()
    assert broken(asked, book("mon 09:45")) == RULE


def test_two_shifts_that_touch_stay_two() -> None:
    asked = problem(network(shifts=[*shift(hours="09:00-10:15"), *shift(hours="10:15-12:00")]))
    assert broken(asked, book("mon 09:00")) == set()
    assert broken(asked, book("mon 09:15")) == RULE
    assert broken(asked, book("mon 10:15")) == set()


def test_both_days_of_validity_belong_to_it() -> None:
    shifts = shift(days="mon tue wed thu", valid=(on("tue"), on("wed")))
    asked = problem(network(shifts=shifts))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("tue 09:00")) == set()
    assert broken(asked, book("wed 09:00")) == set()
    assert broken(asked, book("thu 09:00")) == RULE


def test_a_shift_elsewhere_or_of_somebody_else_does_not_count() -> None:
    facts = network(
        locations=[location("north"), location("south")],
        opening_hours=[*opening("north"), *opening("south")],
        rooms=[room("north-1"), room("south-1")],
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift(where="south"), *shift("omar")],
        clients=[client(other_location_ids=("south",))],
    )
    assert broken(problem(facts), book("mon 09:00")) == RULE
    assert broken(problem(facts), book("mon 09:00", where="south")) == set()
    assert broken(problem(facts), book("mon 09:00", therapist="omar")) == set()
