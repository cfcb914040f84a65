"""Held promises: pinned or frozen ones stay, and of those that can't all stay, as many as can."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings

from scheduler.facts import Appointment, CarePlan, Priority
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from scheduler.settings import MOST_POINTS, Weights
from tests.scheduler.networks import problems
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import (
    WORKDAYS,
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
    two_clients,
)


def starts(outcome: Scheduled) -> dict[tuple[str, int], datetime]:
    """When each session is booked."""
    return {(v.plan_id, v.session_number): v.starts_at for v in outcome.visits if not v.companion}


def solved(asked: Problem, **options: Any) -> Scheduled:
    """A schedule that the verifier agrees with."""
    outcome = scheduled(asked, **options)
    agree(asked, outcome)
    return outcome


def dina(*appointments: Appointment, phases: str = "2x1", **fields: Any) -> Problem:
    """Dina's plan, and Maya on all workdays."""
    facts = network(
        shifts=shift(days=WORKDAYS),
        care_plans=[plan(phases=phases, **fields)],
        appointments=appointments,
    )
    return problem(facts, weeks=2)


@settings(max_examples=60)
@given(problems())
def test_every_held_promise_stays_or_is_lost(asked: Problem) -> None:
    assume(asked.in_scope)
    booked = starts(scheduled(asked))
    for key, each in asked.promises.items():
        if asked.is_held(asked.calendar[each.plan_id, each.session_number]):
            assert booked.get(key) in {each.starts_at, None}


# Pins ------------------------------------------------------------------------------------------


def test_a_pin_stays_where_a_better_place_is_free() -> None:
    # Session 1 three days before costs nothing, and Saturday is no workday: 10 points for 1 day.
    outcome = solved(dina(promise("wed 09:00", 2, pinned=True)))
    assert starts(outcome)["dina-plan", 2] == at("wed 09:00")
    assert outcome.parts["cadence"] == 10


def test_pins_that_all_fit_all_stay() -> None:
    pins = (promise("tue 09:00", 1, pinned=True), promise("fri 10:45", 2, pinned=True))
    assert starts(solved(dina(*pins))) == {
        ("dina-plan", 1): at("tue 09:00"),
        ("dina-plan", 2): at("fri 10:45"),
    }


def test_a_pin_stays_although_the_other_sessions_clash() -> None:
    # 60 minutes a week: of sessions 3 and 4 one fits, beside the pin of week 1.
    asked = dina(promise("mon 09:00", pinned=True), phases="2x2")
    facts = replace(asked.network, therapists=(therapist(max_minutes_per_week=60),))
    outcome = solved(replace(asked, network=facts))
    assert starts(outcome)["dina-plan", 1] == at("mon 09:00")
    assert outcome.booked == 2


def test_a_pin_that_nobody_could_book_today_is_lost() -> None:
    # Nobody works on Saturday.
    outcome = solved(dina(promise("sat 09:00", pinned=True)))
    assert ("dina-plan", 1) in outcome.unbooked
    assert outcome.parts["promise-lost"] == 500


def test_a_pin_stays_although_the_draft_does_not_know_it() -> None:
    asked = dina(promise("thu 09:00", 2, pinned=True))
    draft = scheduled(dina()).visits[:1]
    assert starts(solved(asked, start=draft, stop=lambda: True))["dina-plan", 2] == at("thu 09:00")


def test_a_pin_stays_although_the_draft_gave_its_place_away() -> None:
    facts = two_clients(
        shifts=shift(hours="09:00-10:15"),
        appointments=[promise("mon 09:00", key="ruth-plan", pinned=True)],
    )
    draft = scheduled(problem(replace(facts, appointments=()))).visits
    draft = tuple(replace(visit, plan_id="dina-plan") for visit in draft)
    outcome = solved(problem(facts), start=draft, stop=lambda: True)
    assert starts(outcome) == {("ruth-plan", 1): at("mon 09:00")}


@pytest.mark.parametrize("visits", [0, 1])
def test_a_pin_beyond_the_authorised_visits_is_lost(visits: int) -> None:
    # Session 1 took place, so that not even one visit is left.
    rows = (completed("mon 09:00"), promise("thu 09:00", 2, pinned=True))
    asked = replace(dina(*rows, authorised_visits=visits), as_of=on("tue"))
    outcome = solved(asked)
    assert outcome.unbooked == (("dina-plan", 2),)
    assert outcome.points == outcome.bound == 1500


# Pins against each other -----------------------------------------------------------------------


def rivals(urgent: Priority = Priority.ROUTINE, **fields: Any) -> Problem:
    """Maya is promised to Dina at 09:00 and to Ruth at 09:30."""
    cares: list[CarePlan] = [plan("dina-plan"), plan("ruth-plan", priority=urgent)]
    rows = [
        promise("mon 09:00", pinned=True),
        promise("mon 09:30", key="ruth-plan", pinned=True),
    ]
    return problem(two_clients(care_plans=cares, appointments=rows))


def test_of_two_pins_at_once_one_stays_and_one_is_lost() -> None:
    outcome = solved(rivals())
    assert outcome.booked == 1
    assert outcome.points == 1500


