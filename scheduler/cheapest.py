"""The cheapest schedule of each plan when every slot has its price: all plans at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import compiled
from scheduler.graph_tables import refer_to_graph_tables, tables_of
from scheduler.kernels.paths import read_path, refer_to_scratch, scratch_for, solve, spread, walk_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.candidates import IntArray
    from scheduler.graph_tables import GraphTables
    from scheduler.kernels.paths import Scratch
    from scheduler.matrix import FloatArray
    from scheduler.model import Plan
    from scheduler.starts import Starts


class Schedules(NamedTuple):
    """What each plan pays at least, the walk that does so (-1 for none), and all their slots."""

    paid: FloatArray
    walk: IntArray
    slots: IntArray


class Cheapest:
    """Cheapest schedules of some plans, which choose from ``starts``."""

    def __init__(self, plans: Sequence[Plan], starts: Starts) -> None:
        self.tables = tables_of(plans, starts)
        self._handed = refer_to_graph_tables(self.tables)
        self._scratch = refer_to_scratch(scratch_for(self.tables))
        self._most = sum(len(plan.graph.sessions) for plan in plans)

    @property
    def nodes(self) -> int:
        """How large the graphs are together."""
        return len(self.tables.node_track)

    def solve(self, prices: FloatArray) -> Schedules:
        """Each plan's cheapest schedule when its slots cost this much; one price a slot."""
        plans = len(self.tables.nothing)
        paid, walk = np.empty(plans), np.empty(plans, dtype=np.int64)
        slots = np.empty(self._most, dtype=np.int64)
        count = _solve_all(self._handed, self._scratch, prices, paid, walk, slots)
        return Schedules(paid, walk, slots[:count])


@compiled
def _solve_all(
    tables: GraphTables,
    scratch: Scratch,
    prices: FloatArray,
    paid: FloatArray,
    walk: IntArray,
    slots: IntArray,
) -> int:
    count = 0
    for plan in range(len(paid)):
        first, last = tables.plan_slot[plan, 0], tables.plan_slot[plan, 1]
        spread(tables, scratch, plan, prices[first:last])
        paid[plan] = solve(tables, scratch, plan)
        walk[plan] = walk_of(tables, scratch, plan)
        read_path(tables, scratch, plan)
        for at in range(scratch.length[0]):
            slots[count] = scratch.slots[at]
            count += 1
    return count
