"""The breaks that are left of each long therapist-day, as bits, while the day fills up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.candidates import IntArray, Mask

    Bits = NDArray[np.uint64]
    SmallArray = NDArray[np.int32]

WORD = 64
"""Choices of break in one number."""

_ONE = np.uint64(1)


class Breaks(NamedTuple):
    """The choices of break of each long day, and what rules them out.

    ``day`` numbers the long day of each pattern of column, -1 where the day is not long;
    ``location`` is where the pattern is and ``blocks`` are the choices that it rules out.
    ``possible`` are a day's choices beside what stands, ``free`` those that nothing booked rules
    out: ``ruled`` counts by how many appointments each is. ``open`` are the choices that may be
    taken: on days at ``many`` places only those ``at`` a place where somebody is treated, which
    ``there`` counts.
    """

    day: SmallArray
    location: SmallArray
    blocks: Bits
    possible: Bits
    free: Bits
    ruled: IntArray
    open: Bits
    at: Bits
    there: IntArray
    many: Mask


_BreaksReference = by_reference(Breaks)


@compiled
def refer_to_breaks(values: Breaks) -> Breaks:
    """The same, to be handed to compiled code."""
    return _BreaksReference(*values)


class Choices(NamedTuple):
    """Where and when each choice of break is, by long day: ``first`` says where a day's begin.

    ``travel`` are the minutes between two locations.
    """

    first: IntArray
    location: IntArray
    start: IntArray
    end: IntArray
    travel: IntArray


class Times(NamedTuple):
    """When and where appointments take their therapist's time, and on which long day or -1."""

    day: IntArray
    location: IntArray
    start: IntArray
    until: IntArray


@compiled
def rule_out(choices: Choices, times: Times, blocks: Bits) -> None:
    """Note in ``blocks`` which choices of its day each appointment rules out."""
    for at in range(len(times.day)):
        day = times.day[at]
        if day < 0:
            continue
        first = choices.first[day]
        for choice in range(first, choices.first[day + 1]):
            apart = choices.travel[times.location[at], choices.location[choice]]
            if (
                times.start[at] < choices.end[choice] + apart
                and choices.start[choice] < times.until[at] + apart
            ):
                number = choice - first
                blocks[at, number // WORD] |= _ONE << np.uint64(number % WORD)


@compiled
def allows_break(breaks: Breaks, pattern: int) -> bool:
    """Whether an appointment of a pattern leaves its therapist a break."""
    day = breaks.day[pattern]
    if day < 0:
        return True
    for word in range(breaks.free.shape[1]):
        usable = breaks.open[day, word]
        if breaks.many[day]:
            usable |= breaks.at[day, breaks.location[pattern], word]
        if breaks.free[day, word] & ~breaks.blocks[pattern, word] & usable:
            return True
    return False


@compiled
def is_break_left(breaks: Breaks, pattern: int) -> bool:
    """Whether a pattern's day has a break left."""
    day = breaks.day[pattern]
    if day < 0:
        return True
    for word in range(breaks.free.shape[1]):
        if breaks.free[day, word] & breaks.open[day, word]:
            return True
    return False


@compiled
def take_break(breaks: Breaks, pattern: int) -> None:
    """Fill the day with an appointment of a pattern."""
    _change(breaks, pattern, 1)


@compiled
def give_break_back(breaks: Breaks, pattern: int) -> None:
    """Take an appointment of a pattern out of its day again."""
    _change(breaks, pattern, -1)


@compiled
def _change(breaks: Breaks, pattern: int, amount: int) -> None:
    day = breaks.day[pattern]
    if day < 0:
        return
    for word in range(breaks.free.shape[1]):
        left = breaks.blocks[pattern, word]
        choice = word * WORD
        while left:
            if left & _ONE:
                breaks.ruled[day, choice] += amount
                bit = _ONE << np.uint64(choice % WORD)
                if breaks.ruled[day, choice] > 0:
                    breaks.free[day, word] &= ~bit
                else:
                    breaks.free[day, word] |= bit & breaks.possible[day, word]
            left >>= _ONE
            choice += 1
    if breaks.many[day]:
        breaks.there[day, breaks.location[pattern]] += amount
        open_breaks(breaks, day)


@compiled
def open_breaks(breaks: Breaks, day: int) -> None:
    """Open the choices at places where somebody is treated; all, on days at few places."""
    for word in range(breaks.free.shape[1]):
        if breaks.many[day]:
            breaks.open[day, word] = np.uint64(0)
            for place in range(breaks.there.shape[1]):
                if breaks.there[day, place] > 0:
                    breaks.open[day, word] |= breaks.at[day, place, word]
        else:
            breaks.open[day, word] = breaks.possible[day, word]
