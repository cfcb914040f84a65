"""Ctrl-C at awkward moments of planning: the best so far is kept, and nobody is left behind.

Python imports ``sitecustomize`` before anything else, in the workers' processes too: there, a
function is made to press Ctrl-C once before it does its work. As at a terminal, all processes of
the group hear it, each in whichever thread the system picks, so it takes a moment until they do.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from office.draft import summarise_draft
from tests.cli.conftest import runner
from tests.cli.test_schedule import ROOT, WEEKS
from tests.office.clinic import draft, settle

PRESS = """
import os, signal, time
import {module} as module

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background would ignore it

owner, name = module, {name!r}
if "." in name:
    owner, name = getattr(module, name.partition(".")[0]), name.partition(".")[2]
honest = getattr(owner, name)

def press_ctrl_c_first(*args, **kwargs):
    try:
        os.mkdir({pressed!r})
    except FileExistsError:
        pass
    else:
        os.killpg(0, signal.SIGINT)
        time.sleep(0.2)
    return honest(*args, **kwargs)

setattr(owner, name, press_ctrl_c_first)
"""


def interrupted_at(
    moment: str, db: str, folder: Path, *limits: str
) -> subprocess.CompletedProcess[str]:
    """``careweave schedule``, with Ctrl-C as some function begins; nothing is left of its group."""
    module, _, name = moment.partition(":")
    pressed = folder / "pressed"
    press = PRESS.format(module=module, name=name, pressed=str(pressed))
    (folder / "sitecustomize.py").write_text(press)
    command = [sys.executable, "-c", "from cli.main import main; main()", "--db", db]
    with subprocess.Popen(
        [*command, *WEEKS, "--seed", "5", *limits],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        start_new_session=True,
    ) as process:
        stdout, stderr = process.communicate(timeout=100)
    assert pressed.exists()
    assert gone(process.pid)
    assert "Traceback" not in stderr
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


def gone(group: int) -> bool:
    """Whether no process of the group is left, soon."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    "moment",
    [
        "models.network:load_network",
        "models.within:find_regions",
        "scheduler.model:build",
        "scheduler.search:Search.greedy",
        "scheduler.proof:Proof.round",
    ],
    ids=["reading", "finding regions", "building the model", "first schedule", "proving"],
)
def test_ctrl_c_before_the_search_is_over_keeps_what_is_found(
    db: str, tmp_path: Path, moment: str
) -> None:
    draft(settle(db, tmp_path))
    stopped = interrupted_at(moment, db, tmp_path, "--seconds", "1000")
    assert stopped.returncode == 130, stopped.stderr
    assert "Stopping, keeping the best so far." in stopped.stderr
    assert stopped.stderr.endswith("Stopped by Ctrl-C; the best so far is saved as the draft.\n")
    assert summarise_draft(db).run.seed == 5
    assert runner(db)("verify", "--draft").exit_code == 0


@pytest.mark.parametrize(
    "moment",
    ["models.drafts:add_to_draft", "office.judging:judge", "models.drafts:complete_draft"],
    ids=["saving", "judging", "completing"],
)
def test_ctrl_c_once_the_search_is_over_lets_the_draft_be_saved(
    db: str, tmp_path: Path, moment: str
) -> None:
    draft(settle(db, tmp_path))
    done = interrupted_at(moment, db, tmp_path, "--rounds", "3")
    assert done.returncode == 0, done.stderr
    assert summarise_draft(db).run.seed == 5
    assert runner(db)("verify", "--draft").exit_code == 0


def test_ctrl_c_while_the_result_is_told_says_that_it_is_saved(db: str, tmp_path: Path) -> None:
    draft(settle(db, tmp_path))
    stopped = interrupted_at("cli.output:say", db, tmp_path, "--rounds", "3")
    assert stopped.returncode == 130
    assert stopped.stderr.endswith("Error: stopped by Ctrl-C; the draft is saved.\n")
    assert summarise_draft(db).run.seed == 5
