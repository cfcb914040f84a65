"""Whatever goes wrong is said in a sentence, with an honest exit code and without a traceback."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run, runner


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("schedule", "--from", "2027-03-02", "--weeks", "2"), "starts on Tuesday"),
        (("schedule", "--from", "2027-03-01", "--weeks", "0"), "has 0 weeks"),
        (("schedule", "--from", "2027-03-01", "--weeks", "60"), "has 60 weeks"),
        (("schedule", "--from", "2020-03-02", "--weeks", "2"), "lies in the past"),
        (("schedule", "--from", "2 March", "--weeks", "2"), "found '2 March', expected a date"),
        (("schedule", "--from", "2027-03-01", "--weeks", "2", "--seconds", "0"), "found '0'"),
        (("show", "--week", "20270301"), "expected a date. Maybe 2027-03-01?"),
        (("show", "--week", "2027-03-01", "--client", "dino"), "Maybe 'dina'?"),
        (("plan", "show", "p7"), "there is no care plan 'p7'. Maybe 'p07'"),
        (("plan", "pause", "p7"), "there is no care plan 'p7'"),
        (("protocol", "show", "acut"), "there is no protocol 'acut'. Maybe 'acute'?"),
        (("settings", "set", "gird", "5"), "there is no setting 'gird'. Maybe 'grid'?"),
        (("import", "nowhere"), "nowhere: expected a folder that can be read"),
        (("settings", "set", "weights.unbooked", "-5"), "weights.unbooked is '-5'. Maybe a whole"),
        (("verify", "--draft"), "there is no draft"),
        (("export", "x", "--draft"), "there is no draft"),
        (("fly",), "No such command 'fly'"),
    ],
)
def test_unusable_input_is_named(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [("export",), ("feeds", "write")])
@pytest.mark.parametrize("below", ["", "/below"])
def test_a_file_is_no_folder_to_write_to(
    run: Run, tmp_path: Path, command: tuple[str, ...], below: str
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Call Dina.", encoding="utf-8")
    result = run(*command, f"{file}{below}")
    assert result.exit_code == 2
    assert f"the folder '{file}{below}' can't be written: there is a file of that" in result.stderr
    assert file.read_text(encoding="utf-8") == "Call Dina."


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    result = runner(str(tmp_path / "none.db"))("plan", "list")
    assert result.exit_code == 2
    assert "none.db does not exist. Maybe run careweave db upgrade" in result.stderr


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Dina, " * 400, encoding="utf-8")
    for command in (("plan", "list"), ("db", "upgrade")):
        result = runner(str(file))(*command)
        assert (result.exit_code, "is not a database" in result.stderr) == (2, True)
    assert file.read_text(encoding="utf-8") == "Dear Dina, " * 400


def test_what_should_not_happen_says_sorry_and_names_nobody(
    run: Run, db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with sqlite3.connect(db) as connection:
        connection.execute("INSERT INTO settings VALUES ('grid', 'Dina Young')")
    connection.close()
    result = run("verify")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "we are sorry" in result.stderr
    (details,) = re.findall(r"\S+\.txt", result.stderr)
    text = Path(details).read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert "in load_settings" in text
    assert "Dina" not in result.stderr + text
