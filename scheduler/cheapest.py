"""The cheapest schedule of each plan when every slot has its price: all plans at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import compiled
from scheduler.graph_tables import refer_to_graph_tables, tables_of
from scheduler.kernels.paths import refer_to_scratch, scratch_for, spread
from scheduler.kernels.sets import COARSE, FINE, cheapest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray
    from scheduler.graph_tables import GraphTables
    from scheduler.kernels.paths import Scratch
    from scheduler.matrix import FloatArray
    from scheduler.model import Plan
    from scheduler.starts import Starts


class Schedules(NamedTuple):
    """What each plan pays at least, and the slots of all of them."""

    paid: FloatArray
    slots: IntArray


class Cheapest:
    """Cheapest schedules of some plans, which choose from ``starts``."""

    def __init__(self, plans: Sequence[Plan], starts: Starts) -> None:
        self.tables = tables_of(plans, starts)
        self._handed = refer_to_graph_tables(self.tables)
        self._scratch = refer_to_scratch(scratch_for(self.tables))
        self._every = np.arange(len(self.tables.cell))
        self._most = sum(len(plan.graph.sessions) for plan in plans)

    def solve(self, prices: FloatArray, *, fine: bool = True) -> Schedules:
        """Each plan's cheapest schedule when its slots cost this much; one price a slot.

        What is paid is exact with up to two new therapists for a plan, or with one if it is not to
        be ``fine``; with more of them it may be too little.
        """
        found = Schedules(np.empty(len(self.tables.nothing)), np.empty(self._most, dtype=np.int64))
        care = FINE if fine else COARSE
        count = _solve_all(self._handed, self._scratch, self._every, prices, care, found)
        return Schedules(found.paid, found.slots[:count])


@compiled
def _solve_all(
    tables: GraphTables,
    scratch: Scratch,
    every: IntArray,
    prices: FloatArray,
    care: int,
    found: Schedules,
) -> int:
    count = 0
    for plan in range(len(found.paid)):
        first, last = tables.plan_slot[plan, 0], tables.plan_slot[plan, 1]
        spread(tables, scratch, plan, every[first:last], prices[first:last])
        found.paid[plan] = cheapest(tables, scratch, plan, care)
        for at in range(scratch.length[0]):
            found.slots[count] = scratch.slots[at]
            count += 1
    return count
