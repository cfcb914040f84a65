"""Solve a program with HiGHS: ``python solve.py PROGRAM.npz SECONDS SEED``.

Runs in an environment of its own, so nothing of ours is imported. Each better solution is a line on
standard output: the bound, and the columns that are 1; each better bound is one without columns.
"""

from __future__ import annotations

import json
import sys
import time

import highspy
import numpy as np

THREADS = 2
HALF = 0.5


def main() -> None:
    """Read, solve, tell."""
    program = np.load(sys.argv[1])
    begun, seconds = time.monotonic(), float(sys.argv[2])
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": THREADS,
        "random_seed": int(sys.argv[3]),
        "mip_rel_gap": 0.0,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(program))
    start = program["start_column"].astype(np.int32)
    solver.setSolution(len(start), start, program["start_value"].astype(np.float64))
    appointments = len(start)
    solver.setOptionValue("time_limit", max(seconds - (time.monotonic() - begun), 0.1))

    def improved(event: highspy.HighsCallbackEvent) -> None:
        """Hears each better solution."""
        chosen = np.flatnonzero(np.asarray(event.data_out.mip_solution)[:appointments] > HALF)
        _tell(event.data_out.mip_dual_bound, chosen.tolist())

    known = [0.0]

    def logged(event: highspy.HighsCallbackEvent) -> None:
        """Hears now and then how far it is."""
        if event.data_out.mip_dual_bound > known[0]:
            known[0] = event.data_out.mip_dual_bound
            _tell(known[0], None)

    solver.cbMipImprovingSolution.subscribe(improved)
    solver.cbMipLogging.subscribe(logged)
    solver.run()
    _tell(solver.getInfo().mip_dual_bound, None)


def _tell(bound: float, columns: list[int] | None) -> None:
    finite = max(float(bound), 0.0) if np.isfinite(bound) else None
    print(json.dumps({"bound": finite, "columns": columns}), flush=True)


def _model(program: np.lib.npyio.NpzFile) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program["cost"]), len(program["least"])
    lp.offset_ = float(program["constant"])
    lp.col_cost_, lp.col_lower_ = program["cost"], np.zeros(len(program["cost"]))
    lp.col_upper_ = program["upper"]
    lp.row_lower_, lp.row_upper_ = program["least"], program["most"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = program["first"], program["index"]
    lp.a_matrix_.value_ = program["factor"]
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[int(whole)] for whole in program["whole"]]
    return lp


if __name__ == "__main__":
    main()
