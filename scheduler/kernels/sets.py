"""The cheapest schedule of a plan when every therapist beyond the first costs points.

Those points depend on the whole path, so the graph leaves them out. First everybody is looked at:
no path costs less by itself. Only where that path uses new therapists, whom the plan has not been
with, are fewer looked at: those that are known, with one or two new ones. And only those that could
still pay: a set of therapists costs at least what each session costs with its cheapest one of them,
and no set costs less than everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.compiled import compiled
from scheduler.kernels.paths import CLOSE, NOTHING, solve
from scheduler.kernels.reading import read_path

if TYPE_CHECKING:
    from scheduler.graph_tables import GraphTables
    from scheduler.kernels.paths import Scratch

COARSE, FINE, EXACT = range(3)
"""How closely new therapists are counted: a bound that looks at one of them or at two at most; or
the points as they are, for a schedule that is to be booked."""

_PATIENCE = 4
"""Sets of therapists that bring nothing, one after the other, until a schedule is good enough.

Hardly any set after that pays; a bound has to look at all that may.
"""

_EVERYBODY, _BEST = range(2)
"""The two paths that are kept."""


@compiled
def cheapest(tables: GraphTables, scratch: Scratch, plan: int, care: int) -> float:
    """The least that a plan pays for the starts as they are priced; its path is in the scratch.

    With ``COARSE`` and ``FINE`` it is a lower bound: whoever takes more new therapists than were
    looked at pays for one more than those only. With ``EXACT`` it is what the path costs, which
    may be more than the least if that has three new therapists or more, or hides behind
    ``_PATIENCE`` sets that bring nothing.
    """
    everybody = _open_all(tables, scratch, plan)
    _keep(scratch, _EVERYBODY)
    _keep(scratch, _BEST)
    nothing = tables.nothing[plan]
    if scratch.length[0] == 0:
        return float(min(everybody, nothing))
    points, known = tables.therapist_points[plan], tables.known[plan]
    new = _count_new(tables, scratch, plan)
    best = everybody + points[known + new]
    looked_at = 1 if care == COARSE else 2
    if points[known + new] > points[max(known, 1)]:
        _price_sessions(tables, scratch, plan)
        _expect(tables, scratch, plan, everybody, looked_at)
        patience = _PATIENCE if care == EXACT else scratch.expected.size
        best = _try_few(tables, scratch, plan, best, patience)
    rest, kept = everybody + points[known + min(new, looked_at + 1)], _BEST
    if care != EXACT and rest < best:
        best, kept = rest, _EVERYBODY
    _take_up(scratch, kept)
    if nothing <= best + CLOSE:
        scratch.length[0] = 0
        best = min(best, nothing)
    return float(best)


@compiled
def _open_all(tables: GraphTables, scratch: Scratch, plan: int) -> float:
    """The least that is paid with everybody, and its path."""
    scratch.open[:] = True
    paid = solve(tables, scratch, plan)
    read_path(tables, scratch, plan)
    return paid


@compiled
def _keep(scratch: Scratch, kept: int) -> None:
    count = scratch.length[0]
    scratch.lengths[kept] = count
    scratch.paths[kept, :count] = scratch.slots[:count]


@compiled
def _take_up(scratch: Scratch, kept: int) -> None:
    count = scratch.lengths[kept]
    scratch.length[0] = count
    scratch.slots[:count] = scratch.paths[kept, :count]


@compiled
def _count_new(tables: GraphTables, scratch: Scratch, plan: int) -> int:
    """How many therapists a path has that the plan has not been with."""
    first, width, count = tables.plan_who[plan], len(tables.clock), 0
    for at in range(scratch.length[0]):
        who = tables.row_who[tables.cell[scratch.slots[at]] // width]
        seen = tables.who_known[first + who]
        for before in range(at):
            seen = seen or tables.row_who[tables.cell[scratch.slots[before]] // width] == who
        if not seen:
            count += 1
    return count


@compiled
def _price_sessions(tables: GraphTables, scratch: Scratch, plan: int) -> None:
    """The least that each session costs with each therapist, or with one that is known."""
    scratch.lowest[:] = NOTHING
    first = tables.plan_row[plan, 0]
    for row in range(first, tables.plan_row[plan, 1]):
        if scratch.offered[row - first]:
            session, who = tables.row_session[row], tables.row_who[row]
            least = min(scratch.lowest[session, who], scratch.cheapest[row - first])
            scratch.lowest[session, who] = least
    choice = tables.plan_who[plan + 1] - tables.plan_who[plan]
    known = tables.who_known[tables.plan_who[plan] : tables.plan_who[plan + 1]]
    for session in range(tables.plan_session[plan + 1] - tables.plan_session[plan]):
        lowest, least = scratch.lowest[session], NOTHING
        for who in range(choice):
            if known[who]:
                least = min(least, lowest[who])
        for who in range(choice):
            lowest[who] = min(lowest[who], least)


@compiled
def _least(tables: GraphTables, scratch: Scratch, plan: int, one: int, other: int) -> float:
    """No path with these two therapists and those that are known costs less."""
    paid, first = 0.0, tables.plan_session[plan]
    for session in range(tables.plan_session[plan + 1] - first):
        least = min(scratch.lowest[session, one], scratch.lowest[session, other])
        paid += min(least, tables.unbooked[first + session])
    return paid


@compiled
def _expect(
    tables: GraphTables, scratch: Scratch, plan: int, everybody: float, looked_at: int
) -> None:
    """Write down what is paid at least with nobody new, with one and, if asked, with two."""
    known = tables.who_known[tables.plan_who[plan] : tables.plan_who[plan + 1]]
    familiar = False
    for one in range(len(known)):
        for other in range(one + 1):
            count = tables.known[plan]
            if one == other:
                count += 0 if known[one] else 1
                matters = not (known[one] and familiar)
            else:
                count += 2
                matters = looked_at > 1 and not (known[one] or known[other])
            least = NOTHING
            if matters:
                least = max(everybody, _least(tables, scratch, plan, one, other))
                least += tables.therapist_points[plan, count]
            scratch.expected[one, other] = least
        familiar = familiar or known[one]


@compiled
def _try_few(tables: GraphTables, scratch: Scratch, plan: int, best: float, patience: int) -> float:
    """The least that is paid with few new therapists, if that is better; the path is kept.

    Those come first with whom least is to be expected: then hardly any others are looked at.
    """
    known = tables.who_known[tables.plan_who[plan] : tables.plan_who[plan + 1]]
    vain = 0
    while True:
        one = other = 0
        for each in range(len(known)):
            for also in range(each + 1):
                if scratch.expected[each, also] < scratch.expected[one, other]:
                    one, other = each, also
        if scratch.expected[one, other] >= best or vain == patience:
            return best
        scratch.expected[one, other] = NOTHING
        count = tables.known[plan]
        for who in range(len(known)):
            scratch.open[who] = known[who] or who in (one, other)
            if scratch.open[who] and not known[who]:
                count += 1
        paid = float(solve(tables, scratch, plan) + tables.therapist_points[plan, count])
        vain += 1
        if paid < best:
            best, vain = paid, 0
            read_path(tables, scratch, plan)
            _keep(scratch, _BEST)
