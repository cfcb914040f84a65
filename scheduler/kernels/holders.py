"""Who holds what of each row: the plans whose appointments take it, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.compiled import by_reference, compiled

if TYPE_CHECKING:
    from scheduler.candidates import IntArray
    from scheduler.kernels.stock import Needs, SmallArray


class Holders(NamedTuple):
    """The holders of row *r* are the first ``size[r]`` entries from ``edge[r]`` on."""

    edge: IntArray
    size: SmallArray
    plan: SmallArray
    amount: SmallArray


_HoldersReference = by_reference(Holders)


@compiled
def refer_to_holders(values: Holders) -> Holders:
    """The same, to be handed to compiled code."""
    return _HoldersReference(*values)


@compiled
def hold(holders: Holders, needs: Needs, plan: int, column: int, sign: int) -> None:
    """Note that a plan takes what a column needs (1), or no longer (-1).

    Raises:
        IndexError: if more plans hold a row than there is of it.
    """
    pattern, edge, size = needs.pattern[column], holders.edge, holders.size
    plans, amounts = holders.plan, holders.amount
    for run in range(needs.edge[pattern], needs.edge[pattern + 1]):
        amount = sign * needs.weight[run]
        for row in range(needs.first[run], needs.last[run]):
            at, last = edge[row], edge[row] + size[row]
            while at < last and plans[at] != plan:
                at += 1
            if at == last and amount != 0:
                if last == edge[row + 1]:
                    raise IndexError("more plans hold a row than there is of it")
                plans[at], amounts[at] = plan, amount
                size[row] += 1
            elif at < last:
                amounts[at] += amount
                if amounts[at] <= 0:
                    size[row] -= 1
                    plans[at], amounts[at] = plans[last - 1], amounts[last - 1]


@compiled
def held_by(holders: Holders, row: int, plan: int) -> int:
    """How much of a row a plan holds."""
    for at in range(holders.edge[row], holders.edge[row] + holders.size[row]):
        if holders.plan[at] == plan:
            return int(holders.amount[at])
    return 0
