"""Databases that know the small clinic network."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.office.clinic import settle
from tests.office.mails import RUTHS, open_post


@pytest.fixture
def db(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite file: for what does not depend on the kind of database."""
    return str(shutil.copy(sqlite_template, tmp_path / "careweave.db"))


@pytest.fixture
def clinic(db: str, tmp_path: Path) -> str:
    """A SQLite file that knows the clinics."""
    return settle(db, tmp_path)


@pytest.fixture
def each_clinic(database_url: str, tmp_path: Path) -> str:
    """A database of each kind that knows the clinics."""
    return settle(database_url, tmp_path)


@pytest.fixture
def with_mail(db: str, tmp_path: Path) -> str:
    return open_post(settle(db, tmp_path, RUTHS))


@pytest.fixture
def each_with_mail(database_url: str, tmp_path: Path) -> str:
    return open_post(settle(database_url, tmp_path, RUTHS))
