"""``careweave verify``: the second opinion."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.exits import FOUND
from cli.output import counted, print_json, say, show_table, warn

if TYPE_CHECKING:
    from verifier import Report


@click.command()
@click.option("--draft", is_flag=True, help="Judge the draft instead of what is published.")
@json_option
@pass_desk
def verify(desk: Desk, draft: bool, as_json: bool) -> None:
    """Judge what is published, independently.

    Every rule is checked and every point recomputed. The verifier shares no code
    with the engine. Exit code 1 where a rule is broken. A draft is judged by the settings with
    which it was made.
    """
    from office.verify_schedule import verify_draft, verify_published

    verdict = verify_draft(desk.db) if draft else verify_published(desk.db)
    report = verdict.report
    if as_json:
        print_json(report, ok=report.ok, remarks=verdict.remarks)
    else:
        _tell(report, "draft" if draft else "published schedule")
        warn(*(f"Note: {remark}" for remark in verdict.remarks))
    if not report.ok:
        click.get_current_context().exit(FOUND)


def _tell(report: Report, what: str) -> None:
    if report.ok:
        say(f"The {what} keeps every rule.")
    else:
        found = counted(len(report.findings), "broken rule")
        rules = Counter(finding.rule for finding in report.findings)
        listed = ", ".join(f"{rule} {number}" for rule, number in rules.items())
        say(f"Warning: {found} in the {what} ({listed}):")
        say(*(f"  {finding.rule}: {finding.message}" for finding in report.findings))
    if report.in_scope:
        say(
            f"{report.booked:,} of {counted(report.in_scope, 'session')} booked, "
            f"{report.points:,} points of {report.stake:,} at stake."
        )
        rows = [(name, f"{points:,}") for name, points in report.parts.items()]
        show_table(("part", "points"), rows, right=("points",))
