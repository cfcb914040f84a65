"""Numbers that no clinic means are refused before anything is planned with them."""

from __future__ import annotations

import math

import pytest

from scheduler.engine import Limits
from scheduler.settings import MOST_FREEZE_DAYS, MOST_POINTS, Settings, Weights


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -1.0])
def test_a_run_lasts_a_number_of_seconds(seconds: float) -> None:
    with pytest.raises(ValueError, match="Maybe 60"):
        Limits(seconds=seconds)


@pytest.mark.parametrize("days", [-1, MOST_FREEZE_DAYS + 1, 10**20])
def test_a_freeze_window_lasts_a_year_at_most(days: int) -> None:
    with pytest.raises(ValueError, match=f"the freeze window is {days} days"):
        Settings(freeze_days=days)
    assert Settings(freeze_days=MOST_FREEZE_DAYS).freeze_days == MOST_FREEZE_DAYS


@pytest.mark.parametrize("points", [-1, MOST_POINTS + 1])
def test_a_weight_has_bounds(points: int) -> None:
    with pytest.raises(ValueError, match=f"the weight cadence is {points}"):
        Weights(cadence=points)
    assert Weights(cadence=MOST_POINTS).cadence == MOST_POINTS
