"""``careweave feeds``: calendars of the published schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, print_json, say, show_table, warn

if TYPE_CHECKING:
    from office.feed_links import NewLink
    from office.write_feeds import WrittenFeeds


KINDS = ("therapist", "location", "room", "client")


@click.group()
def feeds() -> None:
    """Calendars of what is published: as files, or by link."""


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


@feeds.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("id_", metavar="ID")
@json_option
@pass_desk
def link(desk: Desk, kind: str, id_: str, as_json: bool) -> None:
    """Make a secret address for one calendar.

    A phone subscribes to the calendar by it. It is shown this once and kept nowhere. Make one for
    each phone, so that one can be revoked when it is lost.
    """
    from office.feed_links import link as make_link

    _show_link(make_link(desk.db, kind, id_, now=desk.now, who=desk.who), as_json)


@feeds.command("list")
@json_option
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the links that were given away.

    With their last use, but without their addresses, of which only a hash is kept.
    """
    from office.feed_links import list_links

    found = list_links(desk.db, desk.now)
    if as_json:
        print_json(found)
        return
    if not found:
        say("No link was given away yet. Next: careweave feeds link --help.")
        return
    rows = [
        (
            it.link_id,
            it.kind,
            it.subject_id,
            it.name,
            f"valid until {_day(it.expires_at)}"
            if it.state == "valid" and it.expires_at
            else it.state,
            f"{_day(it.created_at)}, {it.created_by}",
            _moment(it.last_used_at),
        )
        for it in found
    ]
    show_table(("link", "of", "id", "name", "state", "made", "last used"), rows, right=("link",))


@feeds.command()
@click.argument("link_id", metavar="LINK", type=int)
@click.option(
    "--keep",
    metavar="DAYS",
    type=click.IntRange(0, 365),
    default=0,
    show_default=True,
    help="How long the old address goes on.",
)
@json_option
@pass_desk
def rotate(desk: Desk, link_id: int, keep: int, as_json: bool) -> None:
    """Replace a link by a new one.

    The old address is cut off at once, or after --keep DAYS.
    """
    from office.feed_links import rotate as rotate_link

    days = timedelta(days=keep)
    made = rotate_link(desk.db, link_id, keep=days, now=desk.now, who=desk.who)
    _show_link(made, as_json)


@feeds.command()
@click.argument("link_id", metavar="LINK", type=int)
@pass_desk
def revoke(desk: Desk, link_id: int) -> None:
    """Cut a link off at once, as when a phone is lost."""
    from office.feed_links import revoke as revoke_link

    revoke_link(desk.db, link_id, now=desk.now, who=desk.who)
    say(f"Link {link_id} opens nothing any more. What a phone has got already stays on it.")


def _show_link(made: NewLink, as_json: bool) -> None:
    if as_json:
        print_json(made)
        return
    say(
        f"Link {made.link_id} to the calendar of the {made.kind} {made.name}, shown this once:",
        f"  {made.https}",
        f"  {made.webcal}",
        "Whoever has the address can read the calendar. "
        f"If it gets lost: careweave feeds revoke {made.link_id}.",
    )
    if not made.public:
        warn(
            "Only this computer reaches it. "
            "Maybe careweave settings set base_url https://calendars.willow.example first?"
        )


def _day(instant: datetime) -> str:
    return instant.astimezone().date().isoformat()


def _moment(instant: datetime | None) -> str:
    return f"{instant.astimezone():%Y-%m-%d %H:%M}" if instant else "never"


def _changed(written: WrittenFeeds) -> str:
    written_of = (written.therapists, written.locations, written.rooms, written.clients)
    same = sum(written_of) - written.changed
    if not written.changed:
        return "no file had changed"
    files = f"{counted(written.changed, 'file')} written"
    return f"{files}, {same:,} had not changed" if same else files
