from __future__ import annotations

from datetime import date

import pytest

from tests.verifier.tiny import Network, Row, booked, completed, network, phase, points
from verifier import Planning

PART = "cadence"


def dina(*appointments: Row, phases: tuple[tuple[str, int], ...]) -> Network:
    tables = network(*appointments)
    tables["care_plan_phases"] = [
        phase("dina-plan", place, frequency, weeks)
        for place, (frequency, weeks) in enumerate(phases, start=1)
    ]
    return tables


@pytest.mark.parametrize(
    ("frequency", "days", "expected"),
    [
        ("2", 2, 10),  # one day under 3
        ("2", 3, 0),
        ("2", 4, 0),
        ("2", 6, 20),  # two over 4
        ("1", 5, 20),
        ("1", 7, 0),
        ("1", 8, 10),
        ("0.5", 13, 10),
        ("0.5", 14, 0),
        ("0.5", 17, 30),
    ],
)
def test_each_day_off_the_interval_costs_10(frequency: str, days: int, expected: int) -> None:
    second = f"2027-03-{1 + days:02}T12:00"
    tables = dina(
        booked("a", "2027-03-01T09:00"),
        booked("b", second, number=2),
        phases=((frequency, 4),),
    )
    assert points(PART, tables) == expected


def test_the_interval_is_that_of_the_later_session() -> None:
    # From the 2nd to the 9th are 7 days: right for weekly, 3 over 4 at twice a week.
    for phases, expected in (
        ((("1", 1), ("2", 1)), 30),
        ((("2", 1), ("1", 1)), 0),
    ):
        first = 1 if phases[0][0] == "1" else 2
        tables = dina(
            booked("a", "2027-03-02T09:00", number=first),
            booked("b", "2027-03-09T09:00", number=first + 1),
            phases=phases,
        )
        assert points(PART, tables) == expected


@pytest.mark.parametrize("status", ["completed", "no_show"])
def test_a_session_is_compared_with_its_history(status: str) -> None:
    # 9 days, 2 over 7.
    past = booked("a", "2027-03-01T09:00", status=status)
    tables = dina(past, booked("b", "2027-03-10T09:00", number=2), phases=(("1", 4),))
    assert points(PART, tables) == 20


def test_a_missing_session_between_leaves_nothing_to_compare() -> None:
    tables = dina(
        booked("a", "2027-03-01T09:00"),
        booked("c", "2027-03-18T09:00", number=3),
        phases=(("1", 4),),
    )
    assert points(PART, tables) == 0


def test_the_points_belong_to_the_later_session() -> None:
    # Session 1 is in scope of the first week, session 2 (9 days later) is not.
    tables = dina(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-10T09:00", number=2),
        phases=(("1", 4),),
    )
    assert points(PART, tables, planning=Planning(date(2027, 3, 1), 1, date(2027, 2, 27))) == 0
    assert points(PART, tables, planning=Planning(date(2027, 3, 8), 1, date(2027, 2, 27))) == 20


def test_history_alone_is_not_counted() -> None:
    tables = dina(
        completed("a", "2027-03-01T09:00"),
        completed("b", "2027-03-14T09:00", number=2),
        phases=(("1", 4),),
    )
    assert points(PART, tables) == 0
