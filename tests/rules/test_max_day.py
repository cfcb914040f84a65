"""``max-day``: the therapist's hands-on minutes in a day stay within the limit."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    completed,
    network,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clients,
)

RULE = {"max-day"}


def asked(most: int, **tables: Any) -> Problem:
    maya = therapist(max_minutes_per_day=most)
    shifts = [*shift(days="mon tue"), *shift("omar")]
    return problem(two_clients(therapists=[maya, therapist("omar")], shifts=shifts, **tables))


def test_one_appointment() -> None:
    assert broken(asked(59), book("mon 09:00")) == RULE
    assert broken(asked(60), book("mon 09:00")) == set()


def test_changeover_does_not_count() -> None:
    # 60 + 60 = 120, with changeover it would be 150.
    two = book("mon 09:00"), book("mon 10:15", plan="ruth-plan")
    assert broken(asked(119), *two) == RULE
    assert broken(asked(120), *two) == set()


def test_each_day_and_each_therapist_has_a_limit_of_its_own() -> None:
    first = book("mon 09:00")
    assert broken(asked(60), first, book("tue 09:00", plan="ruth-plan")) == set()
    assert broken(asked(60), first, book("mon 09:00", plan="ruth-plan", therapist="omar")) == set()


def test_history_of_the_day_counts() -> None:
    # 60 were done; 60 + 60 = 120.
    done = completed("mon 09:00", key="ruth-plan")
    assert broken(asked(119, appointments=[done]), book("mon 10:15")) == RULE
    assert broken(asked(120, appointments=[done]), book("mon 10:15")) == set()


def test_more_history_than_the_limit_leaves_nothing() -> None:
    done = completed("mon 09:00", key="ruth-plan")
    assert broken(asked(30, appointments=[done]), book("mon 10:15")) == RULE


def test_a_companion_counts() -> None:
    # 60 + 20 = 80.
    for most, rules in ((79, RULE), (80, set())):
        facts = network(
            rooms=[room("north-1"), room("north-2", "adjusting")],
            therapists=[therapist(credentials=frozenset({"LMT", "DC"}), max_minutes_per_day=most)],
            care_plans=[plan(companion_service_id="adjustment")],
        )
        pair = book("mon 09:00"), book("mon 10:15", companion=True)
        assert broken(problem(facts), *pair) == rules
