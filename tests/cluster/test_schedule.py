"""``careweave schedule --cluster`` from the terminal to the draft, on a real cluster."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from office.exchange.writer import write_folder
from office.import_folder import import_folder
from tests.cli.conftest import db as db  # noqa: PLC0414 - a fixture, to be used here as well
from tests.cli.conftest import runner
from tests.cli.test_schedule import ROOT, WEEKS
from tests.cluster.machines import Machines, machines, options
from tests.cluster.test_crew import SOON, is_free
from tests.office.clinic import NOW, settle
from tests.scheduler.crowded import ROUNDS, SEED, crowded

DEMO = ("--from", "2027-02-22", "--weeks", "1", "--as-of", "2027-02-20", "--seconds", "120")


def draft_of(db: str, folder: Path, *more: str, seed: int = SEED) -> dict[str, bytes]:
    """The files of the draft that the same order gives."""
    counted = ("--rounds", str(ROUNDS), "--seed", str(seed), "--fresh")
    result = runner(db)(*WEEKS, *counted, *more)
    assert result.exit_code == 0, result.stderr
    assert runner(db)("export", "--draft", str(folder)).exit_code == 0
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_draft_is_that_of_one_machine(db: str, tmp_path: Path, cluster: Machines) -> None:
    network = crowded().network
    write_folder(network, tmp_path / "in")
    import_folder(db, tmp_path / "in", now=NOW, who="mia")
    alone = ("--processes", "1")
    here = draft_of(db, tmp_path / "here", *alone)
    other = draft_of(db, tmp_path / "other", *alone, seed=SEED + 1)
    assert other["appointments.csv"] != here["appointments.csv"]
    there = draft_of(db, tmp_path / "there", "--cluster", cluster.address, *options(cluster.papers))
    assert there == here
    logged = cluster.log.read_text()
    assert "Receive client connection" in logged
    told = [text for each in network.clients for text in (each.client_id, each.name)]
    told += [text for each in network.therapists for text in (each.therapist_id, each.name)]
    for telling in (*told, "Northgate", "PRIVATE KEY"):
        assert telling not in logged


def test_the_cluster_may_stand_in_the_environment(
    db: str, tmp_path: Path, cluster: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = cluster.log.read_text().count("Receive client connection")
    for name, value in zip(
        ("", "_CA", "_CERT", "_KEY"),
        (cluster.address, *options(cluster.papers)[1::2]),
        strict=True,
    ):
        monkeypatch.setenv(f"CAREWEAVE_CLUSTER{name}", value)
    assert runner(settle(db, tmp_path))(*WEEKS, "--rounds", "1").exit_code == 0
    assert cluster.log.read_text().count("Receive client connection") == told + 1


def begun(db: str, cluster: Machines) -> subprocess.Popen[str]:
    """The command at work: its first schedule was heard of."""
    command = [sys.executable, "-c", "from cli.main import main; main()", "--db", db, "schedule"]
    process = subprocess.Popen(
        [*command, *DEMO, "--cluster", cluster.address, *options(cluster.papers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert "booked" in process.stderr.readline()
    return process


@pytest.fixture(scope="module")
def portland(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that knows the four clinics of the demo."""
    path = tmp_path_factory.mktemp("portland") / "careweave.db"
    shutil.copy(sqlite_template, path)
    import_folder(str(path), ROOT / "demo" / "portland", now=NOW, who="mia")
    return path


def test_ctrl_c_keeps_the_best_so_far_and_frees_the_workers(
    portland: Path, tmp_path: Path, cluster: Machines
) -> None:
    db = str(shutil.copy(portland, tmp_path))
    with begun(db, cluster) as process:
        os.killpg(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert "Stopped by Ctrl-C; the best so far is saved as the draft." in stderr
    assert "Traceback" not in stderr
    assert "sessions in scope" in stdout
    assert is_free(cluster)
    assert runner(db)("verify", "--draft").exit_code == 0


def test_a_cluster_that_goes_away_changes_nothing(portland: Path, tmp_path: Path) -> None:
    db = str(shutil.copy(portland, tmp_path))
    before = Path(db).read_bytes()
    with machines(tmp_path / "away", workers=2) as away, begun(db, away) as process:
        assert away.scheduler is not None
        away.scheduler.kill()
        stdout, stderr = process.communicate(timeout=2 * SOON)
    assert (process.returncode, stdout) == (2, "")
    assert f"Error: {away.address} went away, or all its workers did, before" in stderr
    assert "Traceback" not in stderr
    assert Path(db).read_bytes() == before
