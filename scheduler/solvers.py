"""The solvers of OR-Tools, asked what is best to take: GLOP where parts may be taken, CP-SAT.

Both choose columns that save most points together while no row takes more than its limit. They are
handed whole arrays where they take some: a Python object for every column and row takes as long as
solving does.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from ortools.linear_solver.python import model_builder_helper as helper
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from scipy import sparse

    from scheduler.candidates import IntArray, Mask
    from scheduler.matrix import FloatArray


class Relaxed(NamedTuple):
    """What a relaxation takes of each column, and the price of each row."""

    taken: FloatArray
    prices: FloatArray


def relax(
    rows: sparse.csr_array, limits: IntArray, saves: FloatArray, seconds: float = math.inf
) -> Relaxed:
    """The relaxation by GLOP; where it finds none in time, nothing is taken and prices are 0."""
    model, solver = helper.ModelBuilderHelper(), helper.ModelSolverHelper("glop")
    columns, height = len(saves), len(limits)
    fill: Any = model.fill_model_from_sparse_data  # its stub names no array that exists
    fill(
        np.zeros(columns),
        np.full(columns, np.inf),
        -saves,
        np.full(height, -np.inf),
        limits.astype(np.float64),
        rows,
    )
    if seconds < math.inf:
        solver.set_time_limit_in_seconds(max(seconds, 0.0))
    solver.solve(model)
    if solver.status() != helper.SolveStatus.OPTIMAL:
        return Relaxed(np.zeros(columns), np.zeros(height))
    return Relaxed(
        np.asarray(solver.variable_values(), dtype=np.float64),
        -np.asarray(solver.dual_values(), dtype=np.float64),
    )


def best_choice(
    rows: sparse.csr_array,
    limits: IntArray,
    saves: FloatArray,
    hint: Mask,
    *,
    effort: float,
    seed: int,
) -> IntArray:
    """The columns of the best selection that CP-SAT finds; none if it finds none.

    ``hint`` is a selection to start from, ``effort`` the deterministic time that it may take,
    about seconds on an idle core.
    """
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in saves]
    edges, entries, weights = rows.indptr.tolist(), rows.indices.tolist(), rows.data.astype(int)
    heavy = np.concatenate([[0], np.cumsum(weights != 1)])[rows.indptr]
    for row, limit in enumerate(limits.tolist()):
        at = slice(edges[row], edges[row + 1])
        taken = [columns[entry] for entry in entries[at]]
        if limit == 1 and heavy[row] == heavy[row + 1]:
            model.add_at_most_one(taken)
        elif taken:
            together = cp_model.LinearExpr.weighted_sum(taken, weights[at].tolist())
            model.add(together <= limit)
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, np.round(saves).astype(int).tolist()))
    model.proto.solution_hint.vars.extend(column.index for column in columns)
    model.proto.solution_hint.values.extend(hint.astype(int).tolist())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(f"CP-SAT refuses the model of a window: {model.validate()}")
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero([solver.boolean_value(column) for column in columns])
