"""Patterns of columns: many clients could have the same hour with the same therapist and room.

There are fifteen times as many columns as patterns of them, so what a column takes is kept for its
pattern alone, little enough for a processor's nearest memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.compiled import compiled

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.kernels.stock import SmallArray

_FREE = -1
"""Nothing is in this place of the table yet."""

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, and odd: products with it differ most in their first bits (Knuth,
The Art of Computer Programming, volume 3, section 6.4)."""


@compiled
def number_patterns(
    edge: IntArray, runs: SmallArray, traits: SmallArray, pattern: SmallArray
) -> IntArray:
    """Number things in ``pattern``, from 0 on in order of appearance; the first thing of each.

    Things have one pattern if they have the same line of ``traits`` and the same lines of ``runs``,
    which lie between ``edge[c]`` and ``edge[c + 1]`` for thing *c*.
    """
    bits = 1
    while 1 << bits < 2 * len(pattern):
        bits += 1
    table, shift = np.full(1 << bits, _FREE, dtype=np.int32), np.uint64(64 - bits)
    example, count = np.empty(len(pattern), dtype=np.int64), 0
    for thing in range(len(pattern)):
        key = np.uint64(0)
        for trait in traits[thing]:
            key = (key ^ np.uint64(trait)) * SPREAD
        for run in range(edge[thing], edge[thing + 1]):
            for number in runs[run]:
                key = (key ^ np.uint64(number)) * SPREAD
        at = np.int64(key >> shift)
        while table[at] != _FREE and not _are_alike(edge, runs, traits, example[table[at]], thing):
            at = (at + 1) % len(table)
        if table[at] == _FREE:
            table[at], example[count] = count, thing
            count += 1
        pattern[thing] = table[at]
    return example[:count].copy()


@compiled
def _are_alike(edge: IntArray, runs: SmallArray, traits: SmallArray, one: int, other: int) -> bool:
    size = edge[one + 1] - edge[one]
    if edge[other + 1] - edge[other] != size:
        return False
    for at in range(traits.shape[1]):
        if traits[one, at] != traits[other, at]:
            return False
    for run in range(size):
        for at in range(runs.shape[1]):
            if runs[edge[one] + run, at] != runs[edge[other] + run, at]:
                return False
    return True
