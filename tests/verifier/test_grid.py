from __future__ import annotations

from datetime import date

import pytest

from tests.verifier.tiny import booked, breaches, completed, network
from verifier import Planning

RULE = "grid"


@pytest.mark.parametrize("start", ["09:00", "09:15", "09:30", "09:45"])
def test_quarter_hours_are_fine(start: str) -> None:
    assert breaches(RULE, network(booked("a", f"2027-03-01T{start}"))) == []


@pytest.mark.parametrize("start", ["09:01", "09:14", "09:20", "09:59"])
def test_other_minutes_are_not(start: str) -> None:
    assert breaches(RULE, network(booked("a", f"2027-03-01T{start}"))) == [("a",)]


@pytest.mark.parametrize(("grid", "expected"), [(5, []), (10, []), (20, []), (30, [("a",)])])
def test_the_grid_is_a_setting(grid: int, expected: list[tuple[str, ...]]) -> None:
    # 09:40 is on the grids of 5, 10 and 20 minutes.
    planning = Planning(start=date(2027, 3, 1), weeks=1, as_of=date(2027, 3, 1), grid=grid)
    tables = network(booked("a", "2027-03-01T09:40"))
    assert breaches(RULE, tables, planning=planning) == expected


def test_what_is_over_is_not_judged() -> None:
    assert breaches(RULE, network(completed("a", "2027-03-01T09:07"))) == []
