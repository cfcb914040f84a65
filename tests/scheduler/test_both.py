"""Any one booking, and any two, are judged alike by engine and verifier."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.facts import ClientAway, Closure, TimeOff
from scheduler.problem import Problem
from tests.scheduler.both import Engine, agree_on_pairs, agree_on_slots, universe
from tests.scheduler.networks import problems
from tests.scheduler.tiny import (
    at,
    client,
    comes,
    completed,
    network,
    on,
    opening,
    plan,
    problem,
    promise,
    room,
    shift,
    therapist,
    travel,
    two_clients,
    two_clinics,
)

SEEDS = st.integers(0, 10_000)


def full() -> Problem:
    """Two clinics with something against every second slot."""
    facts = two_clinics(
        opening_hours=[*opening("north", "08:00-12:00"), *opening("south", "09:15-16:20")],
        closures=[Closure("north", on("wed"), "")],
        therapists=[therapist("maya", max_minutes_per_day=130), therapist("omar")],
        shifts=[
            *shift("maya", "mon wed", "09:00-12:00"),
            *shift("maya", "mon wed", "13:00-17:00", "south"),
            *shift("omar", "mon tue", "08:50-11:40"),
        ],
        time_off=[TimeOff("omar", at("mon 10:05"), at("mon 10:50"), "")],
        clients=[
            client("dina", other_location_ids=("south",)),
            client("ruth", home_location_id="south"),
        ],
        client_hours=[*comes("dina", hours="09:30-15:10"), *comes("ruth")],
        client_away=[ClientAway("ruth", on("wed"), on("thu"))],
        care_plans=[plan("dina-plan", "2x1"), plan("ruth-plan")],
        appointments=[completed("mon 09:00", key="ruth-plan", therapist_id="omar")],
    )
    return problem(facts)


def test_both_judges_see_the_same_slots() -> None:
    assert agree_on_slots(full()) > 20


@settings(max_examples=40)
@given(problems(), SEEDS)
def test_both_judges_see_the_same_slots_in_any_network(asked: Problem, seed: int) -> None:
    assume(asked.sessions)
    random = Random(seed)
    agree_on_slots(asked, random.sample(list(universe(asked, (9, 15))), 60))
    slots = [b for b in Engine(asked).columns if not b.companion]
    agree_on_slots(asked, random.sample(slots, min(len(slots), 20)))


@pytest.mark.parametrize("minutes", [0, 25, 100, None], ids=str)
def test_both_judges_see_the_same_pairs_in_two_clinics(minutes: int | None) -> None:
    shifts = [*shift(hours="09:00-11:30"), *shift(hours="10:00-14:30", where="south")]
    rows = [] if minutes is None else [travel(minutes)]
    assert agree_on_pairs(problem(two_clinics(travel=rows, shifts=shifts), grid=30)) > 0


def test_both_judges_see_the_same_pairs_on_a_long_day() -> None:
    # 08:00-14:30 with 90 minutes each, beside a treatment of Tom's that took place.
    facts = two_clients(
        services=[*network().services[1:], network().services[0]],
        shifts=shift(hours="08:00-14:30"),
        clients=[client(name) for name in ("dina", "ruth", "tom")],
        client_hours=[row for name in ("dina", "ruth", "tom") for row in comes(name)],
        care_plans=[
            plan(f"{name}-plan", intake_service_id="intake") for name in ("dina", "ruth", "tom")
        ],
        appointments=[completed("mon 11:45", key="tom-plan")],
    )
    assert agree_on_pairs(problem(facts, grid=30)) > 0


def test_both_judges_see_the_same_pairs_of_sessions_and_companions() -> None:
    facts = network(
        rooms=[room("north-1"), room("north-2", "adjusting")],
        therapists=[therapist("maya", credentials=frozenset({"LMT", "DC"})), therapist("omar")],
        shifts=[*shift("maya", "mon thu", "09:00-11:00"), *shift("omar", "tue", "09:00-10:15")],
        care_plans=[plan(phases="2x1", companion_service_id="adjustment")],
    )
    assert agree_on_pairs(problem(facts, grid=30)) > 0


def test_both_judges_see_the_same_pairs_beside_pins() -> None:
    facts = two_clients(
        shifts=shift(days="mon tue"),
        appointments=[promise("mon 10:00", pinned=True), promise("tue 09:00", key="ruth-plan")],
    )
    assert agree_on_pairs(problem(facts)) > 0


@settings(max_examples=40)
@given(problems(), SEEDS)
def test_both_judges_see_the_same_pairs_in_any_network(asked: Problem, seed: int) -> None:
    columns = list(Engine(asked).columns)
    agree_on_pairs(asked, Random(seed).sample(columns, min(len(columns), 10)))
