"""What whole appointments make of a limit in minutes.

Four and a half hours hold four sessions of an hour, not four and a half. A relaxation that
may cut sessions in pieces doesn't see that, so it reads the facets of what whole numbers of
appointments can fill instead of the minutes: ``sum(weight[size] * count[size]) <= most``.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import ConvexHull

from scheduler.matrix import Limit, Runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray

_MOST_POINTS = 20_000
"""Ways to fill a limit up to which their hull is computed; beyond, minutes are rounded."""

_MOST_SIZES = 4
"""Different lengths of appointments up to which the hull is computed."""

_MOST_SCALE = 100
"""The weights of a facet are whole numbers of at most about this."""

_CLOSE = 1e-9


Facet = tuple[tuple[int, ...], int]
"""Weights of each size, and how much of them fits in whole appointments."""


def in_whole(limit: Limit) -> Limit:
    """The limit as a relaxation should read it: each row's facets instead of its minutes.

    A column that is longer than what is left of its row takes more than all of each facet.
    """
    runs = limit.runs
    base = int(np.max(runs.weight, initial=0)) + 1
    keys, pair = np.unique(runs.first * base + runs.weight, return_inverse=True)
    pairs = np.stack([keys // base, keys % base])
    columns, firsts, weights = [], [], []
    capacity: list[int] = []
    by_pair = np.argsort(pair, kind="stable")
    edges = np.searchsorted(pair[by_pair], np.arange(pairs.shape[1] + 1))
    begins = np.flatnonzero(np.diff(pairs[0], prepend=-1))
    for begin, end in zip(begins, np.append(begins, pairs.shape[1])[1:], strict=True):
        left = int(limit.capacity[pairs[0, begin]])
        sizes = tuple(int(s) for s in pairs[1, begin:end] if s <= left)
        for facet, most in facets(left, sizes):
            weight_of = dict(zip(sizes, facet, strict=True))
            for at in range(begin, end):
                weight = weight_of.get(int(pairs[1, at]), most + 1)
                if weight:
                    own = runs.column[by_pair[edges[at] : edges[at + 1]]]
                    columns.append(own)
                    firsts.append(np.full(len(own), len(capacity)))
                    weights.append(np.full(len(own), weight))
            capacity.append(most)
    first = _joined(firsts)
    return Limit(
        limit.name,
        Runs(_joined(columns), first, first + 1, _joined(weights)),
        np.array(capacity, dtype=np.int64),
    )


def _joined(lots: list[IntArray]) -> IntArray:
    return np.concatenate([np.zeros(0, dtype=np.int64), *lots])


@cache
def facets(minutes: int, sizes: tuple[int, ...]) -> tuple[Facet, ...]:
    """Weights of each size, and how much of them fits into ``minutes`` in whole appointments.

    ``sizes`` are lengths in minutes, different, above 0, each at most ``minutes``.
    """
    if not sizes:
        return ()
    if len(sizes) == 1:
        return (((1,), minutes // sizes[0]),)
    ways = math.prod(minutes // size + 1 for size in sizes)
    if len(sizes) > _MOST_SIZES or ways > _MOST_POINTS:
        return _rounded(minutes, sizes)
    return _hull(minutes, sizes)


def _rounded(minutes: int, sizes: tuple[int, ...]) -> tuple[Facet, ...]:
    """Minutes counted in each of the sizes, rounded down on both sides; and as they are."""
    unit = math.gcd(*sizes)
    units = {unit, *sizes}
    return tuple((tuple(size // u for size in sizes), minutes // u) for u in sorted(units))


def _hull(minutes: int, sizes: tuple[int, ...]) -> tuple[Facet, ...]:
    length = np.array(sizes)
    counts = np.array(list(product(*(range(minutes // size + 1) for size in sizes))))
    counts = counts[counts @ length <= minutes]
    found: set[Facet] = set()
    for *normal, _ in ConvexHull(counts).equations.tolist():
        if max(normal) > _CLOSE:
            weights = _whole(normal)
            if weights is None:
                return _rounded(minutes, sizes)
            found.add((weights, int((counts @ np.array(weights)).max())))
    return tuple(sorted(found))


def _whole(normal: Sequence[float]) -> tuple[int, ...] | None:
    """The outward normal in small whole numbers; None if there are none."""
    ratio = np.maximum(normal, 0.0) / min(part for part in normal if part > _CLOSE)
    for scale in range(1, _MOST_SCALE):
        whole = np.round(ratio * scale)
        if np.allclose(whole, ratio * scale, atol=1e-6):
            return tuple(whole.astype(int).tolist())
    return None
