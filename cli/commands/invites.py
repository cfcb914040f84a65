"""``careweave invites``: the mails that tell clients and therapists what was published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.exits import UNUSABLE
from cli.output import counted, moment_words, print_json, say, show_table, warn

if TYPE_CHECKING:
    from office.invites import Mail


@click.group()
def invites() -> None:
    """Send mails about what was published, and list them.

    Publishing writes them. The server sends them on its own; without one, run invites send every
    minute. CAREWEAVE_SMTP says through which mail server, as in
    smtp+starttls://user@mail.willow.example:587, and CAREWEAVE_SMTP_PASSWORD_FILE names the file
    with its password.
    """


@invites.command()
@click.option("--dry-run", is_flag=True, help="List what would be sent now, and send nothing.")
@click.option("--now-anyway", is_flag=True, help="Don't wait for the grace time or a pause.")
@json_option
@pass_desk
def send(desk: Desk, dry_run: bool, now_anyway: bool, as_json: bool) -> None:
    """Send the mails that are due."""
    from office.send_invites import mails_due, send_due

    if dry_run:
        due = mails_due(desk.db, desk.now, hurry=now_anyway)
        if as_json:
            print_json(due)
            return
        if due:
            _show(due)
        say(f"{counted(len(due), 'mail')} would be sent now.")
        return
    sent = send_due(desk.db, desk.now, hurry=now_anyway)
    if as_json:
        print_json(sent)
    elif sent.leaves_at:
        leaves_at = moment_words(sent.leaves_at.astimezone())
        wait = counted(sent.waiting, "mail waits", "mails wait")
        say(f"No mail is due: {wait}, the first until {leaves_at}.")
    else:
        say(
            f"{counted(sent.sent, 'mail')} sent, {sent.later:,} to be tried again, "
            f"{sent.failed:,} failed; {sent.waiting:,} wait."
        )
        if sent.failed:
            warn("Next: careweave invites list --failed.")
    if sent.fault:
        warn(f"Error: {sent.fault}")
        click.get_current_context().exit(UNUSABLE)


@invites.command("list")
@click.option("--failed", is_flag=True, help="Only those that failed.")
@json_option
@pass_desk
def list_(desk: Desk, failed: bool, as_json: bool) -> None:
    """List the mails that wait, failed, or were sent lately.

    Lately is within the last seven days. For what failed it says why.
    """
    from office.invites import list_mails

    mails = list_mails(desk.db, desk.now, failed=failed)
    if as_json:
        print_json(mails)
    elif mails:
        _show(mails)
        states = Counter(it.state for it in mails)
        parts = [f"{count:,} {state}" for state, count in states.items()]
        told = "" if failed else f": {', '.join(parts)}"
        say(f"{counted(len(mails), 'mail')}{told}.")
    else:
        say("No mail has failed." if failed else "There are no mails.")


@invites.command()
@click.argument("mail_id", metavar="[ID]", type=int, required=False)
@click.option("--all", "everything", is_flag=True, help="All failed mails to clients.")
@json_option
@pass_desk
def retry(desk: Desk, mail_id: int | None, everything: bool, as_json: bool) -> None:
    """Try a failed mail again as of now.

    It goes to the client's address of today and says what stands now.
    """
    from office.invites import retry_all, retry_mail

    if everything is (mail_id is not None):
        raise click.UsageError("Which one? Maybe an ID, or --all?")
    if mail_id is None:
        retried = retry_all(desk.db, now=desk.now, who=desk.who)
    else:
        retried = retry_mail(desk.db, mail_id, now=desk.now, who=desk.who)
    if as_json:
        print_json(retried)
        return
    for it in retried.unreachable:
        warn(f"{it.name} ({it.id}) can't be told: {it.reason}.")
    if retried.mails:
        say(f"{counted(len(retried.mails), 'mail waits', 'mails wait')} instead.")
    elif not retried.unreachable:
        say("There is nothing to tell any more.")


@invites.command()
@click.argument("mail_id", metavar="ID", type=int)
@pass_desk
def discard(desk: Desk, mail_id: int) -> None:
    """Take a failed mail off the list.

    The client was told by other means, so that what it says counts as told.
    """
    from office.invites import discard_mail

    discard_mail(desk.db, mail_id, now=desk.now, who=desk.who)
    say(f"Mail {mail_id} is off the list; what it says counts as told.")


def _show(mails: tuple[Mail, ...]) -> None:
    show_table(
        ("id", "what", "to", "state", "when", "reason"),
        [
            (
                it.id,
                f"{it.kind} {it.method}".strip(),
                f"{it.recipient} ({it.recipient_id}) {it.address}".rstrip(),
                it.state,
                (it.sent_at or it.not_before).astimezone().strftime("%Y-%m-%d %H:%M"),
                it.reason,
            )
            for it in mails
        ],
        right=("id",),
        whole=("what", "state", "when"),
    )
