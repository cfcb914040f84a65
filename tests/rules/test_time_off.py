"""``time-off``: appointment and changeover do not touch the therapist's time off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scheduler.facts import TimeOff
from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import at, network, problem, shift, therapist

RULE = {"time-off"}


def asked(*spans: tuple[str, str], who: str = "maya") -> Problem:
    return problem(
        network(
            therapists=[therapist("maya"), therapist("omar")],
            shifts=[*shift(days="mon tue"), *shift("omar", "mon tue")],
            time_off=[TimeOff(who, at(starts), at(ends), "") for starts, ends in spans],
        )
    )


def test_the_changeover_may_touch_the_start() -> None:
    # 09:00 + 60 + 15 = 10:15; the next start lies inside.
    off = asked(("mon 10:15", "mon 10:50"))
    assert broken(off, book("mon 09:00")) == set()
    assert broken(off, book("mon 09:15")) == RULE
    assert broken(off, book("mon 10:45")) == RULE


def test_a_minute_of_changeover_is_too_much() -> None:
    assert broken(asked(("mon 10:14", "mon 10:15")), book("mon 09:00")) == RULE


def test_an_appointment_may_start_when_it_ends() -> None:
    off = asked(("mon 08:00", "mon 09:45"))
    assert broken(off, book("mon 09:30")) == RULE
    assert broken(off, book("mon 09:45")) == set()


def test_a_minute_in_the_middle_is_enough() -> None:
    assert broken(asked(("mon 09:30", "mon 09:31")), book("mon 09:00")) == RULE


def test_it_may_last_over_night() -> None:
    off = asked(("mon 11:15", "tue 09:15"))
    assert broken(off, book("mon 10:00")) == set()
    assert broken(off, book("mon 10:15")) == RULE
    assert broken(off, book("tue 09:00")) == RULE
    assert broken(off, book("tue 09:15")) == set()


def test_it_may_begin_before_the_horizon_and_end_after_it() -> None:
    holiday = asked()
    days = (TimeOff("maya", datetime(2027, 2, 20), datetime(2027, 4, 1), ""),)
    holiday = replace(holiday, network=replace(holiday.network, time_off=days))
    assert broken(holiday, book("mon 09:00")) == RULE


def test_somebody_elses_does_not_count() -> None:
    assert broken(asked(("mon 08:00", "mon 18:00"), who="omar"), book("mon 09:00")) == set()
