"""``careweave replies``: what clients answered to their invites."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, moment_words, print_json, say, show_table

if TYPE_CHECKING:
    from office.entries import Entry
    from office.list_replies import Replies
    from office.replies import TakenIn


_CODES = {"answer", "kind", "source", "state"}
"""The facts that are one of a few words, joined by underscores."""


@click.group()
def replies() -> None:
    """Read what clients answered, and list what is to be done.

    An answer changes nothing that is published. A declined time is free in the next draft, and its
    session looks for another one. CAREWEAVE_IMAP says which mailbox is read, as in
    imaps://user@mail.willow.example/INBOX, and CAREWEAVE_IMAP_PASSWORD_FILE names the file with its
    password.
    """


@replies.command("import")
@click.argument(
    "source", metavar="FILE", type=click.Path(exists=True, allow_dash=True, path_type=Path)
)
@json_option
@pass_desk
def import_(desk: Desk, source: Path, as_json: bool) -> None:
    """Read answers from FILE, or from standard input for "-".

    FILE is a mail (.eml), a calendar (.ics), an mbox, or a folder of these.
    """
    from office.mails_in import mails_in, mails_in_stream
    from office.replies import import_replies

    mails = mails_in_stream(sys.stdin.buffer) if str(source) == "-" else mails_in(source)
    _tell(import_replies(desk.db, mails, now=desk.now, who=desk.who), as_json=as_json)


@replies.command()
@json_option
@pass_desk
def poll(desk: Desk, as_json: bool) -> None:
    """Read the mailbox once; the server does it every minute."""
    from office.poll_mailbox import poll_mailbox

    _tell(poll_mailbox(desk.db, desk.now), as_json=as_json)


@replies.command("list")
@click.option("--set-aside", is_flag=True, help="List the mails that somebody should read.")
@json_option
@pass_desk
def list_(desk: Desk, set_aside: bool, as_json: bool) -> None:
    """List who needs or proposes another time, and what to read."""
    from office.list_replies import list_replies

    found = list_replies(desk.db, now=desk.now)
    if as_json:
        print_json(found.set_aside if set_aside else found)
    elif set_aside:
        _show_set_aside(found)
    else:
        _show(found)


@replies.command()
@click.argument("number", metavar="ID", type=int)
@json_option
@pass_desk
def show(desk: Desk, number: int, as_json: bool) -> None:
    """Show all of reply ID, and its mail if it was set aside."""
    from office.one_reply import show_reply

    reply = show_reply(desk.db, number)
    if as_json:
        print_json(reply)
        return
    facts = {name: getattr(reply, name) for name in reply.__slots__ if name != "content"}
    told = {name: _in_words(name, value) for name, value in facts.items() if value}
    rows = [(name.replace("_", " "), words) for name, words in told.items()]
    show_table(("", ""), rows)
    if reply.content:
        say(reply.content)


@replies.command()
@click.argument("number", metavar="ID", type=int)
@pass_desk
def close(desk: Desk, number: int) -> None:
    """Somebody has dealt with reply ID: list it no more.

    A decline that is closed does not count any more, as when the client says on the telephone
    that the time is fine after all.
    """
    from office.one_reply import close_reply

    close_reply(desk.db, number, now=desk.now, who=desk.who)
    say(f"Closed reply {number}. It is kept: careweave replies show {number}.")


def _in_words(name: str, value: object) -> object:
    """A fact of a reply as people write it."""
    if isinstance(value, datetime):
        return _instant(value)
    return str(value).replace("_", " ") if name in _CODES else value


def _instant(moment: datetime) -> str:
    """In UTC, as it is kept."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _tell(taken: TakenIn, *, as_json: bool) -> None:
    if as_json:
        print_json(taken)
        return
    known = f", {taken.known:,} of them known already" if taken.known else ""
    say(
        f"{counted(taken.mails, 'mail')} read{known}: {counted(taken.holds, 'answer')} taken in, "
        f"{taken.old:,} overtaken, {taken.set_aside:,} set aside, {taken.passed:,} of no concern."
    )
    if taken.holds or taken.set_aside:
        say("Next: careweave replies list.")


def _show(found: Replies) -> None:
    _show_to_rebook(found)
    _show_proposals(found)
    if not found.to_rebook and not found.proposals:
        say("Nobody needs another time.")
    if found.set_aside:
        mails = counted(len(found.set_aside), "mail")
        say(f"{mails} to be read by somebody: careweave replies list --set-aside.")


def _show_to_rebook(found: Replies) -> None:
    if found.to_rebook:
        rows = [
            (
                it.reply_id,
                *_who(it.entry),
                "booked until the next draft" if it.still_booked else "cancelled",
                it.comment,
            )
            for it in found.to_rebook
        ]
        headers = ("reply", "session", "client", "declined", "is", "comment")
        show_table(headers, rows, title=f"To rebook ({len(rows):,})")


def _show_proposals(found: Replies) -> None:
    if found.proposals:
        rows = [
            (it.reply_id, *_who(it.entry), moment_words(it.starts_at), it.verdict, it.comment)
            for it in found.proposals
        ]
        headers = ("reply", "session", "client", "booked", "would like", "that is", "comment")
        show_table(headers, rows, title=f"Other times proposed ({len(rows):,})")


def _show_set_aside(found: Replies) -> None:
    rows = [(it.reply_id, _instant(it.received_at), it.sender, it.reason) for it in found.set_aside]
    if not rows:
        say("Nothing was set aside.")
        return
    show_table(("reply", "received", "from", "why nobody but you can read it"), rows)
    say("Next: careweave replies show ID, and careweave replies close ID once it is dealt with.")


def _who(entry: Entry) -> tuple[str, str, str]:
    session = f"{entry.plan_id}/{entry.session_number}{'+' if entry.companion else ''}"
    return session, entry.client, f"{moment_words(entry.starts_at)}, {entry.therapist}"
