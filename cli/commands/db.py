"""``careweave db``: the database itself."""

from __future__ import annotations

import click

from cli.desk import Desk, pass_desk
from cli.output import say


@click.group()
def db() -> None:
    """The database itself."""


@db.command()
@pass_desk
def upgrade(desk: Desk) -> None:
    """Create the database, or bring it up to date.

    All of it or nothing: where a migration fails, the database stays as it was.
    """
    from office.upgrade_database import upgrade_database

    report = upgrade_database(desk.db)
    if report.before is None:
        say(f"Created the database {report.name}.")
    elif report.changed:
        say(f"Migrated the database {report.name} from {report.before} to {report.after}.")
    else:
        say(f"The database {report.name} is up to date.")
