"""With counted work the same seed gives the same schedule, byte for byte, whoever works at it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.store import upgrade
from office.exchange.writer import write_folder
from scheduler.problem import Problem
from tests.cli.test_schedule import ROOT
from tests.scheduler.crowded import ROUNDS, SEED, crowded, crowded_apart, telling
from tests.scheduler.runs import scheduled

PROGRAM = """
import sys
from cli.main import careweave

if __name__ == "__main__":  # workers import this as well
    db, folder, out, rounds, seed, processes = sys.argv[1:]
    for command in (
        ["import", folder],
        ["schedule", "--from", "2027-03-01", "--weeks", "2", "--as-of", "2027-03-01"]
        + ["--rounds", rounds, "--seed", seed, "--processes", processes],
        ["publish", "--yes"],
        ["export", out],
    ):
        careweave.main(["--db", db, *command], standalone_mode=False)
"""


def exported(folder: Path, place: Path, processes: int, hash_seed: int) -> dict[str, bytes]:
    """All files of the published schedule, planned in a fresh interpreter."""
    place.mkdir()
    program = place / "program.py"
    program.write_text(PROGRAM)
    upgrade(str(place / "careweave.db"))
    names = (str(place / "careweave.db"), str(folder), str(place / "out"))
    done = subprocess.run(
        [sys.executable, str(program), *names, *map(str, (ROUNDS, SEED, processes))],
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (place / "out").iterdir()}


@pytest.mark.parametrize(
    ("asked", "processes"),
    [(crowded(), 2), (crowded_apart(), 3)],
    ids=["one region", "two regions"],
)
def test_any_number_of_processes_exports_the_same_bytes(
    asked: Problem, processes: int, tmp_path: Path
) -> None:
    booked = telling(lambda rounds, seed: scheduled(asked, rounds, seed=seed)).booked
    write_folder(asked.network, tmp_path / "in")
    one = exported(tmp_path / "in", tmp_path / "one", processes=1, hash_seed=0)
    assert one["appointments.csv"].count(b"booked") == booked
    several = exported(tmp_path / "in", tmp_path / "several", processes, hash_seed=4_294_967_295)
    assert several == one
