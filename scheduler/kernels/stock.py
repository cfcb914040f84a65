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
    """What each column takes: ``weight`` of each row in ``[first, last)``, one run after another.

    The runs of column *c* lie between ``edge[c]`` and ``edge[c + 1]``. ``stretch`` is where each
    column's therapist is that day, -1 where the day has one location only.
    """

    edge: IntArray
    first: SmallArray
    last: SmallArray
    weight: SmallArray
    stretch: SmallArray


_NeedsReference = by_reference(Needs)


@compiled
def refer_to_needs(values: Needs) -> Needs:
    """The same, to be handed to compiled code."""
    return _NeedsReference(*values)


class Stock(NamedTuple):
    """What is ``left`` of each row, and all else that fills up.

    ``next_full`` is the next row, from each on, of which nothing is left: one look tells whether a
    run finds one of each of its rows. ``used`` counts the sessions of each stretch; ``extra`` is by
    how many changes of clinic one more session there adds to its day, and ``changes`` (one entry)
    how many there are beyond those between standing sessions, which are there anyway. A day's
    stretches are ``[stretch_first, stretch_last)`` of each of them.
    """

    left: SmallArray
    next_full: SmallArray
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
    return has_room(
        needs.edge,
        needs.first,
        needs.last,
        needs.weight,
        stock.left,
        stock.next_full,
        column,
    ) and allows_break(stock.breaks, column)


@compiled
def has_room(
    edge: IntArray,
    first: SmallArray,
    last: SmallArray,
    weight: SmallArray,
    left: SmallArray,
    next_full: SmallArray,
    column: int,
) -> bool:
    """Whether a column finds enough left of every row."""
    for run in range(edge[column], edge[column + 1]):
        if weight[run] == 1:
            if next_full[first[run]] < last[run]:
                return False
        elif weight[run] > 1:
            for row in range(first[run], last[run]):
                if left[row] < weight[run]:
                    return False
    return True


@compiled
def take(needs: Needs, stock: Stock, column: int) -> int:
    """Take what a column needs; a row that this overdraws, ``FITS`` or ``ELSEWHERE``."""
    full = FITS
    for run in range(needs.edge[column], needs.edge[column + 1]):
        for row in range(needs.first[run], needs.last[run]):
            stock.left[row] -= needs.weight[run]
            if stock.left[row] < 0 and needs.weight[run] > 0:
                full = row
        look_ahead(stock, needs.first[run], needs.last[run])
    take_break(stock.breaks, column)
    housed = house(stock.housing, column)
    if full == FITS and not (housed and is_break_left(stock.breaks, column)):
        return ELSEWHERE
    return full


@compiled
def give_back(needs: Needs, stock: Stock, column: int) -> None:
    """Take what a column has taken out again."""
    for run in range(needs.edge[column], needs.edge[column + 1]):
        for row in range(needs.first[run], needs.last[run]):
            stock.left[row] += needs.weight[run]
        look_ahead(stock, needs.first[run], needs.last[run])
    give_break_back(stock.breaks, column)
    leave(stock.housing, column)


@compiled
def look_ahead(stock: Stock, first: int, last: int) -> None:
    """Find the next full row anew where what is left of some rows has changed."""
    left, next_full = stock.left, stock.next_full
    full = next_full[last]
    for row in range(last - 1, -1, -1):
        if left[row] < 1:
            full = row
        if row < first and next_full[row] == full:
            break
        next_full[row] = full


@compiled
def change_clinics(stock: Stock, stretch: int, amount: int) -> None:
    """Count one session more (1) or less (-1) in a stretch, and what it does to its day."""
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
