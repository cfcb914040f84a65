"""Which revision a database is at, seen from the migrations that this program has."""

from __future__ import annotations

from enum import Enum, auto
from importlib.resources import files

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from models.errors import StoreError


class State(Enum):
    """How a database stands to this program's migrations."""

    EMPTY = auto()
    OLDER = auto()
    CURRENT = auto()
    NEWER = auto()
    FOREIGN = auto()

    def refuse(self, name: str) -> None:
        """``StoreError`` for a database that no upgrade of ours can help."""
        if self is State.FOREIGN:
            raise StoreError(
                f"the database {name} holds tables that are not careweave's. "
                "Maybe another file or address was meant?"
            )
        if self is State.NEWER:
            raise StoreError(
                f"the database {name} was made by a newer careweave. Maybe update this one?"
            )


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, wherever the program is installed, to run on ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """The revision that the database says it is at; None for one without Alembic's table."""
    return "+".join(MigrationContext.configure(connection).get_current_heads()) or None


def state_of(connection: Connection) -> State:
    """Where ``connection``'s database stands."""
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    revision = revision_of(connection)
    if revision is None:
        return State.FOREIGN if tables else State.EMPTY
    scripts = ScriptDirectory.from_config(alembic_config())
    if revision == scripts.get_current_head():
        return State.CURRENT
    if revision in {script.revision for script in scripts.walk_revisions()}:
        return State.OLDER
    # A revision that we don't know on tables that we do: made by a later program of ours.
    return State.NEWER if {"care_plans", "published_versions"} <= tables else State.FOREIGN
