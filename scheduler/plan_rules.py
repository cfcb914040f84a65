"""Whether the sessions of one plan may be booked together, by the rules within a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.points.ledger import standing_entries
from scheduler.rules import WITHIN_PLAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.model import Model


def may_add(model: Model, plan: int, booked: Sequence[int], slot: int) -> bool:
    """Whether a slot may join the slots that a plan has, beside its standing sessions."""
    problem, plan_id = model.problem, model.plans[plan].graph.plan_id
    entries = standing_entries(problem, plan_id)
    entries.update((entry.session.key, entry) for entry in model.entries(booked))
    (new,) = model.entries([slot])
    others = sorted(entries.values(), key=lambda entry: entry.session.number)
    return not any(rule.hindered_by(problem, new, others) for rule in WITHIN_PLAN)


def keeps_rules(model: Model, plan: int, slots: Sequence[int]) -> bool:
    """Whether all the slots may be booked together."""
    return all(may_add(model, plan, [s for s in slots if s != slot], slot) for slot in slots)
