"""``other-time``: 5 for each session over an hour from the time of day of the one before."""

from __future__ import annotations

from scheduler.facts import Appointment
from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import completed, network, no_show, on, plan, problem, promise, shift


def asked(*appointments: Appointment, as_of: str = "mon", grid: int = 15) -> Problem:
    facts = network(
        shifts=shift(days="mon thu", hours="08:00-13:30"),
        care_plans=[plan(phases="2x2")],
        appointments=appointments,
    )
    return problem(facts, weeks=2, as_of=on(as_of), grid=grid, weights=Weights(unbooked=0))


def unusual(*clocks: str, grid: int = 15) -> int:
    """Points of sessions 1, 2, ... at these times; a dash leaves one out."""
    days = ("mon", "thu", "mon+1", "thu+1")
    bookings = [
        book(f"{day} {clock}", number)
        for number, (day, clock) in enumerate(zip(days, clocks, strict=False), 1)
        if clock != "-"
    ]
    return parts(asked(grid=grid), *bookings).get("other-time", 0)


def test_an_hour_is_free_in_either_direction() -> None:
    assert unusual("09:45", "10:45") == 0
    assert unusual("09:45", "11:00") == 5
    assert unusual("09:45", "08:45") == 0
    assert unusual("09:45", "08:30") == 5


def test_five_minutes_more_count_on_a_finer_grid() -> None:
    assert unusual("09:45", "10:50", grid=5) == 5
    assert unusual("09:45", "10:45", grid=5) == 0


def test_each_session_is_compared_with_the_one_before() -> None:
    # Slowly later each time is free; back to the first time is not.
    assert unusual("09:00", "10:00", "11:00", "12:00") == 0
    assert unusual("09:00", "12:00", "09:00", "09:00") == 10


def test_over_an_unbooked_session_nothing_is_counted() -> None:
    assert unusual("09:00", "-", "12:00") == 0


def test_what_happened_counts_for_the_session_after_it() -> None:
    for before in (completed("mon 08:30"), no_show("mon 08:30")):
        after = asked(before, as_of="tue")
        assert parts(after, book("thu 09:45", 2)) == {"other-time": 5}
        assert parts(after, book("thu 09:30", 2)) == {}


def test_a_settled_session_carries_its_own_points() -> None:
    before = completed("mon 08:30"), promise("thu 12:00", 2)
    assert parts(asked(*before, as_of="fri")) == {"other-time": 5}
    assert parts(asked(*before, as_of="fri"), book("mon+1 09:00", 3)) == {"other-time": 10}
