"""``client-hours``: the hands-on minutes lie within one of the client's weekly intervals."""

from __future__ import annotations

from tests.scheduler.both import book, broken
from tests.scheduler.tiny import comes, network, problem, two_clients

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