def test_of_two_pins_at_once_the_one_that_costs_more_stays() -> None:
    # Without Ruth 3000 + 500, without Dina 1000 + 500.
    outcome = solved(rivals(urgent=Priority.URGENT))
    assert starts(outcome) == {("ruth-plan", 1): at("mon 09:30")}
    assert outcome.bound <= outcome.points == 1500


def test_a_pin_between_two_others_does_not_take_both_with_it() -> None:
    # Sunday is session 1, the Monday before it session 2; session 3 on the next Monday would be
    # fine beside session 2, but is one day after session 1.
    days = f"{WORKDAYS} sun"
    facts = network(
        shifts=shift(days=days),
        client_hours=comes(days=days),
        opening_hours=opening(days=days),
        care_plans=[plan(phases="2x2")],
        appointments=[
            promise("sun 09:00", 1, pinned=True),
            promise("mon 09:00", 2, pinned=True),
            promise("mon+1 09:00", 3, pinned=True),
        ],
    )
    solved(problem(facts, weeks=2))


# Companions ------------------------------------------------------------------------------------


def pair(*, pinned: bool, **options: Any) -> Problem:
    """Dina's massage at 09:00 and her adjustment at 10:15, where 10:00 was free too."""
    companion = promise(
        "mon 10:15",
        appointment_id="companion",
        service_id="adjustment",
        therapist_id="ivo",
        room_id="north-2",
        minutes=20,
        pinned=pinned,
    )
    facts = network(
        rooms=[room("north-1"), room("north-2", "adjusting")],
        therapists=[therapist("ivo", credentials=frozenset({"DC"})), therapist("maya")],
        shifts=[*shift("ivo"), *shift("maya")],
        care_plans=[plan(companion_service_id="adjustment")],
        appointments=[promise("mon 09:00"), companion],
    )
    return problem(facts, **options)


def test_a_pinned_companion_stays() -> None:
    outcome = solved(pair(pinned=True))
    assert [v.starts_at for v in outcome.visits] == [at("mon 09:00"), at("mon 10:15")]
    assert [v.pinned for v in outcome.visits] == [False, True]


def test_a_companion_inside_the_freeze_window_stays() -> None:
    outcome = solved(pair(pinned=False, freeze_days=1))
    assert [v.starts_at for v in outcome.visits] == [at("mon 09:00"), at("mon 10:15")]


# The freeze window -----------------------------------------------------------------------------


def test_promises_on_frozen_days_stay() -> None:
    # Planned on Tuesday with two days: Tuesday and Wednesday.
    rows = (promise("wed 10:45", 1), promise("thu 09:00", 2))
    frozen = replace(dina(*rows), as_of=on("tue"))
    frozen = replace(frozen, settings=replace(frozen.settings, freeze_days=2))
    outcome = solved(frozen)
    # Wednesday and Thursday are too close: the frozen one stays, the other one moves to Friday.
    booked = starts(outcome)
    assert booked["dina-plan", 1] == at("wed 10:45")
    assert booked["dina-plan", 2].date() == on("fri")


def test_a_frozen_promise_is_not_marked_as_pinned() -> None:
    frozen = dina(promise("mon 09:00"))
    frozen = replace(frozen, settings=replace(frozen.settings, freeze_days=1))
    assert [v.pinned for v in solved(frozen).visits if v.session_number == 1] == [False]


def test_a_pin_that_no_room_is_left_for_is_lost_and_both_say_so() -> None:
    # Of two rooms one is free at any time of Ruth's pin, but neither all the time: what was done
    # today stays in its room. Dina, who is urgent, gets what the pin would have taken.
    everybody = ("dina", "eve", "ruth", "tom")
    asked = problem(
        two_clients(
            therapists=[therapist(who) for who in ("ivo", "maya", "omar")],
            clients=[client(who) for who in everybody],
            client_hours=[hours for who in everybody for hours in comes(who)],
            shifts=[
                row for who in ("ivo", "maya", "omar") for row in shift(who, hours="09:00-12:00")
            ],
            care_plans=[
                plan("dina-plan", priority=Priority.URGENT),
                *(plan(f"{who}-plan") for who in ("eve", "ruth", "tom")),
            ],
            appointments=[
                completed("mon 09:00", key="tom-plan", therapist_id="omar", room_id="north-1"),
                completed("mon 10:15", key="eve-plan", therapist_id="omar", room_id="north-2"),
                promise("mon 09:45", key="ruth-plan", room_id="north-2", pinned=True),
            ],
        )
    )
    assert starts(solved(asked)).keys() == {("dina-plan", 1)}


def test_a_pin_stays_whatever_its_day_costs_by_the_largest_weights() -> None:
    # Three weeks too late after the first session, at 100,000 points a day.
    facts = network(
        shifts=shift(days=WORKDAYS),
        care_plans=[plan(phases="0.5x4")],
        appointments=[completed("mon 09:00"), promise("fri+3 09:00", 2, pinned=True)],
    )
    asked = problem(facts, weeks=4, weights=Weights(cadence=MOST_POINTS))
    asked = replace(asked, as_of=on("tue"))
    assert starts(solved(asked)) == {("dina-plan", 2): at("fri+3 09:00")}
