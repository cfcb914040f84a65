"""A crew on a real cluster of separate processes, which talk by TLS."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from scheduler.board import Region
from scheduler.cluster.address import ClusterError
from scheduler.cluster.crew import ClusterCrew
from scheduler.crew import Duty, Line
from scheduler.local_crews import local_crew
from scheduler.outcome import WorkerLostError
from scheduler.tasks import work
from tests.cluster.machines import ROOT, Machines, machines, until
from tests.cluster.orders import counted, endless, listen, wait_for
from tests.scheduler.crowded import ROUNDS, SEED, crowds, telling
from tests.scheduler.runs import scheduled_by

SOON = 8.0
"""Seconds in which the workers are free again; the machine of the tests may be busy."""


def is_free(cluster: Machines) -> bool:
    """Whether all workers do a small task at once, rather than what somebody left behind."""
    with ClusterCrew(cluster.cluster) as crew:
        tasks = [crew.submit(counted(number, 1)) for number in range(crew.workers)]
        wait_for(crew, tasks, SOON)
    return True


@pytest.mark.parametrize("asked", crowds(), ids=["one region", "two regions", "in parts"])
def test_the_schedule_is_that_of_one_machine(cluster: Machines, asked: Sequence[Region]) -> None:
    with local_crew(1) as crew:
        near = telling(partial(scheduled_by, crew, asked))
    with ClusterCrew(cluster.cluster) as crew:
        assert crew.workers == 2
        assert scheduled_by(crew, asked, ROUNDS, SEED) == near


def test_news_of_schedules_and_bounds_comes_while_a_region_is_solved(cluster: Machines) -> None:
    near = work(counted(0, 400), Line(lambda _: None, lambda: False))
    with ClusterCrew(cluster.cluster) as crew:
        task = crew.submit(counted(0, 400))
        heard = wait_for(crew, [task])
        assert task.result() == near
    assert near.searched is not None
    assert near.proven is not None
    points = [news.points for news in heard if news.points is not None]
    bounds = [news.bound for news in heard if news.bound is not None]
    assert (points[-1], bounds[-1]) == (near.searched.points, near.proven.bound)


def test_a_worker_that_is_killed_loses_nothing(cluster: Machines) -> None:
    doomed = cluster.start_worker()
    arrived = "Register worker addr"
    known = cluster.log.read_text().count(arrived)
    until(lambda: cluster.log.read_text().count(arrived) > known or known == 3)
    with ClusterCrew(cluster.cluster) as crew:
        assert crew.workers == 3
        tasks = [crew.submit(counted(number, 1000)) for number in range(3)]
        listen(crew, wanted=3)
        doomed.kill()
        wait_for(crew, tasks, 60.0)
        results = [task.result() for task in tasks]
    assert results[0] == results[1] == results[2]


def test_halting_keeps_the_best_of_each_region(cluster: Machines) -> None:
    with ClusterCrew(cluster.cluster) as crew:
        tasks = [crew.submit(endless(number)) for number in range(2)]
        listen(crew, wanted=2)
        crew.halt()
        wait_for(crew, tasks, SOON)
        for task in tasks:
            found, proof = task.result().searched, task.result().proven
            assert found is not None
            assert proof is not None
            assert found.booked > 0
            assert proof.bound <= found.points


def test_when_time_is_up_everybody_hands_over(cluster: Machines) -> None:
    # The workers' clocks say nothing about the deadline, which is a moment of ours.
    with ClusterCrew(cluster.cluster) as crew:
        hurried = endless(0, deadline=time.monotonic() + 1.0)
        wait_for(crew, [crew.submit(hurried)], 1.0 + SOON)


def test_a_solved_region_ends_its_search_and_its_proof_and_nobody_elses(cluster: Machines) -> None:
    with ClusterCrew(cluster.cluster) as crew:
        search, proof = (crew.submit(endless(5, duty)) for duty in (Duty.SEARCH, Duty.PROOF))
        listen(crew, wanted=1)
        crew.solved(4)
        assert not search.done()
        crew.solved(5)
        wait_for(crew, [search, proof], 2 * SOON)
        assert search.result().proven is None
        assert proof.result().searched is None


def test_work_that_nobody_waits_for_any_more_ends(cluster: Machines) -> None:
    with ClusterCrew(cluster.cluster) as crew:
        for number in range(2):
            crew.submit(endless(number))
        listen(crew, wanted=2)
    assert is_free(cluster)


ENGINE = """
import sys
from pathlib import Path

