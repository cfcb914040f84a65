"""Networks that once led the engine astray."""

from __future__ import annotations

from dataclasses import replace

from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import (
    MONDAY,
    WORKDAYS,
    completed,
    network,
    plan,
    problem,
    shift,
    therapist,
    travel,
    two_clients,
    two_clinics,
)


def test_history_without_a_meal_does_not_raise_the_bound() -> None:
    # Maya's day from 08:00 asks for a meal between 10:00 and 14:00, but she treated Ruth from
    # 09:45 to 14:00. That happened; Dina can still come to Omar on Tuesday, for 0 points.
    facts = two_clients(
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", hours="08:00-17:00"), *shift("omar", "tue")],
        appointments=[completed("mon 09:45", key="ruth-plan", minutes=255)],
    )
    outcome = scheduled(problem(facts), rounds=40)
    agree(problem(facts), outcome)
    assert (outcome.points, outcome.bound) == (0, 0)


def test_a_few_clashes_do_not_cost_a_plan_all_its_sessions() -> None:
    # 60 minutes a week are for one of two sessions each week.
    facts = network(
        shifts=shift(days=WORKDAYS),
        therapists=[therapist(max_minutes_per_week=60)],
        care_plans=[plan(phases="2x2")],
    )
    outcome = scheduled(problem(facts, weeks=2), rounds=10)
    agree(problem(facts, weeks=2), outcome)
    assert outcome.booked == 2


def test_a_companion_that_clashes_with_its_session_waits() -> None:
    # Both need the one room: cupping can't start before the 15 minutes of changeover are over.
    massage = network().services[0]
    facts = network(
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", WORKDAYS), *shift("omar", WORKDAYS)],
        services=[massage, replace(massage, service_id="cupping", minutes=20)],
        care_plans=[plan(phases="2x3", companion_service_id="cupping")],
    )
    outcome = scheduled(problem(facts, weeks=3), rounds=10)
    agree(problem(facts, weeks=3), outcome)
    assert outcome.parts["unbooked"] == outcome.parts["unpaired"] == 0


def test_rooms_are_enough_where_history_keeps_them_apart() -> None:
    # At no time are more than two rooms taken, but neither is free from 09:30 to 10:45.
    facts = two_clients(
        therapists=[therapist("maya"), therapist("omar"), therapist("zoe")],
        shifts=shift("zoe", hours="09:30-10:45"),
        care_plans=[plan(), plan("ruth-plan", "2x1")],
        appointments=[
            completed("mon 08:30", 1, "ruth-plan", room_id="north-1"),
            completed("mon 10:15", 2, "ruth-plan", room_id="north-2", therapist_id="omar"),
        ],
    )
    outcome = scheduled(problem(facts))
    agree(problem(facts), outcome)
    assert outcome.booked == 0


def test_a_journey_takes_the_longer_of_two_known_times() -> None:
    # North until 10:15 with changeover, South from 10:45: 30 minutes, and the row says 60.
    facts = two_clinics(
        travel=[travel(60), travel(20, "south", "north")],
        shifts=[*shift(hours="09:00-10:15"), *shift(hours="10:35-12:00", where="south")],
    )
    outcome = scheduled(problem(facts))
    agree(problem(facts), outcome)
    assert outcome.booked == 1


def test_history_beyond_the_last_session_is_nobodys_neighbour() -> None:
    # The plan was shortened to one session after its seventh took place.
    asked = problem(network(appointments=[completed("mon 09:00", 7)]), as_of=MONDAY)
    agree(asked, scheduled(asked))
