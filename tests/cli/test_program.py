"""The program as a shell sees it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.main import careweave
from cli.program import Program
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


def commands(group: click.Group = careweave, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}".strip(), command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = "from cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def test_every_command_says_what_it_is_for() -> None:
    for path, command in commands():
        assert command.get_short_help_str(60).rstrip(".") != "", path
        assert not command.get_short_help_str(60).endswith("..."), path


def test_every_option_says_what_it_is_for() -> None:
    for path, command in commands():
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, (path, option.name)


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_there_is_a_completion_for_each_shell(kind: str) -> None:
    result = CliRunner().invoke(careweave, ["completion", kind])
    assert result.exit_code == 0
    assert "_CAREWEAVE_COMPLETE" in result.output


def test_the_database_may_come_from_the_environment(run: Run, db: str) -> None:
    result = shell("plan", "list", "--json", CAREWEAVE_DB=db)
    assert (result.returncode, result.stderr) == (0, "")
    assert '"plan_id": "p07"' in result.stdout


def test_a_reader_that_goes_away_is_no_fault(run: Run, db: str) -> None:
    read, write = os.pipe()
    os.close(read)
    program = "from cli.main import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", program, "plan", "list", "--json"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "CAREWEAVE_DB": db},
    )
    os.close(write)
    assert "sorry" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        (KeyboardInterrupt(), "Error: stopped by Ctrl-C before it was done.\n"),
        (KeyboardInterrupt("the draft is saved."), "Error: the draft is saved.\n"),
    ],
)
def test_ctrl_c_says_what_is_done(stop: KeyboardInterrupt, said: str) -> None:
    def work() -> None:
        raise stop

    program = Program(commands=[click.Command("work", callback=work)])
    result = CliRunner().invoke(program, ["work"])
    assert (result.exit_code, result.stderr) == (130, said)


def test_completion_completes() -> None:
    result = shell(
        "-c", _CAREWEAVE_COMPLETE="bash_complete", COMP_WORDS="careweave sch", COMP_CWORD="1"
    )
    assert result.stdout == "plain,schedule\n"
