"""``unpaired``: 150 for each booked session without the companion that its plan asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.facts import Appointment
from scheduler.problem import Problem
from tests.scheduler.both import Booking, book, parts
from tests.scheduler.tiny import network, on, plan, problem, promise, room, shift, therapist


def asked(*appointments: Appointment, as_of: str = "mon", **fields: Any) -> Problem:
    facts = network(
        rooms=[room("north-1"), room("north-2", "adjusting")],
        therapists=[therapist("ivo", credentials=frozenset({"DC"})), therapist("maya")],
        shifts=[*shift("ivo", "mon thu"), *shift("maya", "mon thu")],
        care_plans=[plan(phases="2x1", **{"companion_service_id": "adjustment", **fields})],
        appointments=appointments,
    )
    return problem(facts, as_of=on(as_of))


BOTH = book("mon 09:00"), book("thu 09:00", 2)


def after(day: str, number: int) -> Booking:
    return book(f"{day} 10:00", number, therapist="ivo", companion=True)


def test_each_session_that_comes_alone() -> None:
    assert parts(asked(), *BOTH) == {"unpaired": 300}
    assert parts(asked(), *BOTH, after("mon", 1)) == {"unpaired": 150}
    assert parts(asked(), *BOTH, after("mon", 1), after("thu", 2)) == {}


def test_an_unbooked_session_misses_no_companion() -> None:
    assert parts(asked(), BOTH[0]) == {"unbooked": 1000, "unpaired": 150}


def test_a_plan_that_asks_for_none() -> None:
    assert parts(asked(companion_service_id=None), *BOTH) == {}


def test_a_companion_carries_no_other_points() -> None:
    # Dina prefers Maya, but the adjustment is Ivo's.
    facts = asked().network
    clients = tuple(replace(c, preferred_therapist_id="maya") for c in facts.clients)
    preferring = problem(replace(facts, clients=clients))
    assert parts(preferring, *BOTH, after("mon", 1), after("thu", 2)) == {}


def test_a_settled_session_with_and_without_its_companion() -> None:
    companion = promise(
        "mon 10:00",
        appointment_id="companion",
        service_id="adjustment",
        therapist_id="ivo",
        room_id="north-2",
        minutes=20,
    )
    settled = promise("mon 09:00")
    assert parts(asked(settled, as_of="tue"), BOTH[1]) == {"unpaired": 300}
    assert parts(asked(settled, companion, as_of="tue"), BOTH[1]) == {"unpaired": 150}
