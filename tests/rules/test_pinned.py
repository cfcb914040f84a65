"""``pinned``: a pinned or frozen appointment keeps its therapist, location and start."""

from __future__ import annotations

from typing import Any

from scheduler.facts import Appointment
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import at, on, problem, promise, room, shift, therapist, two_clients

RULE = {"pinned"}


def asked(*appointments: Appointment, **options: Any) -> Problem:
    facts = two_clients(
        rooms=[room("north-1"), room("north-2")],
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", "mon tue wed"), *shift("omar", "mon tue wed")],
        appointments=appointments,
    )
    return problem(facts, **options)


def test_it_keeps_start_and_therapist() -> None:
    pinned = asked(promise("tue 09:30", pinned=True))
    assert broken(pinned, book("tue 09:30")) == set()
    assert broken(pinned, book("tue 09:45")) == RULE
    assert broken(pinned, book("wed 09:30")) == RULE
    assert broken(pinned, book("tue 09:30", therapist="omar")) == RULE


def test_it_is_not_left_out() -> None:
    assert broken(asked(promise("tue 09:30", pinned=True))) == RULE
    assert broken(asked(promise("tue 09:30"))) == set()


def test_others_go_where_they_like() -> None:
    pinned = asked(promise("tue 09:30", pinned=True))
    assert broken(pinned, book("tue 09:30"), book("tue 10:45", plan="ruth-plan")) == set()
    assert (
        broken(pinned, book("tue 09:30"), book("tue 09:30", plan="ruth-plan", therapist="omar"))
        == set()
    )


def test_the_freeze_window_counts_from_the_day_of_planning() -> None:
    # Two days from Monday: Monday and Tuesday.
    for days, rules in ((1, set()), (2, RULE)):
        assert broken(asked(promise("tue 09:30"), freeze_days=days), book("wed 09:00")) == rules


def test_the_freeze_window_ends() -> None:
    # Two days from Monday: Wednesday's promise may move.
    assert broken(asked(promise("wed 09:30"), freeze_days=2), book("tue 09:00")) == set()
    # Planned on Tuesday, Wednesday is one of them.
    frozen = asked(promise("wed 09:30"), freeze_days=2, as_of=on("tue"))
    assert broken(frozen, book("tue 09:00")) == RULE


def test_an_impossible_pin_is_lost_not_moved() -> None:
    # Maya does not work on Thursday.
    impossible = asked(promise("thu 09:00", pinned=True))
    assert broken(impossible) == set()
    assert broken(impossible, book("tue 09:00")) == RULE
    outcome = scheduled(impossible)
    agree(impossible, outcome)
    assert outcome.unbooked == (("dina-plan", 1),)


def test_the_room_may_change() -> None:
    # Both were promised the first room at the same time, with two therapists.
    both = (
        promise("mon 09:00", pinned=True),
        promise("mon 09:00", key="ruth-plan", therapist_id="omar", pinned=True),
    )
    outcome = scheduled(asked(*both))
    agree(asked(*both), outcome)
    assert {visit.room_id for visit in outcome.visits} == {"north-1", "north-2"}
    assert {visit.starts_at for visit in outcome.visits} == {at("mon 09:00")}
    assert all(visit.pinned for visit in outcome.visits)
