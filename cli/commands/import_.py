"""``careweave import``: an exchange folder into the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, print_json, say, show_table, warn

if TYPE_CHECKING:
    from office.import_folder import Imported


@click.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
@pass_desk
def import_(desk: Desk, folder: Path, as_json: bool) -> None:
    """Import an exchange folder of CSV files.

    All or nothing: with a fault anywhere, every fault is listed and nothing is changed. Rows
    whose id is known are updated; what the folder does not mention stays as it is.
    """
    from office.import_folder import import_folder

    imported = import_folder(desk.db, folder, now=desk.now, who=desk.who)
    if as_json:
        print_json(imported)
        return
    _show(imported)
    if imported.warnings:
        broken = counted(imported.broken, "promise breaks a rule", "promises break a rule")
        findings = counted(len(imported.warnings), "finding")
        warn(f"Warning: {broken} ({findings}). The next schedule moves or drops what can't stay:")
        warn(*(f"  {finding.rule}: {finding.message}" for finding in imported.warnings))


def _show(imported: Imported) -> None:
    if not imported.changed:
        say("Nothing new: the database knew all of it already.")
        return
    rows = [
        (name, f"{imported.inserted[name]:,}", f"{imported.updated[name]:,}")
        for name in imported.inserted
        if imported.inserted[name] or imported.updated[name]
    ]
    show_table(("table", "new", "changed"), rows, right=("new", "changed"))
