"""``screening``: a plan with a contraindication is booked only once it was cleared."""

from __future__ import annotations

from tests.scheduler.both import book, broken
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import MONDAY, network, plan, problem, promise, shift, two_clients

RULE = {"screening"}

HELD = ("pregnancy", "varicose-veins")


def test_a_held_plan_is_not_booked() -> None:
    asked = problem(network(care_plans=[plan(contraindications=HELD)]))
    assert broken(asked, book("mon 09:00")) == RULE


def test_a_cleared_plan_is_booked() -> None:
    care = plan(contraindications=HELD, cleared_by="Dr. Okafor", cleared_on=MONDAY)
    assert broken(problem(network(care_plans=[care])), book("mon 09:00")) == set()


def test_nothing_on_record_needs_no_clearance() -> None:
    assert broken(problem(), book("mon 09:00")) == set()


def test_somebody_elses_does_not_count() -> None:
    plans = [plan("dina-plan"), plan("ruth-plan", contraindications=HELD)]
    asked = problem(two_clients(care_plans=plans))
    assert broken(asked, book("mon 09:00")) == set()
    assert broken(asked, book("mon 09:00", plan="ruth-plan")) == RULE


def test_a_promise_of_a_held_plan_gives_its_time_back_even_pinned() -> None:
    # Ruth's pregnancy became known; Dina can have the one slot that there is.
    facts = two_clients(
        shifts=shift(hours="09:00-10:15"),
        care_plans=[plan("dina-plan"), plan("ruth-plan", contraindications=HELD)],
        appointments=[promise("mon 09:00", key="ruth-plan", pinned=True)],
    )
    outcome = scheduled(problem(facts))
    agree(problem(facts), outcome)
    assert [visit.plan_id for visit in outcome.visits] == ["dina-plan"]
