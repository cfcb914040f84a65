"""``max-week``: the therapist's hands-on minutes in an ISO week stay within the limit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    MONDAY,
    WORKDAYS,
    comes,
    completed,
    on,
    opening,
    plan,
    problem,
    shift,
    therapist,
    two_clients,
)

RULE = {"max-week"}

ALL_DAYS = f"{WORKDAYS} sat sun"


def asked(most: int, **options: Any) -> Problem:
    as_of = options.pop("as_of", MONDAY)
    facts = two_clients(
        therapists=[therapist(max_minutes_per_week=most), therapist("omar")],
        shifts=[*shift(days=ALL_DAYS), *shift("omar", ALL_DAYS)],
        opening_hours=opening(days=ALL_DAYS),
        client_hours=[*comes("dina", ALL_DAYS), *comes("ruth", ALL_DAYS)],
        care_plans=[plan("dina-plan", "1x2"), plan("ruth-plan", "1x2")],
        **options,
    )
    return problem(facts, weeks=2, as_of=as_of)


def test_all_days_from_monday_to_sunday_count() -> None:
    # 60 + 60 = 120.
    two = book("mon 09:00"), book("sun 09:00", plan="ruth-plan")
    assert broken(asked(119), *two) == RULE
    assert broken(asked(120), *two) == set()


def test_the_next_monday_begins_another_week() -> None:
    assert broken(asked(60), book("sun 09:00"), book("mon+1 09:00", 2, "ruth-plan")) == set()


def test_each_therapist_has_a_limit_of_her_own() -> None:
    other = book("tue 09:00", plan="ruth-plan", therapist="omar")
    assert broken(asked(60), book("mon 09:00"), other) == set()


def test_history_of_the_week_counts_also_before_the_day_of_planning() -> None:
    done = completed("mon 09:00", key="ruth-plan")
    for most, rules in ((119, RULE), (120, set())):
        week = asked(most, appointments=[done], as_of=on("wed"))
        assert broken(week, book("thu 09:00")) == rules


def test_history_of_the_week_before_does_not_count() -> None:
    done = completed("mon 09:00", key="ruth-plan", starts_at=datetime(2027, 2, 28, 9))
    assert broken(asked(60, appointments=[done]), book("mon 09:00")) == set()
