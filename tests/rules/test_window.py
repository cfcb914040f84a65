"""``window``: a session is booked within its plan week, or its two plan weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import MONDAY, WORKDAYS, network, on, plan, problem, shift

RULE = {"window"}


def asked(phases: str, **fields: Any) -> Problem:
    care = plan(phases=phases, **fields)
    return problem(network(shifts=shift(days=WORKDAYS), care_plans=[care]), weeks=4)


def test_a_plan_week_begins_on_the_weekday_of_the_start() -> None:
    # From Wednesday 3 March: session 1 until Tuesday the 9th, session 2 from the 10th on.
    weekly = asked("1x2", start_date=on("wed"))
    for day, rules in (("tue", RULE), ("wed", set()), ("tue+1", set()), ("wed+1", RULE)):
        assert broken(weekly, book(f"{day} 09:00")) == rules
    for day, rules in (("tue+1", RULE), ("wed+1", set()), ("tue+2", set()), ("wed+2", RULE)):
        assert broken(weekly, book(f"{day} 09:00", 2)) == rules


def test_twice_a_week_both_sessions_have_the_same_week() -> None:
    twice = asked("2x2")
    for number in (1, 2):
        assert broken(twice, book("mon 09:00", number)) == set()
        assert broken(twice, book("fri 09:00", number)) == set()
        assert broken(twice, book("mon+1 09:00", number)) == RULE


def test_every_other_week_has_two_weeks() -> None:
    rare = asked("0.5x4")
    assert broken(rare, book("fri+1 09:00", 1)) == set()
    assert broken(rare, book("mon+2 09:00", 1)) == RULE
    assert broken(rare, book("fri+1 09:00", 2)) == RULE
    assert broken(rare, book("fri+3 09:00", 2)) == set()


def test_phases_follow_one_another() -> None:
    # Two sessions in week 1, one in week 2, one in weeks 3 and 4.
    phases = asked("2x1 1x1 0.5x2")
    for number, first, last in ((2, "mon", "fri"), (3, "mon+1", "fri+1"), (4, "mon+2", "fri+3")):
        assert broken(phases, book(f"{first} 09:00", number)) == set()
        assert broken(phases, book(f"{last} 09:00", number)) == set()
    assert broken(phases, book("mon+1 09:00", 2)) == RULE
    assert broken(phases, book("fri 09:00", 3)) == RULE


def test_a_single_week_of_every_other_week_calls_for_nothing() -> None:
    # Weeks 1 and 2 have session 1, week 3 none, week 4 session 2.
    phases = asked("0.5x3 1x1")
    assert broken(phases, book("mon+2 09:00", 2)) == RULE
    assert broken(phases, book("mon+3 09:00", 2)) == set()


def test_a_window_that_began_before_the_horizon() -> None:
    # From Thursday 25 February: session 1 until Wednesday 3 March.
    early = asked("1x1", start_date=MONDAY - timedelta(days=4))
    assert broken(early, book("wed 09:00")) == set()
    assert broken(early, book("thu 09:00")) == RULE
