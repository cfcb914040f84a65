"""``room-overlap``: a room's appointments, each with its changeover, do not overlap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    client,
    comes,
    completed,
    network,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clients,
)

RULE = {"room-overlap"}


def asked(count: int, **tables: Any) -> Problem:
    names = ("maya", "omar", "zoe")
    usual: dict[str, Any] = {
        "rooms": [room(f"north-{number}") for number in range(count)],
        "therapists": [therapist(name) for name in names],
        "shifts": [row for name in names for row in shift(name)],
        "care_plans": [plan("dina-plan"), plan("ruth-plan")],
    }
    return problem(two_clients(**{**usual, **tables}))


FIRST = book("mon 09:00")


def test_one_room_is_free_after_the_changeover() -> None:
    # 09:00 + 60 + 15 = 10:15.
    for clock, rules in (("09:00", RULE), ("10:00", RULE), ("10:15", set())):
        other = book(f"mon {clock}", plan="ruth-plan", therapist="omar")
        assert broken(asked(1), FIRST, other) == rules


def test_two_rooms_hold_two() -> None:
    other = book("mon 09:00", plan="ruth-plan", therapist="omar")
    assert broken(asked(2), FIRST, other) == set()


def test_rooms_of_another_kind_do_not_count() -> None:
    rooms = [room("north-1"), room("north-2", "rehab")]
    other = book("mon 09:30", plan="ruth-plan", therapist="omar")
    assert broken(asked(2, rooms=rooms), FIRST, other) == RULE


def test_three_at_once_need_three_rooms() -> None:
    facts = {
        "clients": [client(name) for name in ("dina", "ruth", "tom")],
        "client_hours": [row for name in ("dina", "ruth", "tom") for row in comes(name)],
        "care_plans": [plan(f"{name}-plan") for name in ("dina", "ruth", "tom")],
    }
    others = [
        book("mon 09:45", plan="ruth-plan", therapist="omar"),
        book("mon 10:00", plan="tom-plan", therapist="zoe"),
    ]
    assert broken(asked(2, **facts), FIRST, *others) == RULE
    assert broken(asked(3, **facts), FIRST, *others) == set()


def test_a_room_that_was_used_today_is_taken() -> None:
    # 09:15 + 75 = 10:30.
    used = completed("mon 09:15", key="ruth-plan", therapist_id="omar", room_id="north-0")
    assert broken(asked(1, appointments=[used]), book("mon 10:15")) == RULE
    assert broken(asked(1, appointments=[used]), book("mon 10:30")) == set()
    assert broken(asked(2, appointments=[used]), book("mon 10:15")) == set()


def test_history_may_keep_every_room_from_being_free_in_one_piece() -> None:
    # Of two rooms one is free at any time, but 09:30-10:45 is free in neither.
    used = [
        completed("mon 08:30", 1, "ruth-plan", therapist_id="omar", room_id="north-0"),
        completed("mon 10:15", 2, "ruth-plan", therapist_id="zoe", room_id="north-1"),
    ]
    plans = [plan("dina-plan"), plan("ruth-plan", "2x1")]
    assert broken(asked(2, appointments=used, care_plans=plans), book("mon 09:30")) == RULE


def test_a_companion_needs_a_room_too() -> None:
    # Cupping in the one massage room: not before 09:00 + 60 + 15 = 10:15.
    massage = network().services[0]
    cupping = replace(massage, service_id="cupping", minutes=20)
    facts = {
        "services": [massage, cupping],
        "care_plans": [plan("dina-plan", companion_service_id="cupping")],
    }
    for clock, rules in (("10:00", RULE), ("10:15", set())):
        companion = book(f"mon {clock}", therapist="omar", companion=True)
        assert broken(asked(1, **facts), FIRST, companion) == rules