from scheduler.cluster.address import cluster_of
from scheduler.cluster.crew import ClusterCrew
from tests.cluster.orders import endless, listen

with ClusterCrew(cluster_of(sys.argv[1], *map(Path, sys.argv[2:]))) as crew:
    tasks = [crew.submit(endless(number)) for number in range(2)]
    listen(crew, wanted=2)
    print("at work", flush=True)
    sys.stdin.read()
"""


def test_an_engine_that_is_killed_leaves_no_work_behind(cluster: Machines) -> None:
    papers = cluster.papers
    files = (papers.authority, papers.certificate, papers.key)
    with subprocess.Popen(
        [sys.executable, "-c", ENGINE, cluster.address, *map(str, files)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as engine:
        assert engine.stdout is not None
        assert engine.stdout.readline() == b"at work\n"
        engine.kill()
    assert is_free(cluster)


def test_workers_that_die_again_and_again_are_named_with_their_region(tmp_path: Path) -> None:
    one = machines(tmp_path, workers=1, failures=0)
    with one as cluster, ClusterCrew(cluster.cluster) as crew:
        task = crew.submit(endless(0))
        listen(crew, wanted=1)
        cluster.workers[0].kill()
        wait_for(crew, [task])
        with pytest.raises(WorkerLostError, match=r"region 1 \(north\) died once, so"):
            task.result()


def test_a_scheduler_that_goes_away_is_a_clear_end(tmp_path: Path) -> None:
    with machines(tmp_path, workers=1) as cluster, ClusterCrew(cluster.cluster) as crew:
        task = crew.submit(endless(0))
        listen(crew, wanted=1)
        assert cluster.scheduler is not None
        cluster.scheduler.kill()
        wait_for(crew, [task], SOON)
        with pytest.raises(ClusterError, match=r"went away.*\. Maybe start them again"):
            task.result()
        until(lambda: cluster.workers[0].poll() is not None, SOON)  # and no solve stays behind


def test_a_worker_that_hangs_does_not_end_the_work_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing better is found for either region, so there is no news of them.
    monkeypatch.setattr("scheduler.cluster.crew._SILENCE", 3.0)
    with machines(tmp_path) as cluster, ClusterCrew(cluster.cluster) as crew:
        tasks = [crew.submit(endless(number)) for number in range(2)]
        listen(crew, wanted=2)
        hangs = cluster.workers[0]
        hangs.send_signal(signal.SIGSTOP)
        try:
            end = time.monotonic() + 3.0 + 2.0
            while time.monotonic() < end:
                list(crew.news())
            assert not any(task.done() for task in tasks)
            crew.halt()
            until(lambda: any(task.done() for task in tasks), SOON)
        finally:
            hangs.send_signal(signal.SIGCONT)
        wait_for(crew, tasks, SOON)


def test_workers_that_all_go_away_are_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.cluster.crew._SILENCE", 3.0)
    with machines(tmp_path, workers=1) as cluster, ClusterCrew(cluster.cluster) as crew:
        task = crew.submit(endless(0))
        listen(crew, wanted=1)
        cluster.workers[0].kill()  # the scheduler waits for another one
        wait_for(crew, [task], 3.0 + SOON)
        with pytest.raises(ClusterError, match="or all its workers did"):
            task.result()
