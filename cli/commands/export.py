"""``careweave export``: the database into an exchange folder."""

from __future__ import annotations

from pathlib import Path

import click

from cli.desk import Desk, pass_desk
from cli.output import counted, say


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--draft", is_flag=True, help="With the draft's appointments, as if published.")
@pass_desk
def export(desk: Desk, folder: Path, draft: bool) -> None:
    """Write an exchange folder of all that is on record.

    It can be imported again without a change.
    """
    from office.export_folder import export_folder

    exported = export_folder(desk.db, folder, draft=draft)
    files = counted(len(exported.paths), "file")
    appointments = counted(exported.appointments, "appointment")
    say(f"Wrote {files} with {appointments} to {folder}.")
