"""``python -m bench.peers.cpsat INSTANCE_DIR OUT.jsonl ...``: see ``bench.peers``."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ortools.sat.python import cp_model

from bench.peers.cpsat import __doc__ as what
from bench.peers.cpsat.objective import points_of
from bench.peers.cpsat.rules import add_rules
from bench.peers.cpsat.sessions import Sessions
from bench.peers.instance import Order, parse
from bench.peers.snapshots import Log, Snapshot, rows_of
from scheduler.visits import visits_at

WORKERS = 2


def main() -> None:
    """Build, hint, solve; note every better schedule and bound."""
    order = parse(what or "")
    problem = order.read()
    with Log(order.out) as log:
        sessions = Sessions(problem)
        add_rules(sessions)
        sessions.model.minimize(points_of(sessions))
        sessions.hint_promises()
        watch = _Watch(sessions, log)
        _complete_hint(sessions, watch, _solver(order, log))
        solver = _solver(order, log)
        solver.best_bound_callback = watch.on_bound
        status = solver.solve(sessions.model, watch)
        watch.on_bound(solver.best_objective_bound, at_once=True)
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(f"CP-SAT takes no such model: {sessions.model.validate()}")


def _solver(order: Order, log: Log) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = order.seed
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_time_in_seconds = max(order.seconds - log.seconds, 0.1)
    return solver


def _complete_hint(sessions: Sessions, watch: _Watch, solver: cp_model.CpSolver) -> None:
    """Find the values of all other variables where the hinted ones are fixed: CP-SAT's own advice.

    Only a complete hint is sure to be the first solution.
    """
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.stop_after_first_solution = True
    model = sessions.model
    if solver.solve(model, watch) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        model.clear_hints()
        for index, value in enumerate(solver.response_proto.solution):
            model.add_hint(model.get_int_var_from_proto_index(index), value)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Notes what CP-SAT finds while it searches."""

    def __init__(self, sessions: Sessions, log: Log) -> None:
        super().__init__()
        self._sessions, self._log = sessions, log
        self._bound, self._told = 0, 0.0

    def on_bound(self, bound: float, *, at_once: bool = False) -> None:
        """Hears each better bound. Points are whole numbers, so the bound is rounded up."""
        self._bound = max(self._bound, math.ceil(bound - 1e-6))
        if at_once or self._log.seconds - self._told > 1:
            self._told = self._log.seconds
            self._log.tell(Snapshot(self._log.seconds, self._bound))

    def on_solution_callback(self) -> None:
        """Hears each better schedule."""
        columns = self._sessions.columns(self.value_of())
        activities, problem = self._sessions.activities, self._sessions.problem
        self._log.better(lambda: rows_of(problem, visits_at(activities, columns)), self._bound)

    def value_of(self) -> Mapping[int, int]:
        """The value of each variable by its index."""
        return dict(enumerate(self.response_proto.solution))


if __name__ == "__main__":
    main()
