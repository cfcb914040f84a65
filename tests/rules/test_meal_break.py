"""``meal-break``: on a long day thirty free minutes lie two to six hours in."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    completed,
    network,
    problem,
    service,
    shift,
    travel,
    two_clients,
    two_clinics,
)

RULE = {"meal-break"}


def day(minutes: int, hours: str = "08:00-14:00", **tables: Any) -> Problem:
    """Dina's treatment takes so long; the meal window of 08:00-14:00 is 10:00-14:00."""
    services = [service("massage", minutes=minutes, changeover_minutes=15)]
    return problem(two_clients(services=services, shifts=shift(hours=hours), **tables))


def test_the_window_is_two_to_six_hours_after_the_start() -> None:
    # 10:00 + 195 + 15 = 13:30 leaves 13:30-14:00; 5 minutes more do not.
    assert broken(day(195), book("mon 10:00")) == set()
    assert broken(day(200), book("mon 10:00")) == RULE


def test_the_minutes_before_two_hours_do_not_count() -> None:
    # 08:00-14:00 is a long day. From 10:15 to 14:00: 15 minutes before it lie in the window.
    # From 10:30 on there are 30.
    assert broken(day(210), book("mon 10:15")) == RULE
    assert broken(day(195), book("mon 10:30")) == set()


def test_a_day_under_six_hours_has_no_meal() -> None:
    # 08:00-13:59 is a minute short: 10:00 + 210 + 15 = 13:45.
    assert broken(day(210, "08:00-13:59"), book("mon 10:00")) == set()
    assert broken(day(210, "08:00-14:00"), book("mon 10:00")) == RULE


def test_shifts_span_from_the_first_start_to_the_last_end() -> None:
    # 08:00-10:00 and 10:00-14:00 span six hours.
    shifts = [*shift(hours="08:00-10:00"), *shift(hours="10:00-14:00")]
    services = [service("massage", minutes=210)]
    asked = problem(network(services=services, shifts=shifts))
    assert broken(asked, book("mon 10:00")) == RULE


def test_a_gap_between_shifts_is_free() -> None:
    # 11:30-12:00 belongs to no shift, and is long enough.
    shifts = [*shift(hours="08:00-11:30"), *shift(hours="12:00-15:00")]
    asked = problem(two_clients(services=[service("massage", minutes=165)], shifts=shifts))
    first, second = book("mon 08:30"), book("mon 12:00", plan="ruth-plan")
    assert broken(asked, first, second) == set()


def test_the_thirty_minutes_are_in_one_piece() -> None:
    # 09:45 + 90 + 15 = 11:30; from 11:45 on there are 15 minutes between, and
    # 11:45 + 105 = 13:30 leaves 13:30-14:00, if the second takes no longer.
    first = book("mon 09:45")
    assert broken(day(105), first, book("mon 12:00", plan="ruth-plan")) == RULE
    assert broken(day(90), first, book("mon 12:00", plan="ruth-plan")) == set()
    assert broken(day(90), first, book("mon 11:45", plan="ruth-plan")) == set()


def test_history_counts_where_something_is_booked() -> None:
    # Ruth was there 10:00-12:00 + 15; Dina from 12:30 to 13:30 + 15 leaves 15 and 15 minutes.
    done = completed("mon 10:00", key="ruth-plan", minutes=120)
    facts = two_clients(shifts=shift(hours="08:00-14:00"), appointments=[done])
    assert broken(problem(facts), book("mon 12:30")) == RULE
    assert broken(problem(facts), book("mon 12:45")) == set()


def test_another_day_has_a_meal_of_its_own() -> None:
    done = completed("mon 10:00", key="ruth-plan", minutes=225)
    facts = two_clients(shifts=shift(days="mon tue", hours="08:00-14:00"), appointments=[done])
    assert broken(problem(facts), book("mon 08:00")) == RULE
    assert broken(problem(facts), book("tue 10:00")) == set()


def two_places(minutes: int, second: str) -> set[str]:
    """North 09:00-11:00 + 15, then South until 13:45 + 15; the window is 11:00-15:00."""
    facts = two_clinics(
        travel=[travel(minutes)],
        services=[service("massage", minutes=120)],
        shifts=[*shift(hours="09:00-11:15"), *shift(hours="11:15-15:15", where="south")],
    )
    later = book(second, plan="ruth-plan", where="south")
    return broken(problem(facts), book("mon 09:00"), later)


def test_travel_is_no_meal() -> None:
    # From 11:15 on: 25 minutes of travel and 30 of meal end at 12:10, so 12:00 is too early,
    # but after 12:00 + 120 + 15 = 14:15 there are 45 minutes to 15:00.
    assert two_places(25, "mon 12:00") == set()
    # 12:30 + 135 = 14:45 leaves 15; before it 11:15 + 25 + 30 = 12:10 fits, + 45 + 30 = 12:30 does,
    # + 46 + 30 = 12:31 does not.
    assert two_places(25, "mon 12:30") == set()
    assert two_places(45, "mon 12:30") == set()
    assert two_places(46, "mon 12:30") == RULE
