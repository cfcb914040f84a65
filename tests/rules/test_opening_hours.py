"""``opening-hours``: the hands-on minutes lie within one opening interval."""

from __future__ import annotations

from tests.scheduler.both import book, broken
from tests.scheduler.tiny import client, location, network, opening, problem, room, shift

RULE = {"opening-hours"}


def test_within_the_hours() -> None:
    assert (
        broken(problem(network(opening_hours=opening(hours="09:15-11:00"))), book("mon 09:30"))
        == set()
    )


def test_to_the_minute() -> None:
    # Open 09:15-10:45: 09:30 + 60 = 10:30 and 09:45 + 60 = 10:45 fit, 10:00 + 60 = 11:00 does not.
    asked = problem(network(opening_hours=opening(hours="09:15-10:45")))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("mon 09:15")) == set()
    assert broken(asked, book("mon 09:45")) == set()
    assert broken(asked, book("mon 10:00")) == RULE


def test_an_opening_off_the_grid() -> None:
    # Open from 09:05 and to 10:29: 09:15 is inside, and ends at 10:15; 09:30 ends at 10:30.
    asked = problem(network(opening_hours=opening(hours="09:05-10:29")))
    assert broken(asked, book("mon 09:00")) == RULE
    assert broken(asked, book("mon 09:15")) == set()
    assert broken(asked, book("mon 09:30")) == RULE


def test_changeover_may_lie_outside() -> None:
    # 09:00 + 60 = 10:00, the 15 minutes of changeover come after.
    asked = problem(network(opening_hours=opening(hours="09:00-10:00")))
    assert broken(asked, book("mon 09:00")) == set()


def test_not_across_a_lunch_break() -> None:
    # 09:00-10:00 and 10:00-12:00 touch, but neither holds 09:30-10:30.
    hours = [*opening(hours="09:00-10:00"), *opening(hours="10:00-12:00")]
    asked = problem(network(opening_hours=hours))
    assert broken(asked, book("mon 09:00")) == set()
    assert broken(asked, book("mon 09:30")) == RULE
    assert broken(asked, book("mon 10:00")) == set()


def test_the_longest_of_several_intervals_counts() -> None:
    hours = [*opening(hours="09:00-09:30"), *opening(hours="09:00-10:30")]
    assert broken(problem(network(opening_hours=hours)), book("mon 09:15")) == set()


def test_hours_of_another_day_or_location_do_not_count() -> None:
    facts = network(
        locations=[location("north"), location("south")],
        rooms=[room("north-1"), room("south-1")],
        opening_hours=[*opening("north", days="tue"), *opening("south", days="mon")],
        shifts=[*shift(), *shift(where="south")],
        clients=[client(other_location_ids=("south",))],
    )
    assert broken(problem(facts), book("mon 09:00")) == RULE
    assert broken(problem(facts), book("mon 09:00", where="south")) == set()
