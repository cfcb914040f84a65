"""``travel``: between two locations on one day lie at least the travel minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.facts import Travel
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    completed,
    location,
    opening,
    problem,
    room,
    shift,
    therapist,
    travel,
    two_clinics,
)

RULE = {"travel"}

NORTH = book("mon 09:00")
SOUTH: dict[str, Any] = {"plan": "ruth-plan", "where": "south"}


def asked(*rows: Travel) -> Problem:
    """Maya may be at both from 09:00 on; the day is too short for a meal."""
    shifts = [*shift(hours="09:00-14:45"), *shift(hours="09:00-14:45", where="south")]
    return problem(two_clinics(travel=rows, shifts=shifts))


def test_travel_starts_after_the_changeover() -> None:
    # 09:00 + 60 + 15 + 30 = 10:45.
    assert broken(asked(travel(30)), NORTH, book("mon 10:45", **SOUTH)) == set()
    assert broken(asked(travel(30)), NORTH, book("mon 10:30", **SOUTH)) == RULE


def test_a_minute_more_is_the_next_start() -> None:
    # 10:15 + 31 = 10:46.
    assert broken(asked(travel(31)), NORTH, book("mon 10:45", **SOUTH)) == RULE
    assert broken(asked(travel(31)), NORTH, book("mon 11:00", **SOUTH)) == set()


def test_a_row_holds_in_both_directions() -> None:
    back = book("mon 09:00", **SOUTH)
    assert broken(asked(travel(30)), back, book("mon 10:45")) == set()
    assert broken(asked(travel(30)), back, book("mon 10:30")) == RULE


def test_of_two_rows_the_longer_counts() -> None:
    for rows in (
        [travel(60), travel(30, "south", "north")],
        [travel(30), travel(60, "south", "north")],
    ):
        assert broken(asked(*rows), NORTH, book("mon 11:00", **SOUTH)) == RULE
        assert broken(asked(*rows), NORTH, book("mon 11:15", **SOUTH)) == set()


def test_a_journey_longer_than_an_appointment() -> None:
    # 10:15 + 150 = 12:45; every start in between is too early.
    far = asked(travel(150))
    for clock in ("10:15", "11:00", "11:45", "12:30"):
        assert broken(far, NORTH, book(f"mon {clock}", **SOUTH)) == RULE
    assert broken(far, NORTH, book("mon 12:45", **SOUTH)) == set()


def test_no_minutes_at_all_are_a_journey_too() -> None:
    assert broken(asked(travel(0)), NORTH, book("mon 10:15", **SOUTH)) == set()
    assert broken(asked(travel(0)), NORTH, book("mon 10:00", **SOUTH)) == {
        *RULE,
        "therapist-overlap",
    }


def test_without_a_row_nobody_works_at_both() -> None:
    assert broken(asked(), NORTH, book("mon 13:30", **SOUTH)) == RULE
    assert broken(asked(), book("mon 13:30"), book("mon 09:00", **SOUTH)) == RULE


def test_another_day_or_another_therapist_needs_no_journey() -> None:
    shifts = [*shift(), *shift(days="tue", where="south"), *shift("omar", where="south")]
    facts = two_clinics(travel=[], shifts=shifts, therapists=[therapist("maya"), therapist("omar")])
    assert broken(problem(facts), NORTH, book("tue 09:00", **SOUTH)) == set()
    other = book("mon 09:00", therapist="omar", **SOUTH)
    assert broken(problem(facts), NORTH, other) == set()


def test_the_way_from_what_happened_today() -> None:
    # At South until 10:00 + 15, then 25 minutes: 10:40.
    here = completed("mon 09:00", key="ruth-plan", room_id="south-1")
    facts = two_clinics(shifts=shift(hours="09:00-16:00"), appointments=[here])
    assert broken(problem(facts), book("mon 10:30")) == RULE
    assert broken(problem(facts), book("mon 10:45")) == set()


def test_three_locations_have_a_journey_for_each_two() -> None:
    # 10:15 + 45 = 11:00 to East, from which South is 25 away.
    facts = two_clinics(
        locations=[location(key) for key in ("east", "north", "south")],
        opening_hours=[row for key in ("east", "north", "south") for row in opening(key)],
        rooms=[room("east-1"), room("north-1"), room("south-1")],
        travel=[travel(45, "east", "north"), travel(25, "south", "east")],
        shifts=[
            row
            for key in ("east", "north", "south")
            for row in shift(hours="09:00-16:00", where=key)
        ],
    )
    east = tuple(replace(c, other_location_ids=("east", "south")) for c in facts.clients)
    asked = problem(replace(facts, clients=east))
    assert broken(asked, NORTH, book("mon 10:45", plan="ruth-plan", where="east")) == RULE
    assert broken(asked, NORTH, book("mon 11:00", plan="ruth-plan", where="east")) == set()
    assert broken(asked, NORTH, book("mon 14:00", **SOUTH)) == RULE
