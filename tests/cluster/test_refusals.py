"""A cluster that can't be used: a clear word within seconds, and nothing changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.cluster.address import ClusterError, Papers, cluster_of
from scheduler.cluster.connect import connect
from tests.cli.conftest import db as db  # noqa: PLC0414 - a fixture, to be used here as well
from tests.cli.conftest import runner
from tests.cli.test_schedule import ROOT, WEEKS
from tests.cluster.machines import Machines, certify, machines, options, until
from tests.office.clinic import settle

QUICKLY = 20.0
"""Seconds on a busy machine; it is a few on an idle one."""


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler to which each test brings the workers that it is about."""
    with machines(tmp_path_factory.mktemp("lone"), workers=0) as running:
        yield running


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return certify(tmp_path_factory.mktemp("papers"))


def state(db: str) -> str:
    return hashlib.sha256(Path(db).read_bytes()).hexdigest()


def refused(db: str, *cluster: str) -> str:
    """What ``careweave schedule`` says of a cluster, having changed nothing."""
    before, begun = state(db), time.monotonic()
    result = runner(db)(*WEEKS, "--cluster", *cluster)
    assert time.monotonic() - begun < QUICKLY
    assert (result.exit_code, result.stdout, state(db)) == (2, "", before)
    assert "Traceback" not in result.stderr
    assert "Maybe" in result.stderr
    return result.stderr


def test_nobody_listens_there(db: str, tmp_path: Path, papers: Papers) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    said = refused(settle(db, tmp_path), f"tls://127.0.0.1:{port}", *options(papers))
    assert f"tls://127.0.0.1:{port} can't be reached: Connection refused." in said


def test_there_is_no_such_machine(db: str, tmp_path: Path, papers: Papers) -> None:
    said = refused(settle(db, tmp_path), "tls://nowhere.invalid:8786", *options(papers))
    assert "there is no machine 'nowhere.invalid'" in said


def test_another_program_listens_there(papers: Papers) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        where = f"127.0.0.1:{server.getsockname()[1]}"
        files = (papers.authority, papers.certificate, papers.key)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("scheduler.cluster.connect.PATIENCE", 0.5)
            with pytest.raises(ClusterError, match="does not answer"):
                connect(cluster_of(f"tls://{where}", *files))


def test_its_certificate_is_another_authoritys(
    db: str, tmp_path: Path, lone: Machines, papers: Papers
) -> None:
    said = refused(settle(db, tmp_path), lone.address, *options(papers))
    assert f"has no certificate that {str(papers.authority)!r} vouches for" in said


def test_our_certificate_is_another_authoritys(
    db: str, tmp_path: Path, lone: Machines, papers: Papers
) -> None:
    mixed = Papers(lone.papers.authority, papers.certificate, papers.key)
    said = refused(settle(db, tmp_path), lone.address, *options(mixed))
    assert f"does not accept our certificate {str(papers.certificate)!r}" in said


def test_our_certificate_is_out_of_date(db: str, tmp_path: Path) -> None:
    old = certify(tmp_path / "old", days=0)
    with machines(tmp_path / "there", workers=0) as cluster:
        mixed = Papers(cluster.papers.authority, old.certificate, old.key)
        assert "does not accept our certificate" in refused(
            settle(db, tmp_path), cluster.address, *options(mixed)
        )


def test_it_has_no_workers(db: str, tmp_path: Path, lone: Machines) -> None:
    said = refused(settle(db, tmp_path), lone.address, *options(lone.papers))
    assert f"{lone.address} has no workers" in said
    assert f"dask worker {lone.address} --nthreads 1" in said


def with_worker(
    lone: Machines,
    db: str,
    *more: str,
    program: tuple[str, ...] = ("-m", "dask"),
    environment: dict[str, str] | None = None,
) -> str:
    """What is said of a worker that comes for this test."""
    known = lone.log.read_text().count("Register worker addr")
    worker = lone.start_worker(*more, program=program, environment=environment)
    try:
        until(lambda: lone.log.read_text().count("Register worker addr") > known)
        return refused(db, lone.address, *options(lone.papers))
    finally:
        worker.terminate()
        worker.wait()


WITHOUT_CAREWEAVE = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name == "scheduler":
            raise ModuleNotFoundError("No module named 'scheduler'", name=name)

sys.meta_path.insert(0, Lacking())
from dask.__main__ import main
main()
"""


def test_a_worker_lacks_careweave(db: str, tmp_path: Path, lone: Machines) -> None:
    said = with_worker(lone, settle(db, tmp_path), program=("-c", WITHOUT_CAREWEAVE))
    assert "lacks Careweave" in said
    assert "Maybe install the same Careweave" in said


def test_the_scheduler_lacks_careweave(db: str, tmp_path: Path) -> None:
    bare = Machines(tmp_path, certify(tmp_path / "papers"))
    try:
        bare.start_scheduler(program=("-c", WITHOUT_CAREWEAVE))
        bare.start_worker()
        said = refused(settle(db, tmp_path), bare.address, *options(bare.papers))
    finally:
        bare.stop()
    assert "can do our work: the scheduler lacks Careweave" in said


def test_a_worker_has_another_edition_of_careweave(db: str, tmp_path: Path, lone: Machines) -> None:
    shutil.copytree(ROOT / "scheduler", tmp_path / "other" / "scheduler")
    with (tmp_path / "other" / "scheduler" / "heat.py").open("a") as file:
        file.write("# a change\n")
    other = {"PYTHONPATH": str(tmp_path / "other")}
    said = with_worker(lone, settle(db, tmp_path), environment=other)
    assert " has Careweave " in said
    assert " where we have " in said


def test_a_worker_has_several_threads(db: str, tmp_path: Path, lone: Machines) -> None:
    said = with_worker(lone, settle(db, tmp_path), "--nthreads", "3")
    assert "has 3 threads (with --nthreads 1 --nworkers 3 it has as many processes)" in said


WITHOUT_DASK = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name == "distributed":
            raise ModuleNotFoundError("No module named 'distributed'", name=name)

sys.meta_path.insert(0, Lacking())
from cli.main import main
main()
"""


def test_the_extra_is_not_installed_here(db: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_DASK, "--db", settle(db, tmp_path), *WEEKS]
    said = subprocess.run(
        [*command, "--cluster", "tcp://127.0.0.1:1"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
    )
    assert said.returncode == 2
    assert "--cluster needs an extra that is not installed. Maybe pip install '.[cluster]'?" in (
        said.stderr
    )
