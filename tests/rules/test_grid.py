"""``grid``: appointments start on the quarter hour, or on the grid that is set."""

from __future__ import annotations

import pytest

from scheduler.settings import GRIDS
from tests.scheduler.both import agree_on_slots, book, broken
from tests.scheduler.tiny import network, problem, promise, shift

RULE = {"grid"}


@pytest.mark.parametrize("grid", GRIDS)
def test_only_multiples_of_the_grid_from_the_full_hour(grid: int) -> None:
    # From 09:25 on; 60 + 15 minutes fit until 10:45.
    asked = problem(network(shifts=shift(hours="09:25-12:00")), grid=grid)
    for minute in range(25, 60, 5):
        rules = set() if minute % grid == 0 else RULE
        assert broken(asked, book(f"mon 09:{minute}")) == rules


@pytest.mark.parametrize("grid", GRIDS)
def test_every_start_of_the_grid_is_there(grid: int) -> None:
    # From 09:00 to 10:45 are 105 minutes.
    assert agree_on_slots(problem(grid=grid)) == 105 // grid + 1


def test_a_promise_off_the_grid_has_to_move() -> None:
    asked = problem(network(appointments=[promise("mon 09:10")]))
    assert broken(asked, book("mon 09:10")) == RULE
    assert broken(asked, book("mon 09:15")) == set()
