"""Commands run on real databases of the small clinic network."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import careweave
from tests.office.clinic import settle

Run = Callable[..., Result]


def runner(db: str) -> Run:
    """Runs a command on a database; what it prints for programs and for people stays apart."""

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(careweave, ["--db", db, *arguments], input=typed)

    return run


@pytest.fixture
def db(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty database."""
    return str(shutil.copy(sqlite_template, tmp_path / "careweave.db"))


@pytest.fixture
def empty(db: str) -> Run:
    """Runs commands on an empty database."""
    return runner(db)


@pytest.fixture
def run(db: str, tmp_path: Path) -> Run:
    """Runs commands on a database that knows the clinics."""
    return runner(settle(db, tmp_path))
