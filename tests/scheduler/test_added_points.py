"""What a plan has, and what a slot adds to it, costs what the ledger counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given

from scheduler.bookings import Booked, Bookings
from scheduler.model import Model, build
from scheduler.points import parts_of
from scheduler.problem import Problem
from scheduler.search import Search
from tests.scheduler.networks import problems
from tests.scheduler.tiny import completed, network, plan, problem, shift, therapist


def count(model: Model, slots: Sequence[int]) -> int:
    """The ledger's points of a schedule of one plan, but for what depends on other plans."""
    parts = parts_of(model.ledger(slots, frozenset()))
    return sum(points for name, points in parts.items() if name != "change-of-clinic")


def agree_on_every_slot(bookings: Bookings, number: int, slots: tuple[int, ...]) -> None:
    """Take each slot of a plan out, and put each other slot of its session and day there."""
    model, activities = bookings.model, bookings.model.activities
    ready = bookings.points_of(number, slots, [-1] * len(slots))
    nothing = bookings.points_of(number, [], [])
    assert ready - nothing == pytest.approx(count(model, slots) - count(model, ()))
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
            more = count(model, sorted([*rest, int(slot)])) - count(model, rest)
            assert added + model.asks[slot] == pytest.approx(more)
        bookings.cancel(number)


@given(problems())
def test_any_plan(asked: Problem) -> None:
    model = build(asked)
    assume(
        not len(model.kept)
    )  # what must be kept costs a million points, of which no ledger knows
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


@given(problems())
def test_a_search_counts_its_schedule_as_the_ledger_does(asked: Problem) -> None:
    # Changes of clinic among them, which depend on other plans and on what stands.
    model = build(asked)
    assume(model.activities.slots and not len(model.kept))
    search = Search(model, seed=0)
    search.greedy()
    search.step(0.5, count=20)
    slots = [slot for booked in search.best.plans for slot in booked.slots]
    paired = frozenset(
        slot
        for booked in search.best.plans
        for slot, companion in zip(booked.slots, booked.companions, strict=True)
        if companion >= 0
    )
    counted = sum(parts_of(model.ledger(slots, paired)).values())
    assert search.best.points + model.settled_points == pytest.approx(counted)
