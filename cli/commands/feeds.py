"""``careweave feeds``: calendars of the published schedule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, print_json, say

if TYPE_CHECKING:
    from office.write_feeds import WrittenFeeds


@click.group()
def feeds() -> None:
    """Write calendars of what is published."""


@feeds.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
@pass_desk
def write(desk: Desk, folder: Path, as_json: bool) -> None:
    """Write the calendars, one .ics file each, below DIR.

    There is one for each therapist, location, room and client. Files that would not change are
    left alone. How calendars name clients are settings: client_names for therapists,
    location_names for locations and rooms.
    """
    from office.write_feeds import write_feeds

    written = write_feeds(desk.db, folder)
    if as_json:
        print_json(written)
        return
    say(
        f"{counted(written.therapists, 'therapist')}, {counted(written.locations, 'location')}, "
        f"{counted(written.rooms, 'room')} and {counted(written.clients, 'client')} "
        f"have their calendars in {folder} "
        f"({_changed(written)})."
    )


def _changed(written: WrittenFeeds) -> str:
    written_of = (written.therapists, written.locations, written.rooms, written.clients)
    same = sum(written_of) - written.changed
    if not written.changed:
        return "no file had changed"
    files = f"{counted(written.changed, 'file')} written"
    return f"{files}, {same:,} had not changed" if same else files
