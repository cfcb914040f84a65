"""An unknown id is answered with what is really near, or with where to look."""

from __future__ import annotations

import pytest

from office.errors import UnknownIdError, suggestion

PLANS = tuple(f"p{number:04}" for number in range(1, 333))


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("p00310", "'p0310'"),
        ("o0310", "'p0310'"),
        ("p3010", "'p0310'"),
    ],
)
def test_an_id_with_one_slip_is_recognised(wanted: str, near: str) -> None:
    assert near in suggestion(wanted, PLANS)


@pytest.mark.parametrize("wanted", ["p9999", "p9099x", "c0310x", "x"])
def test_among_hundreds_without_a_near_one_the_list_is_named(wanted: str) -> None:
    assert str(UnknownIdError("care plan", wanted, PLANS)) == (
        f"there is no care plan {wanted!r}. Maybe look it up with careweave plan list?"
    )
    assert suggestion(wanted, PLANS) == "look it up with careweave export DIR"


def test_a_few_are_all_named() -> None:
    assert suggestion("p9999", PLANS[:3]) == "one of p0001, p0002, p0003"
