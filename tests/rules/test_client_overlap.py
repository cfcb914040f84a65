"""``client-overlap``: a client's appointments do not overlap, whatever plan they belong to."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    completed,
    network,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clients,
)

RULE = {"client-overlap"}


def two_plans(**tables: Any) -> Problem:
    """Dina has two plans, and could be in two rooms with two therapists."""
    usual: dict[str, Any] = {
        "rooms": [room("north-1"), room("north-2")],
        "therapists": [therapist("maya"), therapist("omar")],
        "shifts": [*shift("maya"), *shift("omar")],
        "care_plans": [plan("dina-neck"), plan("dina-plan")],
    }
    return problem(network(**{**usual, **tables}))


def test_changeover_is_none_of_the_clients_time() -> None:
    # 09:00 + 60 = 10:00.
    first = book("mon 09:00")
    for clock, rules in (("09:00", RULE), ("09:45", RULE), ("10:00", set())):
        other = book(f"mon {clock}", plan="dina-neck", therapist="omar")
        assert broken(two_plans(), first, other) == rules


def test_two_clients_may_come_at_once() -> None:
    facts = two_clients(
        therapists=[therapist("maya"), therapist("omar")], shifts=[*shift("maya"), *shift("omar")]
    )
    other = book("mon 09:00", plan="ruth-plan", therapist="omar")
    assert broken(problem(facts), book("mon 09:00"), other) == set()


def test_a_companion_of_another_plan_counts() -> None:
    # The adjustment of Dina's neck lasts from 10:00 to 10:20.
    asked = two_plans(
        rooms=[room("north-1"), room("north-2"), room("north-3", "adjusting")],
        therapists=[
            therapist("ivo", credentials=frozenset({"DC"})),
            therapist("maya"),
            therapist("omar"),
        ],
        shifts=[*shift("ivo"), *shift("maya"), *shift("omar")],
        care_plans=[plan("dina-neck", companion_service_id="adjustment"), plan("dina-plan")],
    )
    neck = (
        book("mon 09:00", plan="dina-neck"),
        book("mon 10:00", plan="dina-neck", therapist="ivo", companion=True),
    )
    assert broken(asked, *neck, book("mon 10:15", therapist="omar")) == RULE
    assert broken(asked, *neck, book("mon 10:30", therapist="omar")) == set()


def test_what_the_client_did_today_counts() -> None:
    # 09:15 + 60 = 10:15.
    today = completed("mon 09:15", key="dina-neck", therapist_id="omar", room_id="north-2")
    asked = two_plans(appointments=[today])
    assert broken(asked, book("mon 10:00")) == RULE
    assert broken(asked, book("mon 10:15")) == set()
