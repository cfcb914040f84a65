"""Whether the sessions of one plan may be booked together, by the rules within a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.points.ledger import standing_entries
from scheduler.rules import WITHIN_PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.model import Model


def may_join(
    model: Model, plan: int, booked: Sequence[int], slots: Sequence[int]
) -> Iterator[bool]:
    """Whether each of some slots may join those that a plan has, beside its standing sessions."""
    problem, plan_id = model.problem, model.plans[plan].graph.plan_id
    entries = standing_entries(problem, plan_id)
    entries.update((entry.session.key, entry) for entry in model.entries(booked))
    others = sorted(entries.values(), key=lambda entry: entry.session.number)
    for new in model.entries(slots):
        yield not any(rule.hindered_by(problem, new, others) for rule in WITHIN_PLAN)


def keeps_rules(model: Model, plan: int, slots: Sequence[int]) -> bool:
    """Whether all the slots may be booked together."""
    return all(
        next(may_join(model, plan, [s for s in slots if s != slot], [slot])) for slot in slots
    )
