"""Limits in minutes, read in whole appointments: what fits is possible, what does not is not."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.matrix import Limit, Runs
from scheduler.whole import facets, in_whole


def test_four_and_a_half_hours_hold_four_sessions_of_an_hour() -> None:
    assert facets(270, (60,)) == (((1,), 4),)


def test_sessions_of_two_lengths_share_what_is_left() -> None:
    # 150 minutes: 60 + 90, or 60 + 60, or 90 alone; never two of 90, never three.
    assert facets(150, (60, 90)) == (((0, 1), 1), ((1, 1), 2))


def test_nothing_fits_into_too_little() -> None:
    assert facets(30, ()) == ()


SIZES = st.lists(
    st.sampled_from([15, 20, 30, 45, 60, 75, 90, 120]), min_size=1, max_size=6, unique=True
).map(sorted)


@given(st.integers(15, 400), SIZES)
def test_whole_counts_keep_the_facets_just_when_they_keep_the_minutes(
    minutes: int, lengths: list[int]
) -> None:
    sizes = tuple(size for size in lengths if size <= minutes)
    told = facets(minutes, sizes)
    for counts in product(range(4), repeat=len(sizes)):
        fits = sum(n * size for n, size in zip(counts, sizes, strict=True)) <= minutes
        kept = all(
            sum(n * weight for n, weight in zip(counts, weights, strict=True)) <= most
            for weights, most in told
        )
        assert fits == kept


@pytest.mark.parametrize(("left", "rows"), [(150, 2), (59, 0)])
def test_a_limit_is_read_row_by_row(left: int, rows: int) -> None:
    limit = Limit(
        "max-day",
        Runs(np.array([0, 1]), np.array([0, 0]), np.array([1, 1]), np.array([60, 90])),
        np.array([left]),
    )
    assert len(in_whole(limit).capacity) == rows


def test_what_is_longer_than_all_that_is_left_takes_more_than_there_is() -> None:
    # 60 minutes are left: one of 60 fits, 90 do not.
    limit = Limit(
        "max-day",
        Runs(np.array([0, 1]), np.array([0, 0]), np.array([1, 1]), np.array([60, 90])),
        np.array([60]),
    )
    whole = in_whole(limit)
    assert whole.capacity.tolist() == [1]
    assert dict(zip(whole.runs.column.tolist(), whole.runs.weight.tolist(), strict=True)) == {
        0: 1,
        1: 2,
    }
