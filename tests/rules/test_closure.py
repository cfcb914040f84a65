"""``closure``: not on a day on which the location is closed."""

from __future__ import annotations

from datetime import date

from scheduler.facts import Closure
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import client, location, network, on, opening, problem, room, shift

RULE = {"closure"}


def two_days(*closures: Closure) -> Problem:
    return problem(
        network(
            locations=[location("north"), location("south")],
            opening_hours=[*opening("north"), *opening("south")],
            rooms=[room("north-1"), room("south-1")],
            shifts=[*shift(days="mon tue"), *shift(days="wed", where="south")],
            clients=[client(other_location_ids=("south",))],
            closures=closures,
        )
    )


def test_only_that_day_and_that_location() -> None:
    asked = two_days(Closure("north", on("mon"), "Painting"), Closure("south", on("tue"), ""))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("tue 09:00")) == set()
    assert broken(asked, book("wed 09:00", where="south")) == set()


def test_without_a_location_all_of_them_are_closed() -> None:
    asked = two_days(Closure(None, on("mon"), ""), Closure(None, on("wed"), ""))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("tue 09:00")) == set()
    assert broken(asked, book("wed 09:00", where="south")) == RULE


def test_closures_of_other_weeks_do_not_matter() -> None:
    last_week, next_week = Closure(None, date(2027, 2, 22), ""), Closure(None, on("mon+1"), "")
    assert broken(two_days(last_week, next_week), book("mon 09:00")) == set()
