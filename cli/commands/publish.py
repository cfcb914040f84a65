"""``careweave publish``: the draft becomes what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, pass_desk
from cli.exits import FOUND, UNUSABLE
from cli.output import counted, moment_words, say, warn
from cli.program import Failure, Interrupted

if TYPE_CHECKING:
    from office.mail.announce import Announced
    from office.publish import Refused


@click.command()
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_desk
def publish(desk: Desk, yes: bool) -> None:
    """Make the draft what is promised.

    The verifier looks at it first; a draft that breaks a rule is refused.
    """
    from office.draft import summarise_draft
    from office.publish import Refused
    from office.publish import publish as publish_draft

    if not yes:
        summary = summarise_draft(desk.db)
        one, other = summary.counts, summary.companions
        counts = {kind: one.get(kind, 0) + other.get(kind, 0) for kind in {**one, **other}}
        _ask(f"Publish the draft ({_listed(counts)})?")
    published = publish_draft(desk.db, now=desk.now, who=desk.who)
    if isinstance(published, Refused):
        _tell_refused(published)
        click.get_current_context().exit(FOUND)
    say(
        f"Published version {published.version}: {_listed(published.counts)}.",
        _mails(published.mails),
        _next(published.mails),
    )
    for it in published.mails.unreachable:
        warn(f"{it.name} ({it.kind} {it.id}) can't be told: {it.reason}.")


_SHOWN = 12
"""Findings told of where a draft is refused."""


def _ask(question: str) -> None:
    """Go on only if somebody says yes; otherwise say that nothing was published."""
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort as abort:
        warn("")  # the question still waits on its line
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise Interrupted("stopped by Ctrl-C; nothing was published.") from None
        raise Failure("nobody answers, so nothing was published. Maybe --yes?") from None
    if not agreed:
        warn("Nothing was published; the draft stays as it is.")
        click.get_current_context().exit(UNUSABLE)


def _tell_refused(refused: Refused) -> None:
    """What the verifier found, a few of many, and what changed since the draft was made."""
    findings = refused.findings
    warn(f"Refused, nothing was changed: the draft has {counted(len(findings), 'broken rule')}.")
    warn(*(f"  {finding.rule}: {finding.message}" for finding in findings[:_SHOWN]))
    if len(findings) > _SHOWN:
        warn(f"  … and {len(findings) - _SHOWN:,} more.")
    warn(*refused.since)
    if refused.since:
        warn("Maybe run careweave schedule again?")
    else:
        warn("Nothing has changed since it was made. Maybe send us this week's export?")


def _mails(mails: Announced) -> str:
    """Who will hear of it by mail, and from when on."""
    if mails.off:
        return (
            "No mails: no mailbox is set. Maybe careweave settings set mailbox ADDRESS?\n"
            "What is published now is told at the first publication after it is set."
        )
    if not mails.leaves_at:
        return "No mail waits to be sent."
    to = counted(mails.people, "person", "people")
    wait = f"{counted(mails.waiting, 'mail')} to {to} {'waits' if mails.waiting == 1 else 'wait'}"
    leaves_at = mails.leaves_at.astimezone()
    return f"{wait} to be sent, the first from {moment_words(leaves_at)} on."


def _next(mails: Announced) -> str:
    """What to do now: mails that wait leave by the server, or by a command."""
    if mails.waiting:
        return "Next: careweave serve or careweave invites send, and careweave feeds write DIR."
    return "Next: careweave feeds write DIR."


def _listed(counts: Mapping[str, int]) -> str:
    return "appointments " + ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
