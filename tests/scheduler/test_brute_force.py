"""The engine against all schedules of tiny problems: same optimum, and bounds never beyond it.

``make brute-force`` looks at many more problems.
"""

from __future__ import annotations

from hypothesis import assume, given, reject, settings

from scheduler.facts import Priority, Refusal
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from tests.scheduler.brute_force import Best, BruteForce, TooManyError
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import (
    at,
    client,
    comes,
    location,
    network,
    plan,
    problem,
    promise,
    shift,
    two_clients,
)
from tests.scheduler.tiny_networks import tiny_problems

MOST = 1000
"""More schedules than this are not looked at one by one."""


def best_beside(asked: Problem, outcome: Scheduled, *, with_its_pins: bool = True) -> Best:
    kept = outcome.visits if with_its_pins else None
    return BruteForce(asked, kept, MOST).best(outcome.points, outcome.booked)


@settings(max_examples=60)
@given(tiny_problems())
def test_no_schedule_is_better_than_the_engines_or_than_its_bounds(asked: Problem) -> None:
    assume(asked.in_scope)
    outcome = scheduled(asked, rounds=10)
    agree(asked, outcome)
    try:
        best, freest = (best_beside(asked, outcome, with_its_pins=its) for its in (True, False))
    except TooManyError:
        reject()
    assert outcome.bound <= freest.points <= best.points == outcome.points
    assert best.booked <= freest.booked <= outcome.most_bookable


def test_the_bound_holds_whichever_of_two_pins_is_kept() -> None:
    # Maya is promised to Dina and to Ruth at once. Dina is kept, for 20 points away from home; who
    # keeps Ruth instead pays 1500 for Dina alone.
    facts = two_clients(
        locations=[location("north"), location("south")],
        clients=[
            client("dina", home_location_id="south", other_location_ids=("north",)),
            client("ruth"),
        ],
        appointments=[
            promise("mon 09:00", pinned=True),
            promise("mon 09:30", key="ruth-plan", pinned=True),
        ],
    )
    outcome = scheduled(problem(facts), rounds=60)
    assert outcome.points == 1520
    assert best_beside(problem(facts), outcome, with_its_pins=False) == Best(1500, booked=1)
    assert 0 < outcome.bound <= 1500


# Brute force itself, where the answer is known ---------------------------------------------------

NOTHING_KNOWN = 10**9


def best_of(asked: Problem, most: int = MOST) -> Best:
    """Without an engine's schedule to begin with."""
    return BruteForce(asked, (), most).best(NOTHING_KNOWN, 0)


def test_it_leaves_out_what_costs_least() -> None:
    # Two of three fit into Maya's three hours with their changeovers, on the half hour; both of
    # Ruth's sessions are urgent, but lie two days apart, and Maya is there on Mondays only.
    facts = two_clients(
        care_plans=[
            plan("dina-plan"),
            plan("dina-other"),
            plan("ruth-plan", "2x1", priority=Priority.URGENT),
        ]
    )
    assert best_of(problem(facts, grid=30), 20_000) == Best(points=3000 + 1000, booked=2)


def test_it_knows_all_there_is_of_one_session() -> None:
    assert best_of(problem()) == Best(points=0, booked=1)
    assert best_of(problem(network(shifts=[]))) == Best(points=1000, booked=0)


def test_it_heeds_a_declined_time() -> None:
    # Maya is there 09:00-10:15 only, which Dina has declined.
    facts = network(
        shifts=shift(hours="09:00-10:15"),
        refusals=[Refusal("dina", at("mon 09:30"), at("mon 10:00"))],
    )
    assert best_of(problem(facts)) == Best(points=1000, booked=0)


def test_it_keeps_pins() -> None:
    # Ruth, urgent, can come 09:00-10:00 only; Dina's pin is at 09:30. Both want Maya.
    facts = two_clients(
        client_hours=[*comes("dina"), *comes("ruth", hours="09:00-10:00")],
        appointments=[promise("mon 09:30", pinned=True)],
    )
    assert best_of(problem(facts)) == Best(points=1000, booked=1)


def test_a_companion_is_worth_its_points() -> None:
    # Nobody adjusts, so each session that is booked lacks its companion.
    facts = network(care_plans=[plan(companion_service_id="adjustment")])
    assert best_of(problem(facts)) == Best(points=150, booked=1)
