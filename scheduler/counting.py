"""The same problem with one point for each unbooked session and none for anything else.

Its bound says how many sessions any schedule must leave out, so how many it can book at most.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import Axes
from scheduler.hold import LEAST
from scheduler.model import Plan
from scheduler.plan_graph import PlanGraphs
from scheduler.settings import Weights
from scheduler.starts import find_openings

if TYPE_CHECKING:
    from scheduler.model import Model

_COUNT = replace(
    Weights(**{field.name: 0 for field in fields(Weights)}), unbooked=1, unbooked_urgent=1
)


def counting(model: Model) -> Model:
    """The model that counts: the same slots and rows, other points."""
    problem = replace(model.problem, settings=replace(model.problem.settings, weights=_COUNT))
    unbooked = np.ones(len(problem.sessions))
    unbooked[model.activities.session[model.kept]] += LEAST
    graphs = PlanGraphs(Axes(problem), unbooked.tolist(), find_openings(model.activities))
    plans = tuple(
        Plan(graphs.of_plan(p.graph.plan_id, p.graph.sessions), p.first, p.last)
        for p in model.plans
    )
    free = np.zeros_like(model.matrix.helper_points)
    return replace(
        model,
        problem=problem,
        matrix=replace(model.matrix, helper_points=free),
        starts=replace(model.starts, other_time=0),
        slot_points=np.zeros_like(model.slot_points),
        plans=plans,
        settled_points=0,
    )
