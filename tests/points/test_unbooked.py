"""``unbooked``: 1000 for each routine session that is not booked, 3000 for each urgent one."""

from __future__ import annotations

from scheduler.facts import PlanStatus, Priority
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import completed, network, on, plan, problem, shift, two_clients

FACTS = two_clients(
    shifts=shift(days="mon thu"),
    care_plans=[plan("dina-plan", "2x1"), plan("ruth-plan", "1x1", priority=Priority.URGENT)],
)


def test_routine_and_urgent() -> None:
    # 2 x 1000 + 1 x 3000.
    assert parts(problem(FACTS)) == {"unbooked": 5000}


def test_what_is_booked_costs_nothing() -> None:
    assert parts(problem(FACTS), book("mon 09:00")) == {"unbooked": 4000}
    assert parts(problem(FACTS), book("mon 09:00", plan="ruth-plan")) == {"unbooked": 2000}


def test_only_sessions_in_scope_count() -> None:
    # Of Dina's six sessions the first two lie in the horizon; one took place.
    facts = network(care_plans=[plan(phases="2x3")], appointments=[completed("mon 09:00")])
    assert parts(problem(facts, as_of=on("tue"))) == {"unbooked": 1000}


def test_plans_that_may_not_be_booked_cost_nothing() -> None:
    plans = [
        plan("dina-held", contraindications=("pregnancy",)),
        plan("dina-paused", status=PlanStatus.PAUSED),
        plan("dina-plan"),
    ]
    assert parts(problem(network(care_plans=plans))) == {"unbooked": 1000}


def test_the_weights_are_settings() -> None:
    # 2 x 7 + 1 x 11.
    weights = Weights(unbooked=7, unbooked_urgent=11)
    assert parts(problem(FACTS, weights=weights)) == {"unbooked": 25}
