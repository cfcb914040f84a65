"""Meals: what is left of a long day's breaks while it fills up and empties again."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.activities import Activities, find_activities
from scheduler.meals import Meals
from scheduler.problem import Problem
from tests.scheduler.both import Booking, Engine, book, broken
from tests.scheduler.networks import Size, problems
from tests.scheduler.tiny import (
    location,
    opening,
    problem,
    room,
    service,
    shift,
    travel,
    two_clients,
    two_clinics,
)

LONG = problem(two_clients(shifts=shift(hours="08:00-14:00")))


def activities() -> Activities:
    """Dina's and Ruth's slots on a day from 08:00 to 14:00."""
    return find_activities(LONG)


def column(minute: int, session: int = 0) -> int:
    """The slot of a session that starts at this minute of Monday."""
    found = activities()
    (at,) = np.flatnonzero((found.start == minute) & (found.session == session))
    return int(at)


def test_a_day_without_long_shifts_asks_for_nothing() -> None:
    short = find_activities(problem())
    meals = Meals(short)
    assert meals.count == 0
    assert meals.allow(np.arange(short.appointments)).all()
    assert all(meals.take(column) for column in range(short.appointments))


def test_taking_and_giving_back_leaves_the_day_as_it_was() -> None:
    meals = Meals(activities())
    before = meals.free.copy()
    for minute, session in ((600, 0), (675, 1), (690, 0)):
        meals.take(column(minute, session))
    assert (meals.free != before).any()
    for minute, session in ((675, 1), (600, 0), (690, 0)):
        meals.give_back(column(minute, session))
    assert (meals.free == before).all()


def test_what_does_not_fit_any_more_is_not_allowed() -> None:
    # From 10:00 to 11:15, 11:30 to 12:45; what starts at 12:45 ends at 14:00.
    meals = Meals(activities())
    assert meals.take(column(600))
    assert meals.take(column(690, 1))
    assert meals.allow(np.array([column(765)])).tolist() == [False]
    meals.give_back(column(690, 1))
    assert meals.allow(np.array([column(765)])).tolist() == [True]


def test_kept_slots_are_there_from_the_beginning() -> None:
    # 10:15-11:30 and 11:45-13:00 leave 13:00-14:00: 13:30 - 30, but not beside 12:45-14:00.
    kept = Meals(activities(), np.array([column(615)]))
    assert kept.allow(np.array([column(705, 1)])).all()
    assert kept.take(column(705, 1))
    assert kept.take(column(615))


@settings(max_examples=40)
@given(problems(Size(plans=4, phases=("1x1", "2x1"), weeks=1, pins=False)), st.data())
def test_any_order_of_taking_leaves_the_same(asked: Problem, data: st.DataObject) -> None:
    found = find_activities(asked)
    assume(found.appointments)
    chosen = data.draw(st.lists(st.integers(0, found.appointments - 1), max_size=6, unique=True))
    extra = data.draw(st.lists(st.sampled_from(chosen), unique=True)) if chosen else []
    one, other = Meals(found), Meals(found)
    for column in chosen:
        one.take(column)
    for column in extra:
        one.give_back(column)
    for column in reversed([c for c in chosen if c not in extra]):
        other.take(column)
    assert (one.free == other.free).all()


@settings(max_examples=40)
@given(problems(Size(plans=4, phases=("1x1",), weeks=1, pins=False)))
def test_both_judges_agree_while_long_days_fill_up(asked: Problem) -> None:
    engine = Engine(asked)
    meals = Meals(engine.activities)
    slots = [b for b, at in engine.columns.items() if not b.companion and meals.day[at] >= 0]
    booked: list[Booking] = []
    for slot in slots[:: max(len(slots) // 20, 1)]:
        others = [(b.plan_id, b.number) for b in booked]
        if (slot.plan_id, slot.number) not in others and not broken(asked, *booked, slot):
            booked.append(slot)


def test_a_meal_at_a_third_place_is_no_way_around_a_long_journey() -> None:
    # North to South takes 60 minutes, but only 10 each by way of East. Between 11:15 and 12:30
    # lie 75 minutes: 60 + 30 are more.
    places = ("east", "north", "south")
    facts = two_clinics(
        locations=[location(place) for place in places],
        opening_hours=[row for place in places for row in opening(place)],
        rooms=[room(f"{place}-1") for place in places],
        travel=[travel(60), travel(10, "north", "east"), travel(10, "east", "south")],
        services=[service("massage", minutes=120)],
        shifts=[
            *shift(hours="09:00-11:15"),
            *shift(hours="11:15-12:15", where="east"),
            *shift(hours="12:15-15:00", where="south"),
        ],
    )
    later = book("mon 12:30", plan="ruth-plan", where="south")
    assert broken(problem(facts), book("mon 09:00"), later) == {"meal-break"}
