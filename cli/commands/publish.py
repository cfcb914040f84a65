"""``careweave publish``: the draft becomes what is promised."""

from __future__ import annotations

from collections.abc import Mapping

import click

from cli.desk import Desk, pass_desk
from cli.exits import FOUND
from cli.output import counted, say, warn


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
        counts = {kind: n + summary.companions[kind] for kind, n in summary.counts.items()}
        click.confirm(f"Publish the draft ({_listed(counts)})?", abort=True, err=True)
    published = publish_draft(desk.db, now=desk.now, who=desk.who)
    if isinstance(published, Refused):
        found = counted(len(published.findings), "rule is broken", "rules are broken")
        warn(f"Refused, nothing was changed: {found} by the draft.")
        warn(*(f"  {finding.rule}: {finding.message}" for finding in published.findings))
        warn("Maybe facts changed since it was made: run careweave schedule again?")
        click.get_current_context().exit(FOUND)
    say(
        f"Published version {published.version}: {_listed(published.counts)}.",
        "Next: careweave feeds write DIR.",
    )


def _listed(counts: Mapping[str, int]) -> str:
    return "appointments " + ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
