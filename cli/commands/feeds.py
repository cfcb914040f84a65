"""``careweave feeds``: calendars of the published schedule."""

from __future__ import annotations

from pathlib import Path

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import print_json, say


@click.group()
def feeds() -> None:
    """Write calendars of what is published."""


@feeds.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
@pass_desk
def write(desk: Desk, folder: Path, as_json: bool) -> None:
    """Write the calendars, one .ics file each, below DIR.

    There is one for each therapist, location and client. Files that would not change are left
    alone. How therapists' calendars name clients is a setting: client_names. Locations'
    calendars never name them.
    """
    from office.write_feeds import write_feeds

    written = write_feeds(desk.db, folder)
    if as_json:
        print_json(written)
        return
    say(
        f"{written.therapists} therapists, {written.locations} locations and "
        f"{written.clients} clients have their calendars in {folder} "
        f"({written.changed} files written, the others had not changed)."
    )
