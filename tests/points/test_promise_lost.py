"""``promise-lost``: 500 more for each unbooked session that had a promised appointment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.facts import Appointment, AppointmentStatus, PlanStatus
from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import WORKDAYS, network, on, plan, problem, promise, shift


def asked(*appointments: Appointment, **options: Any) -> Problem:
    facts = network(
        shifts=shift(days=WORKDAYS), care_plans=[plan(phases="2x1")], appointments=appointments
    )
    return problem(facts, **options)


def test_the_promise_costs_more_than_the_session_alone() -> None:
    # Two sessions unbooked, one of them promised.
    assert parts(asked(promise("mon 09:00"))) == {"unbooked": 2000, "promise-lost": 500}


def test_a_promise_that_is_kept_is_not_lost() -> None:
    assert parts(asked(promise("mon 09:00")), book("mon 09:00")) == {"unbooked": 1000}


def test_a_cancelled_appointment_is_no_promise() -> None:
    cancelled = replace(promise("mon 09:00"), status=AppointmentStatus.CANCELLED)
    assert parts(asked(cancelled)) == {"unbooked": 2000}


def test_a_settled_promise_is_never_lost() -> None:
    # Monday's stays as it is on Tuesday.
    assert parts(asked(promise("mon 09:00"), as_of=on("tue"))) == {"unbooked": 1000}


def test_a_promise_of_a_paused_plan_costs_nothing() -> None:
    facts = asked(promise("mon 09:00")).network
    paused = (plan(phases="2x1", status=PlanStatus.PAUSED),)
    assert parts(problem(replace(facts, care_plans=paused))) == {}


def test_the_weight_is_a_setting() -> None:
    weights = Weights(unbooked=1, promise_lost=7)
    assert parts(asked(promise("mon 09:00"), weights=weights)) == {"unbooked": 2, "promise-lost": 7}
