"""A dive: the relaxation of a crowded window is made to take more and more in whole.

Such a relaxation promises far more than whole appointments can keep, since it lets a therapist
have three and a half of them a day. So first the number that each therapist has on each day is
rounded, some at a time and the nearest first; then it is said who is with whom. After each step
the relaxation mends what it can. What it takes then is little enough to choose from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from scheduler.relaxation import NOTHING, Relaxation

if TYPE_CHECKING:
    from scheduler.candidates import IntArray, Mask
    from scheduler.window import Window

_LOADS_AT_ONCE = 3
"""One in so many of the therapists' days that are left is rounded between two relaxations."""

_PAIRS_AT_ONCE = 4
"""One in so many of the pairs that are left, of a session and a therapist, is made between two."""


def dive(window: Window, therapist: IntArray, day: IntArray, session: IntArray) -> Mask | None:
    """The columns of a window of which its relaxation takes something, after the loads and at last.

    ``therapist``, ``day`` and ``session`` are those of each choice. The dive ends where what was
    booked before saves more. None if it can't even begin.
    """
    _, load = np.unique(np.stack([therapist, day]), axis=1, return_inverse=True)
    loads = _sums(load, len(window.saves))
    relaxation = Relaxation(window.rows, window.limits, window.saves, loads)
    enough = float(window.saves[window.now].sum())
    if not relaxation.solve():
        return None
    deeper = _round_loads(relaxation, loads, enough)
    support = relaxation.taken > NOTHING
    if deeper:
        _pair(relaxation, session, therapist, enough)
    return support | (relaxation.taken > NOTHING)


def _sums(group: IntArray, columns: int) -> sparse.csr_array:
    """A row for each group that sums up the choices in it; choices are the first columns."""
    choices = np.arange(len(group))
    shape = (int(np.max(group, initial=-1)) + 1, columns)
    return sparse.coo_array((np.ones(len(group)), (group, choices)), shape=shape).tocsr()


def _round_loads(relaxation: Relaxation, loads: sparse.csr_array, enough: float) -> bool:
    """Round how much each therapist does each day; whether that still saves enough."""
    open_ = np.ones(loads.shape[0], dtype=np.bool_)
    while True:
        load = loads @ relaxation.taken
        off = np.abs(load - np.round(load))
        left = np.flatnonzero(open_ & (off > NOTHING))
        if not len(left):
            return True
        nearest = left[np.argsort(off[left], kind="stable")]
        picked = nearest[: max(1, len(left) // _LOADS_AT_ONCE)]
        open_[picked] = False
        whole = np.round(load[picked])
        before = relaxation.taken
        relaxation.take(picked, whole, whole)
        if not relaxation.solve():
            relaxation.take(picked, np.zeros(len(picked)), np.ceil(load[picked]))
            if not relaxation.solve():
                return False
        if relaxation.saved < enough:
            relaxation.taken = before
            return False


def _pair(relaxation: Relaxation, session: IntArray, therapist: IntArray, enough: float) -> None:
    """Say of more and more sessions who treats them: whoever does the most of it so far."""
    pairs, pair = np.unique(np.stack([session, therapist]), axis=1, return_inverse=True)
    of_pairs = _sums(pair, len(relaxation.taken))
    open_ = np.ones(pairs.shape[1], dtype=np.bool_)
    while True:
        part = of_pairs @ relaxation.taken
        left = np.flatnonzero(open_ & (part > NOTHING) & (part < 1.0 - NOTHING))
        if not len(left):
            return
        most = left[np.argsort(-part[left], kind="stable")][: max(1, len(left) // _PAIRS_AT_ONCE)]
        _, first = np.unique(pairs[0, most], return_index=True)
        picked = most[first]
        open_[picked] = False
        others = np.zeros(len(relaxation.taken), dtype=np.bool_)
        others[: len(pair)] = np.isin(session, pairs[0, picked]) & ~np.isin(pair, picked)
        before = relaxation.taken
        relaxation.close(others)
        if not relaxation.solve() or relaxation.saved < enough:
            relaxation.taken = before
            return
