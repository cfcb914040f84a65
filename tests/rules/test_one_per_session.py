"""``one-per-session``: a session is booked at most once, with the plan's service."""

from __future__ import annotations

from dataclasses import replace

from scheduler.facts import AppointmentStatus
from tests.scheduler.both import book, broken
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import WORKDAYS, at, completed, network, on, plan, problem, promise, shift

RULE = "one-per-session"

FACTS = network(shifts=shift(days=WORKDAYS), care_plans=[plan(phases="2x1")])


def test_two_bookings_of_one_session_are_too_many() -> None:
    assert RULE in broken(problem(FACTS), book("mon 09:00"), book("thu 09:00"))
    assert broken(problem(FACTS), book("mon 09:00"), book("thu 09:00", 2)) == set()


def test_a_session_that_took_place_is_over() -> None:
    facts = replace(FACTS, appointments=(completed("mon 09:00"),))
    assert RULE in broken(problem(facts, as_of=on("tue")), book("thu 09:00"))


def test_a_cancelled_session_may_be_booked_again() -> None:
    cancelled = replace(promise("mon 09:00"), status=AppointmentStatus.CANCELLED)
    facts = replace(FACTS, appointments=(cancelled,))
    assert broken(problem(facts), book("thu 09:00")) == set()


def test_of_two_promises_of_one_session_one_is_kept() -> None:
    # The earlier one; nothing else has to give way.
    twice = (promise("mon 09:00"), replace(promise("thu 09:00"), appointment_id="again"))
    asked = problem(network(shifts=shift(days=WORKDAYS), appointments=twice))
    outcome = scheduled(asked)
    agree(asked, outcome)
    assert [visit.starts_at for visit in outcome.visits] == [at("mon 09:00")]
    assert outcome.points == 0


def test_session_1_has_the_intake_service_and_the_others_the_plans() -> None:
    facts = network(
        shifts=shift(days=WORKDAYS), care_plans=[plan(phases="2x1", intake_service_id="intake")]
    )
    outcome = scheduled(problem(facts))
    agree(problem(facts), outcome)
    assert [(v.service_id, v.minutes) for v in outcome.visits] == [("intake", 75), ("massage", 60)]
