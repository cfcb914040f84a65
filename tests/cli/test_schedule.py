"""``schedule``: a draft with its proof, for people and for programs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.commands.schedule import lateness
from cli.progress import Watcher, line_of
from office.exchange.writer import write_folder
from office.import_folder import import_folder
from office.order import Glance
from tests.cli.conftest import Run, runner
from tests.office.clinic import NOW, settle
from tests.scheduler.runs import regions

ROOT = Path(__file__).parents[2]
WEEKS = ("schedule", "--from", "2027-03-01", "--weeks", "2", "--as-of", "2027-02-27")


def test_the_json_of_a_run_has_the_whole_proof(run: Run) -> None:
    result = run(*WEEKS, "--rounds", "3", "--seed", "5", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    numbers = json.loads(result.stdout)
    assert (numbers["booked"], numbers["in_scope"], numbers["seed"]) == (4, 4, 5)
    assert (numbers["stake"], numbers["most_bookable"]) == (8000, 4)
    assert numbers["points"] == sum(numbers["parts"].values()) >= numbers["bound"]
    assert numbers["gap"] == (numbers["points"] - numbers["bound"]) / 8000
    assert numbers["seconds"] >= 0
    assert run("verify", "--draft").exit_code == 0


def test_people_read_how_good_the_draft_is(run: Run) -> None:
    result = run(*WEEKS, "--rounds", "3")
    assert (
        "Booked 4 of 4 sessions in scope; proven: nobody could book more than 4." in result.stdout
    )
    assert "booked 4 of 4   points" in result.stderr
    assert "Sessions: 2 kept, 0 moved, 2 new, 0 lost." in run("draft").stdout


def test_regions_are_told_apart(empty: Run, tmp_path: Path) -> None:
    asked = regions()
    write_folder(asked.network, tmp_path / "in")
    empty("import", str(tmp_path / "in"))
    days = ("--from", str(asked.horizon.start), "--as-of", str(asked.as_of))
    weeks = ("schedule", *days, "--weeks", str(asked.horizon.weeks), "--rounds", "2")
    said = empty(*weeks).stdout
    numbers = json.loads(empty(*weeks, "--json").stdout)
    assert len(numbers["regions"]) == 2
    for name in ("points", "bound", "booked", "in_scope"):
        assert sum(region[name] for region in numbers["regions"]) == numbers[name]
    for region in numbers["regions"]:
        assert ", ".join(region["locations"]) in said


def test_nothing_in_scope_is_a_normal_result(run: Run) -> None:
    later = ("schedule", "--from", "2028-03-06", "--weeks", "1", "--as-of", "2028-03-06")
    result = run(*later)
    assert (result.exit_code, result.stdout[:21]) == (0, "Nothing to schedule: ")
    numbers = json.loads(run(*later, "--json").stdout)
    assert (numbers["in_scope"], numbers["parts"]) == (0, {})
    assert (numbers["regions"], numbers["unbooked"]) == ([], [])
    assert numbers["reason"]


def test_a_draft_that_only_takes_promises_back_says_so(run: Run) -> None:
    for plan_id in ("p07", "p08"):
        run("plan", "pause", plan_id)
    result = run(*WEEKS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "Takes back 2 promises of plans that may not be booked any more.\n"
        "Booked 0 of 0 sessions in scope"
    )
    assert json.loads(run(*WEEKS, "--json").stdout)["taken_back"] == 2
    assert "Sessions: 0 kept, 0 moved, 0 new, 2 lost." in run("draft").stdout
    assert run("publish", "--yes").exit_code == 0
    assert run(*WEEKS).stdout.startswith("Nothing to schedule: ")


@pytest.mark.parametrize(("seconds", "limit"), [(61.0, 60.0), (2.0, 1.0), (500.0, None)])
def test_a_run_that_is_over_in_time_says_nothing_of_it(seconds: float, limit: float | None) -> None:
    assert lateness(seconds, limit) == ""


def test_a_run_that_was_given_too_little_says_so() -> None:
    assert lateness(7.6, 0.5).startswith("That took longer than the 0.5 s that were given: a first")


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "86401", "ten"])
def test_seconds_that_are_no_amount_are_refused_before_anything_is_read(
    empty: Run, seconds: str
) -> None:
    result = empty(*WEEKS, "--seconds", seconds)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "expected seconds" in result.stderr
    assert "Maybe 60?" in result.stderr


@pytest.mark.parametrize(
    "option",
    [
        ("--rounds", "-1"),
        ("--rounds", "nan"),
        ("--rounds", "99999999999999999999"),
        ("--seed", "-1"),
        ("--seed", "99999999999999999999"),
        ("--processes", "0"),
        ("--processes", "-2"),
    ],
)
def test_counts_that_are_none_are_refused(empty: Run, option: tuple[str, str]) -> None:
    result = empty(*WEEKS, *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert option[0] in result.stderr


def test_two_limits_at_once_are_refused(empty: Run) -> None:
    result = empty(*WEEKS, "--rounds", "3", "--seconds", "5")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--rounds and --seconds are both limits" in result.stderr


def test_no_rounds_make_a_draft_all_the_same(run: Run) -> None:
    result = run(*WEEKS, "--rounds", "0", "--processes", "1")
    assert result.exit_code == 0
    assert "Booked 4 of 4 sessions in scope" in result.stdout


def begun(program: str, db: str, *order: str) -> subprocess.Popen[str]:
    """The command in a process group of its own: a terminal sends Ctrl-C to the whole group."""
    return subprocess.Popen(
        [sys.executable, "-c", program, "--db", db, *order, "--seconds", "120"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def test_ctrl_c_keeps_the_best_so_far(db: str) -> None:
    import_folder(db, ROOT / "demo" / "portland", now=NOW, who="mia")
    order = ("schedule", "--from", "2027-02-22", "--weeks", "1", "--as-of", "2027-02-20")
    with begun("from cli.main import main; main()", db, *order) as process:
        assert process.stderr is not None
        assert "booked" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert "Stopped by Ctrl-C; the best so far is saved as the draft." in stderr
    assert "Traceback" not in stderr
    assert "sessions in scope" in stdout
    assert runner(db)("verify", "--draft").exit_code == 0


EARLY = """
import signal, sys

class PressCtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == "scheduler.engine":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, PressCtrlC())
from cli.main import main
main()
"""
"""Presses Ctrl-C while the engine is being loaded."""


def test_an_early_ctrl_c_keeps_what_is_found_at_once(db: str, tmp_path: Path) -> None:
    settle(db, tmp_path)
    early = subprocess.run(
        [sys.executable, "-c", EARLY, "--db", db, *WEEKS, "--seconds", "120"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert early.returncode == 130, early.stderr
    assert early.stderr.endswith("Stopped by Ctrl-C; the best so far is saved as the draft.\n")
    assert runner(db)("verify", "--draft").exit_code == 0


def test_ctrl_c_while_the_workers_start_keeps_the_best_so_far(db: str, tmp_path: Path) -> None:
    settle(db, tmp_path)
    with begun(WORKERS, db, *WEEKS) as process:
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert "Stopped by Ctrl-C; the best so far is saved as the draft." in stderr
    assert "Traceback" not in stderr


WORKERS = """
import os, signal, threading, time
from concurrent.futures import ProcessPoolExecutor as Pool

submit, once = Pool.submit, threading.Lock()  # each worker is started by a thread of its own
def and_press_ctrl_c(self, *task):
    future = submit(self, *task)
    if once.acquire(blocking=False):
        time.sleep(0.2)  # the workers are there, and import
        os.killpg(0, signal.SIGINT)
    return future

Pool.submit = and_press_ctrl_c
from cli.main import main
main()
"""
"""Presses Ctrl-C in the whole group as soon as the first worker has been started."""


def test_a_line_of_progress_has_no_gap_before_there_is_a_bound() -> None:
    glance = Glance(seconds=3.2, booked=10, in_scope=12, points=2500, bound=0, gap=0.2)
    assert line_of(glance, 3.2) == "   3 s   booked 10 of 12   points 2,500   bound to come"
    glance = Glance(seconds=7.9, booked=11, in_scope=12, points=1500, bound=1400, gap=0.0083)
    assert line_of(glance, 7.9).endswith("bound 1,400   gap 0.83%")


def test_a_second_ctrl_c_does_not_wait() -> None:
    watcher = Watcher()
    assert not watcher.stop()
    watcher.interrupt(signal.SIGINT, None)
    assert watcher.stop()
    with pytest.raises(KeyboardInterrupt):
        watcher.interrupt(signal.SIGINT, None)
