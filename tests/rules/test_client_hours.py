"""``client-hours``: the hands-on minutes lie within one of the client's weekly intervals."""

from __future__ import annotations

from dataclasses import replace

from scheduler.facts import Refusal
from scheduler.problem import Problem
from tests.scheduler.both import Engine, book, broken
from tests.scheduler.tiny import at, comes, network, problem, two_clients

RULE = {"client-hours"}


def test_to_the_minute_and_without_the_changeover() -> None:
    # 09:05-10:30: 09:15 + 60 = 10:15, 09:30 + 60 = 10:30, and the changeover is not Dina's time.
    asked = problem(network(client_hours=comes(hours="09:05-10:30")))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("mon 09:15")) == set()
    assert broken(asked, book("mon 09:30")) == set()
    assert broken(asked, book("mon 09:45")) == RULE


def test_two_intervals_that_touch_stay_two() -> None:
    hours = [*comes(hours="08:00-10:00"), *comes(hours="10:00-12:00")]
    asked = problem(network(client_hours=hours))
    assert broken(asked, book("mon 09:00")) == set()
    assert broken(asked, book("mon 09:15")) == RULE
    assert broken(asked, book("mon 10:00")) == set()


def test_of_intervals_that_overlap_the_longest_counts() -> None:
    hours = [*comes(hours="08:00-11:00"), *comes(hours="09:00-09:30")]
    assert broken(problem(network(client_hours=hours)), book("mon 09:30")) == set()


def test_another_day_does_not_count() -> None:
    assert broken(problem(network(client_hours=comes(days="tue wed"))), book("mon 09:00")) == RULE


def test_another_clients_hours_do_not_count() -> None:
    hours = [*comes("dina", hours="13:00-18:00"), *comes("ruth")]
    asked = problem(two_clients(client_hours=hours))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("mon 09:00", plan="ruth-plan")) == set()


def starts_of(asked: Problem, plan: str = "dina-plan") -> set[str]:
    """The clock times on Monday that the engine may offer; refusals are the engine's alone."""
    bookings = Engine(asked).columns
    return {f"{it.starts_at:%H:%M}" for it in bookings if it.plan_id == plan}


def test_a_time_that_the_client_declined_is_not_offered_again_not_even_in_part() -> None:
    # 10:00-10:30 declined: 60 minutes end by 10:00 or start from 10:30 on; 12:00 - 75 = 10:45.
    refusal = Refusal("dina", at("mon 10:00"), at("mon 10:30"))
    asked = problem(replace(network(), refusals=(refusal,)))
    assert starts_of(asked) == {"09:00", "10:30", "10:45"}


def test_what_one_client_declined_is_open_to_others() -> None:
    refusal = Refusal("dina", at("mon 09:00"), at("mon 12:00"))
    asked = problem(replace(two_clients(), refusals=(refusal,)))
    assert starts_of(asked) == set()
    assert "09:00" in starts_of(asked, "ruth-plan")


def test_what_was_declined_outside_the_weeks_does_not_count() -> None:
    before = Refusal("dina", at("mon+-1 10:00"), at("mon+-1 11:00"))
    after = Refusal("dina", at("mon+9 10:00"), at("mon+9 11:00"))
    asked = problem(network())
    assert starts_of(problem(replace(network(), refusals=(before, after)))) == starts_of(asked)
