from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from verifier import Planning

MONDAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": date(2027, 3, 3)}, "2027-03-03, no Monday. Maybe 2027-03-01"),
        ({"weeks": 0}, "has 0 weeks. Maybe"),
        ({"grid": 7}, "grid is 7 minutes. Maybe"),
        ({"freeze_days": -1}, "freeze window is -1 days. Maybe"),
        ({"weights": {"cadance": 1}}, "'cadance'. Maybe 'cadence'"),
        ({"weights": {"cadence": -1}}, "cadence is -1. Maybe"),
    ],
)
def test_what_can_not_be_planned_with_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Planning(**{"start": MONDAY, "weeks": 1, "as_of": MONDAY, **changes})


def test_weights_that_are_not_named_keep_their_default() -> None:
    weights = Planning(MONDAY, 1, MONDAY, weights={"cadence": 3}).weights
    assert weights["cadence"] == 3
    assert weights["unbooked-urgent"] == 3000


def test_a_weight_of_nothing_leaves_a_part_out() -> None:
    assert Planning(MONDAY, 1, MONDAY, weights={"cadence": 0}).weights["cadence"] == 0


def test_the_horizon_ends_before_the_monday_after_it() -> None:
    planning = Planning(MONDAY, 2, MONDAY)
    assert planning.in_horizon(date(2027, 3, 14))
    assert not planning.in_horizon(date(2027, 3, 15))
    assert not planning.in_horizon(date(2027, 2, 28))


def test_nothing_is_frozen_unless_that_is_asked_for() -> None:
    assert not Planning(MONDAY, 1, MONDAY).is_frozen(MONDAY)
    assert Planning(MONDAY, 1, MONDAY, freeze_days=1).is_frozen(MONDAY)
    assert not Planning(MONDAY, 1, MONDAY, freeze_days=1).is_frozen(date(2027, 3, 2))
    assert not Planning(MONDAY, 1, MONDAY, freeze_days=1).is_frozen(date(2027, 2, 28))
