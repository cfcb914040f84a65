"""``authorisation``: as many visits as are authorised, and none after the last day."""

from __future__ import annotations

from typing import Any

from scheduler.facts import Appointment
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import (
    WORKDAYS,
    completed,
    network,
    no_show,
    on,
    plan,
    problem,
    promise,
    room,
    shift,
    therapist,
)

RULE = {"authorisation"}


def asked(*appointments: Appointment, phases: str = "2x2", **fields: Any) -> Problem:
    facts = network(
        shifts=shift(days=WORKDAYS),
        care_plans=[plan(phases=phases, **fields)],
        appointments=appointments,
    )
    return problem(facts, weeks=2, as_of=on("tue") if appointments else on("mon"))


TWO = book("tue 09:00", 2), book("mon+1 09:00", 3)


def test_as_many_as_authorised() -> None:
    assert broken(asked(authorised_visits=0), TWO[0]) == RULE
    assert broken(asked(authorised_visits=1), *TWO) == RULE
    assert broken(asked(authorised_visits=2), *TWO) == set()


def test_what_took_place_uses_up_a_visit_and_a_no_show_does_not() -> None:
    later = book("thu 09:00", 2), book("mon+1 09:00", 3)
    assert broken(asked(completed("mon 09:00"), authorised_visits=2), *later) == RULE
    assert broken(asked(completed("mon 09:00"), authorised_visits=3), *later) == set()
    assert broken(asked(no_show("mon 09:00"), authorised_visits=2), *later) == set()


def test_the_last_day_belongs_to_it() -> None:
    until = asked(authorised_until=on("wed"))
    assert broken(until, book("wed 09:00")) == set()
    assert broken(until, book("thu 09:00")) == RULE


def test_a_companion_is_no_visit() -> None:
    facts = network(
        rooms=[room("north-1"), room("north-2", "adjusting")],
        therapists=[therapist(), therapist("ivo", credentials=frozenset({"DC"}))],
        shifts=[*shift(), *shift("ivo")],
        care_plans=[plan(companion_service_id="adjustment", authorised_visits=1)],
    )
    pair = book("mon 09:00"), book("mon 10:00", therapist="ivo", companion=True)
    assert broken(problem(facts), *pair) == set()


def test_a_settled_session_uses_up_a_visit() -> None:
    # Monday's promise stays as it is on Tuesday.
    settled = promise("mon 09:00")
    assert broken(asked(settled, authorised_visits=1), book("thu 09:00", 2)) == RULE
    assert broken(asked(settled, authorised_visits=2), book("thu 09:00", 2)) == set()


def test_the_schedule_books_as_many_as_it_may_also_around_a_settled_session() -> None:
    # Session 2 was promised for Monday, before the day of planning; of 1, 3 and 4 one more fits.
    problem_ = asked(promise("mon 09:00", 2), authorised_visits=2)
    outcome = scheduled(problem_)
    agree(problem_, outcome)
    assert outcome.booked == 2
