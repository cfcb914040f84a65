"""Create the record, or bring it to this program's revision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from models.engine import make_engine, name_of, parse, writer
from models.errors import StoreError, explain
from models.revisions import alembic_config, revision_of, state_of


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """What an upgrade did to the database ``name``; ``before`` is None if it was empty."""

    name: str
    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Whether any migration had to run."""
        return self.before != self.after


def upgrade(url: str) -> UpgradeReport:
    """Create or migrate the database, wholly or not at all, and put its guards in place.

    ``StoreError`` where it is no database, not ours, newer, locked, read-only or unreachable.
    """
    parsed = parse(url)
    name = name_of(parsed)
    _check_folder(parsed)
    engine = make_engine(parsed, create=True, migrating=True)
    try:
        with writer(engine).begin() as connection:
            state_of(connection).refuse(name)
            before = revision_of(connection)
            command.upgrade(alembic_config(connection), "head")
            after = revision_of(connection)
    except DBAPIError as error:
        explained = explain(error, name)
        if explained is None:
            raise
        raise explained from error
    finally:
        engine.dispose()
    return UpgradeReport(name, before, str(after))


def _check_folder(url: URL) -> None:
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database))
    if path.is_dir():
        raise StoreError(f"the database {path} is a folder. Maybe {path / 'careweave.db'}?")
    if not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} does not exist. Maybe make it first?")
