"""Who holds what of each row: the plans whose appointments take it, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.compiled import by_reference, compiled

if TYPE_CHECKING:
    from scheduler.candidates import IntArray


class Holders(NamedTuple):
    """The holders of row *r* are the first ``size[r]`` entries from ``edge[r]`` on."""

    edge: IntArray
    size: IntArray
    plan: IntArray
    amount: IntArray


_HoldersReference = by_reference(Holders)


@compiled
def refer_to_holders(values: Holders) -> Holders:
    """The same, to be handed to compiled code."""
    return _HoldersReference(*values)


@compiled
def hold(holders: Holders, plan: int, row: int, amount: int) -> None:
    """Note that a plan takes so much more of a row, or so much less."""
    if amount == 0:
        return
    first = holders.edge[row]
    last = first + holders.size[row]
    for at in range(first, last):
        if holders.plan[at] == plan:
            holders.amount[at] += amount
            if holders.amount[at] <= 0:
                holders.size[row] -= 1
                holders.plan[at] = holders.plan[last - 1]
                holders.amount[at] = holders.amount[last - 1]
            return
    if last == holders.edge[row + 1]:
        raise IndexError("more plans hold a row than there is of it")
    holders.plan[last], holders.amount[last] = plan, amount
    holders.size[row] += 1


@compiled
def held_by(holders: Holders, row: int, plan: int) -> int:
    """How much of a row a plan holds."""
    for at in range(holders.edge[row], holders.edge[row] + holders.size[row]):
        if holders.plan[at] == plan:
            return int(holders.amount[at])
    return 0
