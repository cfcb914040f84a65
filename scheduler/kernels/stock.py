"""What is left of every row while a schedule is made: appointments take and give back.

Beside the rows there are three things that no row can say: which breaks a long day still has,
whether rooms can be handed out where some are taken for good, and how often therapists change
the clinic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.breaks import allows_break, give_break_back, is_break_left, take_break
from scheduler.kernels.housing import house, leave

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scheduler.candidates import IntArray
    from scheduler.kernels.breaks import Breaks
    from scheduler.kernels.housing import Housing

    SmallArray = NDArray[np.int32]

FITS = -1
"""Stands for a row where everything fits."""

ELSEWHERE = -2
"""Stands for a row where it is a break or a room that lacks."""


class Needs(NamedTuple):
    """What columns take, by ``pattern``: ``weight`` of each row in ``[first, last)``, run by run.

    The runs of pattern *k* lie between ``edge[k]`` and ``edge[k + 1]``. ``taker`` lists, from
    ``taker_edge`` of each row on, the patterns that take just one of it.

    Patterns of one ``group`` are with one therapist at one location on one day, and take as much of
    the rows that are counted in more than ones: ``minutes`` of each ``minutes_row``, from
    ``minutes_edge`` of the group on. ``stretch`` is where a group's therapist is that day, -1 where
    the day has one location only.
    """

    pattern: SmallArray
    edge: IntArray
    first: SmallArray
    last: SmallArray
    weight: SmallArray
    taker_edge: SmallArray
    taker: SmallArray
    group: SmallArray
    minutes_edge: IntArray
    minutes_row: SmallArray
    minutes: SmallArray
    stretch: SmallArray


_NeedsReference = by_reference(Needs)


@compiled
def refer_to_needs(values: Needs) -> Needs:
    """The same, to be handed to compiled code."""
    return _NeedsReference(*values)


class Stock(NamedTuple):
    """What is ``left`` of each row, and all else that fills up; breaks and rooms go by pattern.

    ``full`` counts for each pattern of how many rows nothing is left that it takes one of: one
    look tells whether it finds one of each. ``used`` counts the sessions of each stretch;
    ``extra`` is by how many changes of clinic one more session there adds to its day, and
    ``changes`` (one entry) how many there are beyond those between standing sessions, which are
    there anyway. A day's stretches are ``[stretch_first, stretch_last)`` of each of them.
    """

    left: SmallArray
    full: SmallArray
    breaks: Breaks
    housing: Housing
    used: IntArray
    extra: IntArray
    changes: IntArray
    stretch_location: IntArray
    stretch_first: IntArray
    stretch_last: IntArray


_StockReference = by_reference(Stock)


@compiled
def refer_to_stock(values: Stock) -> Stock:
    """The same, to be handed to compiled code."""
    return _StockReference(*values)


@compiled
def fits(needs: Needs, stock: Stock, column: int) -> bool:
    """Whether a column finds enough left of every row, and leaves its therapist a break."""
    return has_room(needs, stock, column) and allows_break(stock.breaks, needs.pattern[column])


@compiled
def has_room(needs: Needs, stock: Stock, column: int) -> bool:
    """Whether a column finds enough left of every row."""
    pattern = needs.pattern[column]
    return stock.full[pattern] == 0 and has_minutes(needs, stock.left, needs.group[pattern])


@compiled
def has_minutes(needs: Needs, left: SmallArray, group: int) -> bool:
    """Whether a group finds enough left of what is counted in minutes."""
    for at in range(needs.minutes_edge[group], needs.minutes_edge[group + 1]):
        if left[needs.minutes_row[at]] < needs.minutes[at]:
            return False
    return True


@compiled
def take(needs: Needs, stock: Stock, column: int) -> int:
    """Take what a column needs; a row that this overdraws, ``FITS`` or ``ELSEWHERE``."""
    pattern = needs.pattern[column]
    full = _change(needs, stock, pattern, -1)
    take_break(stock.breaks, pattern)
    housed = house(stock.housing, pattern)
    if full == FITS and not (housed and is_break_left(stock.breaks, pattern)):
        return ELSEWHERE
    return full


@compiled
def give_back(needs: Needs, stock: Stock, column: int) -> None:
    """Take what a column has taken out again."""
    pattern = needs.pattern[column]
    _change(needs, stock, pattern, 1)
    give_break_back(stock.breaks, pattern)
    leave(stock.housing, pattern)


@compiled
def _change(needs: Needs, stock: Stock, pattern: int, sign: int) -> int:
    """Take what a pattern needs (-1) or give it back; a row that this overdraws, or ``FITS``."""
    overdrawn = FITS
    first, last, weight, left = needs.first, needs.last, needs.weight, stock.left
    taker_edge, taker, full = needs.taker_edge, needs.taker, stock.full
    for run in range(needs.edge[pattern], needs.edge[pattern + 1]):
        amount = sign * weight[run]
        for row in range(first[run], last[run]):
            before, now = left[row], left[row] + amount
            left[row] = now
            if before < 1 <= now:
                _count_full(taker_edge, taker, full, row, -1)
            elif now < 1 <= before:
                _count_full(taker_edge, taker, full, row, 1)
            if now < 0 and amount < 0:
                overdrawn = row
    return overdrawn


@compiled
def _count_full(
    taker_edge: SmallArray, taker: SmallArray, full: SmallArray, row: int, amount: int
) -> None:
    """A row is full (1) or no longer (-1) for all patterns that take one of it."""
    for at in range(taker_edge[row], taker_edge[row + 1]):
        full[taker[at]] += amount


@compiled
def count_full(needs: Needs, stock: Stock) -> None:
    """Count the full rows of each pattern, as it begins."""
    for row in range(len(stock.left)):
        if stock.left[row] < 1:
            _count_full(needs.taker_edge, needs.taker, stock.full, row, 1)


@compiled
def change_clinics(needs: Needs, stock: Stock, column: int, amount: int) -> None:
    """Count one session more (1) or less (-1) where a column is, and what it does to its day."""
    stretch = needs.stretch[needs.group[needs.pattern[column]]]
    if stretch < 0:
        return
    stock.changes[0] -= _count(stock, stretch, -1)
    stock.used[stretch] += amount
    stock.changes[0] += _count(stock, stretch, -1)
    _count_extra(stock, stretch)


@compiled
def count_extra(stock: Stock) -> None:
    """Count what one more session would add to each day, as it begins."""
    for stretch in range(len(stock.extra)):
        if stretch == stock.stretch_first[stretch]:
            _count_extra(stock, stretch)


@compiled
def _count_extra(stock: Stock, stretch: int) -> None:
    now = _count(stock, stretch, -1)
    for each in range(stock.stretch_first[stretch], stock.stretch_last[stretch]):
        stock.extra[each] = _count(stock, stretch, each) - now


@compiled
def _count(stock: Stock, stretch: int, also: int) -> int:
    """The changes of a stretch's day, with a session in one more stretch or (-1) without."""
    changes, before = 0, -1
    for each in range(stock.stretch_first[stretch], stock.stretch_last[stretch]):
        if stock.used[each] > 0 or each == also:
            if before >= 0 and stock.stretch_location[each] != before:
                changes += 1
            before = stock.stretch_location[each]
    return changes
