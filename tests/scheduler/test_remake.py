"""Days made anew: never worse, always valid, and better where the front desk is stuck."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.bookings import Booked
from scheduler.model import build
from scheduler.places import Place
from scheduler.plan_rules import keeps_rules
from scheduler.problem import Problem
from scheduler.remake import decide, leave_alone, look_into, make_anew
from scheduler.search import Search
from tests.scheduler.networks import Size, problems
from tests.scheduler.remaking import remake_places
from tests.scheduler.tiny import (
    comes,
    completed,
    network,
    on,
    plan,
    problem,
    shift,
    two_clients,
)
from tests.scheduler.verdict import assert_sound


def _remade(asked: Problem, times: int = 7) -> tuple[Search, float]:
    """A greedy schedule with some days made anew a few times, and its points before."""
    search = Search(build(asked), seed=0)
    search.greedy()
    before = search.best.points
    remake_places(search, times)
    return search, before


@settings(max_examples=40)
@given(problems())
def test_days_made_anew_are_never_worse_and_break_no_rule(asked: Problem) -> None:
    assume(asked.in_scope)
    search, before = _remade(asked)
    assert_sound(asked, search)
    assert search.best.points <= before


def test_who_can_come_at_any_time_makes_room_for_who_can_not() -> None:
    # One therapist from 09:00 to 11:30: room for 09:00 and 10:15, 60 minutes and 15 to change.
    # Dina sits at 09:00 though she could come later; Ruth can come from 09:00 to 10:00 only.
    asked = problem(
        two_clients(
            shifts=shift(days="mon", hours="09:00-11:30"),
            client_hours=[
                *comes("dina", "mon", "09:00-12:00"),
                *comes("ruth", "mon", "09:00-10:00"),
            ],
        )
    )
    model = build(asked)
    search = Search(model, seed=0)
    dina = next(i for i, p in enumerate(model.plans) if p.graph.plan_id == "dina-plan")
    early = search.bookings.cheapest(dina)
    assert early is not None
    search.begin(
        [early if i == dina else replace(early, slots=(), companions=()) for i in range(2)]
    )
    remake_places(search)
    assert sum(len(p.slots) for p in search.best.plans) == 2


def test_a_day_without_a_meal_left_is_left_alone() -> None:
    # Maya treated Ruth from 09:45 to 14:00, so no meal fits between 10:00 and 14:00 any more.
    asked = problem(
        two_clients(
            shifts=shift("maya", hours="08:00-17:00"),
            appointments=[completed("mon 09:45", key="ruth-plan", minutes=255)],
        )
    )
    search, _ = _remade(asked)
    assert search.best.plans[0].slots == ()


def test_nothing_to_make_anew_is_no_fault() -> None:
    asked = problem(network(shifts=[], care_plans=[plan(phases="1x1")]))
    search, before = _remade(asked)
    assert search.best.points == before == 1000


def test_sessions_that_are_no_neighbours_keep_their_distance_when_those_between_are_missing() -> (
    None
):
    # Maya works on Wednesday 10 and Thursday 11 March alone. The plan's first week ends on that
    # Wednesday, its second begins on that Thursday: any two of its four sessions are too close.
    asked = problem(
        network(
            shifts=shift(days="wed thu", valid=(on("wed+1"), on("thu+1"))),
            care_plans=[plan(phases="2x2", start_date=on("thu"))],
        ),
        weeks=2,
    )
    model = build(asked)
    search = Search(model, seed=0)
    place = Place(range(14), frozenset({0}), np.zeros(model.activities.slots))
    window = look_into(search.bookings, place)
    make_anew(search.bookings, place, window, decide(model, window, seed=0))
    (has,) = search.bookings.plans
    assert len(has.slots) == 1
    assert keeps_rules(model, 0, has.slots)


def _booked_at(search: Search, place: Place) -> set[int]:
    """The slots that are booked at a place."""
    activities = search.model.activities
    return {
        slot
        for slot in search.bookings.slots.tolist()
        if activities.day[slot] in place.days and activities.location[slot] in place.locations
    }


@settings(max_examples=20)
@given(problems(Size(weeks=3)), st.data())
def test_what_others_decide_about_is_left_alone_meanwhile(
    asked: Problem, data: st.DataObject
) -> None:
    assume(asked.in_scope)
    search = Search(build(asked), seed=0)
    assume(search.model.activities.slots)  # a worker takes no step where there is no slot
    search.greedy()
    first = data.draw(st.integers(0, 20))
    locations = st.sampled_from(range(len(search.model.activities.axes.location)))
    place = Place(
        range(first, first + data.draw(st.integers(1, 7))),
        data.draw(st.frozensets(locations, min_size=1)),
        np.zeros(search.model.activities.slots),
    )
    before = _booked_at(search, place)
    leave_alone(search.bookings, place)
    search.step(0.0, 200)
    assert _booked_at(search, place) <= before


@settings(max_examples=20)
@given(problems(Size(weeks=3)))
def test_steps_beside_what_others_decide_break_no_rule(asked: Problem) -> None:
    assume(asked.in_scope)
    search = Search(build(asked), seed=0)
    assume(search.model.activities.slots)  # a worker takes no step where there is no slot
    search.greedy()
    with ThreadPoolExecutor(1) as others:
        for _ in range(4):
            search.begin_remake(others)
            search.step(0.0, 100)
            search.end_remake()
            assert not search.is_remaking
    assert not search.bookings.bench.barred.any()
    assert_sound(asked, search)


def test_a_session_that_others_decide_about_stays_though_steps_would_move_it() -> None:
    # Monday and Tuesday are as good; who is put back gets the first of what is as good.
    asked = problem(network(shifts=shift(days="mon tue"), care_plans=[plan(phases="1x1")]))
    model = build(asked)
    day = model.activities.day
    tuesday = int(np.flatnonzero(day[: model.activities.slots] == 1)[0])
    search = Search(model, seed=0)
    search.begin([Booked((tuesday,), (-1,))])
    place = Place(range(1, 2), frozenset({0}), np.zeros(model.activities.slots))
    leave_alone(search.bookings, place)
    search.step(0.0, 20)
    assert search.bookings.slots.tolist() == [tuesday]
    leave_alone(search.bookings, None)
    search.step(0.0, 20)
    assert day[search.bookings.slots].tolist() == [0]


def test_nothing_is_ended_that_was_not_begun() -> None:
    search = Search(build(problem(network(care_plans=[plan(phases="1x1")]))), seed=0)
    assert not search.is_decided
    assert not search.end_remake()


@settings(max_examples=20)
@given(problems(Size(weeks=3)))
def test_what_is_in_the_way_of_each_kind_of_slot_is_known_after_any_steps(asked: Problem) -> None:
    assume(asked.in_scope)
    search = Search(build(asked), seed=0)
    assume(search.model.activities.slots)  # a worker takes no step where there is no slot
    search.greedy()
    search.step(0.0, 50)
    model, bookings = search.model, search.bookings
    left = bookings.bench.stock.left
    columns = np.arange(model.matrix.columns)
    fits = [
        all((left[first:last] >= weight).all() for first, last, weight in model.hard_runs(column))
        for column in columns.tolist()
    ]
    assert bookings.has_room_in_time(columns).tolist() == fits


def test_what_was_booked_elsewhere_meanwhile_is_left_out() -> None:
    # Both looked while nothing was booked: Dina's only session is in both windows, Ruth's in the
    # second alone. That finds Dina booked, and books Ruth.
    asked = problem(
        two_clients(
            shifts=shift(days="mon tue"),
            care_plans=[plan("dina-plan", "0.5x2"), plan("ruth-plan", start_date=on("mon+1"))],
        ),
        weeks=2,
    )
    model = build(asked)
    bookings = Search(model, seed=0).bookings
    guide = np.zeros(model.activities.slots)
    places = [Place(range(7), frozenset({0}), guide), Place(range(7, 14), frozenset({0}), guide)]
    windows = [look_into(bookings, place) for place in places]
    chosen = [decide(model, window, seed=0) for window in windows]
    assert [len(choices) for choices in chosen] == [1, 2]
    for place, window, choices in zip(places, windows, chosen, strict=True):
        make_anew(bookings, place, window, choices)
    assert [len(has.slots) for has in bookings.plans] == [1, 1]


def test_only_one_place_is_decided_about_at_a_time() -> None:
    search = Search(build(problem(network(care_plans=[plan(phases="1x1")]))), seed=0)
    with ThreadPoolExecutor(1) as others:
        search.begin_remake(others)
        with pytest.raises(RuntimeError, match="made anew already"):
            search.begin_remake(others)
