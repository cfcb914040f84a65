"""``cadence``: 10 for each day by which the days between two sessions miss the interval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from scheduler.facts import Appointment
from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import (
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
)

ALL_DAYS = f"{WORKDAYS} sat sun"


def asked(phases: str, *appointments: Appointment, as_of: str = "mon", weeks: int = 4) -> Problem:
    facts = network(
        shifts=shift(days=ALL_DAYS),
        opening_hours=opening(days=ALL_DAYS),
        client_hours=comes(days=ALL_DAYS),
        care_plans=[plan(phases=phases)],
        appointments=appointments,
    )
    return problem(facts, weeks=weeks, as_of=on(as_of), weights=Weights(unbooked=0))


def missed(phases: str, *days: str) -> int:
    """Points of sessions 1, 2, ... on these days; a dash leaves one out."""
    bookings = [book(f"{d} 09:00", n) for n, d in enumerate(days, 1) if d != "-"]
    return parts(asked(phases), *bookings).get("cadence", 0)


def test_twice_a_week_three_or_four_days_are_right() -> None:
    assert [missed("2x1", "mon", day) for day in ("wed", "thu", "fri", "sat")] == [10, 0, 0, 10]


def test_twice_a_week_across_the_weeks() -> None:
    # Thursday to Monday 4, to Wednesday 6, to Thursday 7; Monday to Thursday 3.
    assert missed("2x2", "mon", "thu", "mon+1", "thu+1") == 0
    assert missed("2x2", "mon", "thu", "wed+1", "sat+1") == 20
    assert missed("2x2", "mon", "thu", "thu+1", "sun+1") == 30


def test_weekly_seven_days() -> None:
    # Wednesday to Monday 5, to Wednesday 7, to Saturday 10.
    assert [missed("1x2", "wed", day) for day in ("mon+1", "wed+1", "sat+1")] == [20, 0, 30]


def test_every_other_week_fourteen_days() -> None:
    # 14 from Monday 1 to 15 March; 9 from Saturday 6; 26 to Saturday 27.
    assert missed("0.5x4", "mon", "mon+2") == 0
    assert missed("0.5x4", "sat", "mon+2") == 50
    assert missed("0.5x4", "mon", "sat+3") == 120


def test_the_interval_is_that_of_the_later_session() -> None:
    # Twice a week, then weekly: from Thursday to Thursday 7.
    assert missed("2x1 1x1", "mon", "thu", "thu+1") == 0
    assert missed("2x1 1x1", "mon", "thu", "mon+1") == 30
    # Weekly, then twice a week: from Thursday to Monday 4.
    assert missed("1x1 2x1", "thu", "mon+1", "thu+1") == 0


def test_over_an_unbooked_session_nothing_is_counted() -> None:
    assert missed("1x3", "mon", "-", "sun+2") == 0
    assert missed("1x3", "-", "mon+1", "-") == 0


def test_what_happened_counts_for_the_session_after_it() -> None:
    # From Monday to Saturday 5.
    for before in (completed("mon 09:00"), no_show("mon 09:00")):
        after = asked("2x1", before, as_of="tue")
        assert parts(after, book("sat 09:00", 2)) == {"cadence": 10}


def test_what_happened_before_the_horizon_counts() -> None:
    # From Monday 22 February to Wednesday 3 March 9.
    before = completed("mon 09:00", starts_at=datetime(2027, 2, 22, 9))
    cares = (plan(phases="1x2", start_date=date(2027, 2, 22)),)
    after = asked("1x2", before)
    after = replace(after, network=replace(after.network, care_plans=cares))
    assert parts(after, book("wed 09:00", 2)) == {"cadence": 20}


def test_a_later_session_beyond_the_horizon_carries_its_own_points() -> None:
    # From Tuesday to Monday 6, which would miss a day; session 2 is not in scope.
    weekly = asked("1x2", promise("mon+1 09:00", 2), weeks=1)
    assert parts(weekly, book("tue 09:00")) == {}


def test_a_settled_later_session_counts() -> None:
    # The plan began on Thursday 25 February: session 1 took place on Friday, session 2 is
    # promised for Sunday, both before the horizon.
    cares = (plan(phases="2x2", start_date=date(2027, 2, 25)),)
    rows = (
        completed("mon 09:00", starts_at=datetime(2027, 2, 26, 9)),
        promise("mon 09:00", 2, starts_at=datetime(2027, 2, 28, 9)),
    )
    twice = asked("2x2", *rows)
    twice = replace(twice, network=replace(twice.network, care_plans=cares))
    # From Friday to Sunday 2: a day too few, settled. From Sunday to Saturday 6: two too many.
    assert parts(twice) == {"cadence": 10}
    assert parts(twice, book("sat 09:00", 3)) == {"cadence": 30}
