"""``client-location``: at a location that the client accepts."""

from __future__ import annotations

from tests.scheduler.both import book, broken
from tests.scheduler.tiny import client, problem, two_clinics

RULE = {"client-location"}


def test_home_and_the_others_are_accepted() -> None:
    assert broken(problem(two_clinics()), book("mon 09:00")) == set()
    assert broken(problem(two_clinics()), book("mon 13:00", where="south")) == set()


def test_home_alone() -> None:
    asked = problem(two_clinics(clients=[client("dina"), client("ruth", home_location_id="south")]))
    assert broken(asked, book("mon 09:00")) == set()
    assert broken(asked, book("mon 13:00", where="south")) == RULE
    assert broken(asked, book("mon 09:00", plan="ruth-plan")) == RULE
    assert broken(asked, book("mon 13:00", plan="ruth-plan", where="south")) == set()
