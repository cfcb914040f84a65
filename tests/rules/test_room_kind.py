"""``room-kind``: the location has a room of the kind that the service needs."""

from __future__ import annotations

from tests.scheduler.both import book, broken
from tests.scheduler.tiny import client, location, network, opening, problem, room, shift

RULE = {"room-kind"}


def test_a_room_of_the_kind_is_needed() -> None:
    assert broken(problem(network(rooms=[room(kind="rehab")])), book("mon 09:00")) == RULE


def test_one_of_several_rooms_is_enough() -> None:
    rooms = [room("north-1", "rehab"), room("north-2", "massage")]
    assert broken(problem(network(rooms=rooms)), book("mon 09:00")) == set()


def test_rooms_elsewhere_do_not_count() -> None:
    facts = network(
        locations=[location("north"), location("south")],
        opening_hours=[*opening("north"), *opening("south")],
        rooms=[room("north-1", "rehab"), room("south-1", "massage")],
        shifts=[*shift(), *shift(hours="13:00-17:00", where="south")],
        clients=[client(other_location_ids=("south",))],
    )
    assert broken(problem(facts), book("mon 09:00")) == RULE
    assert broken(problem(facts), book("mon 13:00", where="south")) == set()
