"""``spacing``: between neighbouring sessions lie 2, 4 or 8 days; of two phases the smaller."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from scheduler.facts import Appointment, AppointmentStatus
from scheduler.horizon import Horizon
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    MONDAY,
    WORKDAYS,
    comes,
    completed,
    network,
    no_show,
    on,
    opening,
    plan,
    problem,
    promise,
    shift,
    two_clients,
)

RULE = {"spacing"}

ALL_DAYS = f"{WORKDAYS} sat sun"


def asked(phases: str, *appointments: Appointment, as_of: date = MONDAY, **fields: Any) -> Problem:
    facts = network(
        shifts=shift(days=ALL_DAYS),
        opening_hours=opening(days=ALL_DAYS),
        client_hours=comes(days=ALL_DAYS),
        care_plans=[plan(phases=phases, **fields)],
        appointments=appointments,
    )
    return problem(facts, weeks=4, as_of=as_of)


def test_twice_a_week_two_days() -> None:
    # 0.6 x 3.5 = 2.1.
    twice = asked("2x1")
    assert broken(twice, book("tue 09:00"), book("wed 09:00", 2)) == RULE
    assert broken(twice, book("tue 09:00"), book("thu 09:00", 2)) == set()


def test_start_dates_count_not_hours() -> None:
    # From Tuesday 10:45 to Thursday 09:00 are less than 48 hours.
    assert broken(asked("2x1"), book("tue 10:45"), book("thu 09:00", 2)) == set()


def test_weekly_four_days() -> None:
    # 0.6 x 7 = 4.2; from Friday the 5th to Tuesday the 9th.
    weekly = asked("1x2")
    assert broken(weekly, book("fri 09:00"), book("mon+1 09:00", 2)) == RULE
    assert broken(weekly, book("fri 09:00"), book("tue+1 09:00", 2)) == set()


def test_every_other_week_eight_days() -> None:
    # 0.6 x 14 = 8.4; from Thursday the 11th to Friday the 19th.
    rare = asked("0.5x4")
    assert broken(rare, book("thu+1 09:00"), book("thu+2 09:00", 2)) == RULE
    assert broken(rare, book("thu+1 09:00"), book("fri+2 09:00", 2)) == set()


def test_between_two_phases_the_smaller_counts() -> None:
    # Twice a week, then weekly: two days, not four. From Saturday to Monday.
    assert broken(asked("2x1 1x1"), book("sun 09:00", 2), book("mon+1 09:00", 3)) == RULE
    assert broken(asked("2x1 1x1"), book("sat 09:00", 2), book("mon+1 09:00", 3)) == set()
    # Every other week, then twice a week: two days as well.
    assert broken(asked("0.5x2 2x1"), book("sun+1 09:00"), book("mon+2 09:00", 2)) == RULE
    assert broken(asked("0.5x2 2x1"), book("sat+1 09:00"), book("mon+2 09:00", 2)) == set()


def test_sessions_stay_in_order() -> None:
    assert broken(asked("2x1"), book("fri 09:00"), book("mon 09:00", 2)) == RULE
    assert broken(asked("2x1"), book("fri 09:00"), book("fri 10:15", 2)) == RULE


def test_over_an_unbooked_session_the_next_one_counts() -> None:
    # Session 2 is missing: between 1 and 3 lie two days, from Sunday to Tuesday.
    assert broken(asked("2x2"), book("sun 09:00", 1), book("mon+1 09:00", 3)) == RULE
    assert broken(asked("2x2"), book("sun 09:00", 1), book("tue+1 09:00", 3)) == set()


def test_what_happened_counts() -> None:
    # From Monday to Wednesday; a no-show counts as well.
    for before in (completed("mon 09:00"), no_show("mon 09:00")):
        twice = asked("2x1", before, as_of=on("tue"))
        assert broken(twice, book("tue 09:00", 2)) == RULE
        assert broken(twice, book("wed 09:00", 2)) == set()


def test_what_happened_before_the_horizon_counts() -> None:
    # Session 1 was on Sunday 28 February, the last day of its week.
    before = completed("mon 09:00", starts_at=datetime(2027, 2, 28, 9))
    weekly = asked("1x2", before, start_date=date(2027, 2, 22))
    assert broken(weekly, book("wed 09:00", 2)) == RULE
    assert broken(weekly, book("thu 09:00", 2)) == set()


def test_a_cancelled_session_does_not_count() -> None:
    cancelled = replace(completed("mon 09:00"), status=AppointmentStatus.CANCELLED)
    twice = asked("2x1", cancelled, as_of=on("tue"))
    assert broken(twice, book("tue 09:00", 2)) == set()


def test_a_later_promise_that_stays_counts() -> None:
    # Session 2 is booked on Monday 8 March, after a horizon of one week.
    weekly = replace(asked("1x2", promise("mon+1 09:00", 2)), horizon=Horizon(MONDAY, 1))
    assert broken(weekly, book("fri 09:00")) == RULE
    assert broken(weekly, book("thu 09:00")) == set()


def test_another_plan_has_its_own_rhythm() -> None:
    facts = two_clients(shifts=shift(days=WORKDAYS))
    assert broken(problem(facts), book("tue 09:00"), book("wed 09:00", plan="ruth-plan")) == set()
