"""The matrix: runs are what they stand for, and overlaps are counted at every minute."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.kernels.charge import charge
from scheduler.matrix import Limit, Matrix, Runs, merge, stack
from scheduler.rules.overlap import Intervals, at_most

COLUMNS = 5


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    """A few rows that five columns take runs of, with up to two helpers of its own."""
    rows, helpers = draw(st.integers(1, 6)), draw(st.integers(0, 2))
    span = st.lists(st.integers(0, rows), min_size=2, max_size=2).map(sorted)
    run = st.tuples(st.integers(0, COLUMNS + helpers - 1), span, st.integers(-2, 3))
    runs = draw(st.lists(run, max_size=8))
    return Limit(
        "any",
        Runs(
            np.array([r[0] for r in runs], dtype=np.int64),
            np.array([r[1][0] for r in runs], dtype=np.int64),
            np.array([r[1][1] for r in runs], dtype=np.int64),
            np.array([r[2] for r in runs], dtype=np.int64),
        ),
        np.array(draw(st.lists(st.integers(-1, 5), min_size=rows, max_size=rows)), dtype=np.int64),
        np.arange(helpers) + 7,
    )


def dense(limit: Limit) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """The rows of a limit written out."""
    table = np.zeros((len(limit.capacity), COLUMNS + len(limit.helper_points)), dtype=np.int64)
    for column, first, last, weight in zip(
        limit.runs.column, limit.runs.first, limit.runs.last, limit.runs.weight, strict=True
    ):
        table[first:last, column] += weight
    return table


def written_out(matrix: Matrix) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """The matrix as its own ``taken`` has it, column by column."""
    columns = [matrix.taken(np.array([column])) for column in range(matrix.columns)]
    return np.stack(columns, axis=1)


@given(limits(), limits())
def test_limits_stand_under_one_another_with_helpers_of_their_own(one: Limit, other: Limit) -> None:
    matrix = stack(COLUMNS, [one, other])
    helpers = len(one.helper_points)
    expected = np.zeros((matrix.rows, matrix.columns), dtype=np.int64)
    above, below = dense(one), dense(other)
    expected[: len(above), : COLUMNS + helpers] = above
    expected[len(above) :, :COLUMNS] = below[:, :COLUMNS]
    expected[len(above) :, COLUMNS + helpers :] = below[:, COLUMNS:]
    assert (written_out(matrix) == expected).all()
    assert matrix.capacity.tolist() == [*one.capacity, *other.capacity]
    assert matrix.helper_points.tolist() == [*one.helper_points, *other.helper_points]


@given(limits(), st.data())
def test_what_columns_take_and_pay_is_what_the_matrix_says(
    limit: Limit, data: st.DataObject
) -> None:
    matrix = stack(COLUMNS, [limit])
    table = dense(limit)
    prices = np.array(
        data.draw(st.lists(st.integers(0, 9), min_size=matrix.rows, max_size=matrix.rows))
    )
    assert charge(matrix, prices.astype(float)).tolist() == (prices @ table).tolist()
    chosen = np.array(data.draw(st.lists(st.sampled_from(range(matrix.columns)), unique=True)), int)
    assert matrix.taken(chosen).tolist() == table[:, chosen].sum(axis=1).tolist()
    assert (matrix.sparse(chosen).toarray() == table[:, chosen]).all()


@given(limits(), st.integers(0, 6), st.lists(st.sampled_from(range(COLUMNS)), unique=True))
def test_without_some_columns_their_share_is_gone(
    limit: Limit, rows: int, chosen: list[int]
) -> None:
    matrix = stack(COLUMNS, [limit])
    rows = min(rows, matrix.rows)
    assume(not any(f < rows < e for f, e in zip(limit.runs.first, limit.runs.last, strict=True)))
    rest = matrix.without(np.array(chosen, dtype=np.int64), rows)
    table = dense(limit)
    left = limit.capacity.copy()
    left[:rows] -= table[:rows, chosen].sum(axis=1)
    table[:rows, chosen] = 0
    assert rest.capacity.tolist() == left.tolist()
    assert (written_out(rest) == table).all()


@given(st.lists(limits(), max_size=3))
def test_lots_of_one_rule_are_merged_in_order(lots: list[Limit]) -> None:
    bare = [Limit(lot.name, lot.runs, lot.capacity) for lot in lots]
    merged = merge("all", bare)
    assert merged.capacity.tolist() == [c for lot in bare for c in lot.capacity]
    if bare:
        alone = [stack(COLUMNS + 2, [lot]) for lot in bare]
        assert (
            written_out(stack(COLUMNS + 2, [merged]))
            == np.concatenate([written_out(matrix) for matrix in alone])
        ).all()


INTERVALS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 12), st.integers(1, 5)), min_size=1, max_size=6
)


@given(INTERVALS, INTERVALS, st.integers(1, 2), st.data())
def test_overlaps_are_counted_at_every_minute(
    wanted: list[tuple[int, int, int]],
    standing: list[tuple[int, int, int]],
    capacity: int,
    data: st.DataObject,
) -> None:
    limit = at_most(
        "any",
        np.arange(len(wanted)),
        _intervals(wanted),
        _intervals(standing),
        np.array([capacity, capacity + 1]),
    )
    matrix = stack(len(wanted), [limit])
    chosen = data.draw(st.lists(st.sampled_from(range(len(wanted))), unique=True, min_size=1))
    fits = bool((matrix.taken(np.array(chosen)) <= matrix.capacity).all())
    taken = [wanted[column] for column in chosen]
    assert fits == all(
        _count(taken, owner, minute) == 0
        or _count([*taken, *standing], owner, minute) <= capacity + owner
        for owner in (0, 1)
        for minute in range(18)
    )


def _intervals(rows: list[tuple[int, int, int]]) -> Intervals:
    owner, start, length = (np.array(column) for column in zip(*rows, strict=True))
    return Intervals(owner, start, start + length)


def _count(rows: list[tuple[int, int, int]], owner: int, minute: int) -> int:
    return sum(o == owner and start <= minute < start + length for o, start, length in rows)
