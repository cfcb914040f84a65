"""``client-away``: not on a day on which the client is away."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.facts import ClientAway
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import MONDAY, on, problem, shift, two_clients

RULE = {"client-away"}


def asked(*absences: ClientAway) -> Problem:
    return problem(two_clients(shifts=shift(days="mon tue wed thu"), client_away=absences))


def test_both_days_belong_to_it() -> None:
    away = asked(ClientAway("dina", on("tue"), on("wed")))
    assert broken(away, book("mon 09:00")) == set()
    assert broken(away, book("tue 09:00")) == RULE
    assert broken(away, book("wed 09:00")) == RULE
    assert broken(away, book("thu 09:00")) == set()


def test_a_single_day() -> None:
    away = asked(ClientAway("dina", on("tue"), on("tue")))
    assert broken(away, book("tue 09:00")) == RULE
    assert broken(away, book("wed 09:00")) == set()


def test_an_absence_may_begin_before_the_horizon_and_end_after_it() -> None:
    assert (
        broken(asked(ClientAway("dina", date(2027, 2, 20), on("mon"))), book("mon 09:00")) == RULE
    )
    assert broken(asked(ClientAway("dina", on("thu"), date(2027, 5, 1))), book("thu 09:00")) == RULE


def test_an_absence_before_or_after_the_horizon_does_not_matter() -> None:
    before = ClientAway("dina", date(2027, 2, 1), MONDAY - timedelta(days=1))
    after = ClientAway("dina", on("mon+1"), on("mon+2"))
    assert broken(asked(before, after), book("mon 09:00")) == set()


def test_somebody_elses_does_not_count() -> None:
    away = asked(ClientAway("dina", on("mon"), on("thu")))
    assert broken(away, book("tue 09:00", plan="ruth-plan")) == set()
