"""A bound above a schedule's points is the worst there is: the run stops, and nothing is saved.

Python imports ``sitecustomize`` before anything else, in the workers' processes too: that is where
these tests make the engine prove too much, or count wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from office.draft import summarise_draft
from tests.cli.conftest import runner
from tests.cli.test_schedule import ROOT, WEEKS
from tests.office.clinic import draft, settle

PROVES_TOO_MUCH = """
from scheduler.proof import Proof

honest = Proof.bound
counts_sessions = lambda proof: not proof.model.problem.settings.weights.cadence
Proof.bound = property(lambda proof: honest.fget(proof) + (not counts_sessions(proof)) * {beyond})
"""
"""The proof of how many sessions can be booked stays as it is."""

COUNTS_TOO_MUCH = """
import scheduler.points

honest_parts = scheduler.points.parts_of
scheduler.points.parts_of = lambda ledger: {{**honest_parts(ledger), "unbooked": {beyond}}}
"""


def schedule_with(fault: str, db: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command, with a fault in each of its processes."""
    (folder / "sitecustomize.py").write_text(fault)
    command = [sys.executable, "-c", "from cli.main import main; main()", "--db", db]
    return subprocess.run(
        [*command, *WEEKS, "--rounds", "30"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (PROVES_TOO_MUCH.format(beyond=1), "though it was proven that none has fewer than"),
        (
            PROVES_TOO_MUCH.format(beyond=7) + COUNTS_TOO_MUCH.format(beyond=7),
            "the verifier counts",
        ),
    ],
    ids=["beyond what the engine counts", "beyond what the verifier counts"],
)
def test_a_bound_beyond_a_schedule_stops_the_run_and_keeps_the_draft_before(
    db: str, tmp_path: Path, fault: str, said: str
) -> None:
    draft(settle(db, tmp_path))
    before = runner(db)("draft", "--json").stdout
    stopped = schedule_with(fault, db, tmp_path)
    assert stopped.returncode == 2, stopped
    assert said in stopped.stderr
    assert "This is a fault of Careweave: maybe report it" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert stopped.stdout == ""
    assert runner(db)("draft", "--json").stdout == before
    assert summarise_draft(db).run.seed == 7  # that of the draft before


def test_without_a_fault_the_same_run_ends_well(db: str, tmp_path: Path) -> None:
    draft(settle(db, tmp_path))
    assert schedule_with("", db, tmp_path).returncode == 0
    assert summarise_draft(db).run.seed == 0
