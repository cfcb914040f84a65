"""``extra-therapist``: 60 for each different therapist of a plan beyond the first."""

from __future__ import annotations

from dataclasses import replace

from scheduler.facts import Appointment, AppointmentStatus
from scheduler.problem import Problem
from tests.scheduler.both import Booking, book, parts
from tests.scheduler.tiny import (
    completed,
    network,
    no_show,
    on,
    plan,
    problem,
    promise,
    shift,
    therapist,
)

NAMES = ("maya", "omar", "zoe")


def asked(*appointments: Appointment, as_of: str = "mon", phases: str = "2x2") -> Problem:
    facts = network(
        therapists=[therapist(name) for name in NAMES],
        shifts=[row for name in NAMES for row in shift(name, "mon thu")],
        care_plans=[plan(phases=phases)],
        appointments=appointments,
    )
    return problem(facts, weeks=2, as_of=on(as_of))


def four(*names: str) -> list[Booking]:
    """Sessions 1 to 4 on Mondays and Thursdays, 3 and 4 days apart."""
    days = ("mon", "thu", "mon+1", "thu+1")
    return [
        book(f"{d} 09:00", n, therapist=t)
        for n, (d, t) in enumerate(zip(days, names, strict=True), 1)
    ]


def test_the_first_is_free_and_each_other_costs() -> None:
    assert parts(asked(), *four("omar", "omar", "omar", "omar")) == {}
    assert parts(asked(), *four("omar", "maya", "omar", "omar")) == {"extra-therapist": 60}
    # Coming back costs nothing more.
    assert parts(asked(), *four("omar", "maya", "omar", "maya")) == {"extra-therapist": 60}
    assert parts(asked(), *four("omar", "maya", "zoe", "maya")) == {"extra-therapist": 120}


def test_history_counts_also_a_no_show() -> None:
    for before in (completed("mon 09:00"), no_show("mon 09:00")):
        after = asked(before, as_of="tue", phases="2x1")
        assert parts(after, book("thu 09:00", 2, therapist="omar")) == {"extra-therapist": 60}
        assert parts(after, book("thu 09:00", 2)) == {}


def test_a_cancelled_one_does_not() -> None:
    cancelled = replace(completed("mon 09:00"), status=AppointmentStatus.CANCELLED)
    after = asked(cancelled, phases="1x1")
    assert parts(after, book("thu 09:00", therapist="omar")) == {}


def test_a_plan_with_nothing_booked_costs_nothing() -> None:
    before = completed("mon 09:00"), completed("thu 09:00", 2, therapist_id="omar")
    assert parts(asked(*before, as_of="mon+1", phases="2x1 1x1")) == {"unbooked": 1000}


def test_a_settled_session_counts_as_booked() -> None:
    # Booked on Thursday by the day of planning, a Friday.
    before = completed("mon 09:00"), promise("thu 09:00", 2, therapist_id="omar")
    assert parts(asked(*before, as_of="fri", phases="2x1")) == {"extra-therapist": 60}
