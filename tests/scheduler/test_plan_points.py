"""What a slot adds to the points of its plan is what the plan's points say with and without it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from scheduler.bookings import Booked, Bookings
from scheduler.model import build
from scheduler.problem import Problem
from tests.scheduler.networks import problems
from tests.scheduler.tiny import completed, network, plan, problem, shift, therapist


def agree_on_every_slot(bookings: Bookings, number: int, slots: tuple[int, ...]) -> None:
    """Take each slot of a plan out, and put each other slot of its session and day there."""
    model, activities = bookings.model, bookings.model.activities
    for gone in slots:
        rest = [slot for slot in slots if slot != gone]
        like = (activities.session == activities.session[gone]) & (
            activities.day == activities.day[gone]
        )
        others = np.flatnonzero(like[: activities.slots])
        before = bookings.points_of(number, rest, [-1] * len(rest))
        bookings.cancel(number)
        bookings.book(number, Booked(tuple(rest), (-1,) * len(rest), before))
        for slot, added in zip(others, bookings.added_by(others), strict=True):
            now = bookings.points_of(number, sorted([*rest, int(slot)]), [-1] * len(slots))
            assert before + added + model.asks[slot] == pytest.approx(now)
        bookings.cancel(number)


@given(problems())
def test_any_plan(asked: Problem) -> None:
    model = build(asked)
    bookings = Bookings(model)
    for number in range(len(model.plans)):
        booked = bookings.cheapest(number)
        if booked is not None:
            agree_on_every_slot(bookings, number, booked.slots)


def test_a_plan_with_history_and_two_therapists() -> None:
    # Session 1 was with Maya at 09:00; of 2 to 4 some are with Omar, who comes in the afternoon.
    facts = network(
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", "mon thu"), *shift("omar", "tue fri", hours="13:00-16:00")],
        care_plans=[plan(phases="2x2")],
        appointments=[completed("mon 09:00")],
    )
    model = build(problem(facts, weeks=2))
    bookings = Bookings(model)
    booked = bookings.cheapest(0)
    assert booked is not None
    assert len(booked.slots) == 3
    agree_on_every_slot(bookings, 0, booked.slots)
