"""``python -m bench.peers.highs INSTANCE_DIR OUT.jsonl ...``: see ``bench.peers``."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.peers.everybody import ENVIRONMENTS
from bench.peers.highs import __doc__ as what
from bench.peers.highs.matrix import Columns
from bench.peers.highs.points import add_points
from bench.peers.instance import parse
from bench.peers.snapshots import Log, Snapshot, rows_of
from scheduler.visits import visits_at

PYTHON = ENVIRONMENTS / "highs" / "bin" / "python"


def main() -> None:
    """Write the program, have it solved, and note what comes back."""
    order = parse(what or "")
    if not PYTHON.exists():
        raise SystemExit(f"There is no HiGHS in {PYTHON.parents[1].name}. Maybe: make bench-ready")
    problem = order.read()
    with Log(order.out) as log, TemporaryDirectory() as folder:
        columns = Columns(problem)
        add_points(columns)
        file = Path(folder) / "program.npz"
        columns.program.save(file, columns.start())
        command = [str(part) for part in (PYTHON, Path(__file__).parent / "solve.py", file)]
        command += [str(max(order.seconds - log.seconds, 0.1)), str(order.seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as solver:
            for line in solver.stdout or ():
                _note(log, columns, json.loads(line))
        if solver.returncode:
            raise SystemExit(f"HiGHS ended with {solver.returncode}.")


def _note(log: Log, columns: Columns, said: dict[str, list[int] | float | None]) -> None:
    bound = said["bound"]
    proven = math.ceil(bound - 1e-6) if isinstance(bound, float) else None
    chosen, activities = said["columns"], columns.activities
    if isinstance(chosen, list):
        log.better(lambda: rows_of(columns.problem, visits_at(activities, chosen)), proven)
    else:
        log.tell(Snapshot(log.seconds, proven))


if __name__ == "__main__":
    main()
