"""``careweave plan show``: all there is to know of one care plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import day_words, moment_words, print_json, say, show_table, span_words

if TYPE_CHECKING:
    from office.plans import PlanSheet, SessionLine


@click.command()
@click.argument("plan_id", metavar="PLAN")
@json_option
@pass_desk
def show(desk: Desk, plan_id: str, as_json: bool) -> None:
    """Show PLAN with each of its sessions."""
    from office.plans import show_plan

    sheet = show_plan(desk.db, plan_id)
    if as_json:
        print_json(sheet)
        return
    line = sheet.line
    say(f"{line.plan_id}: {line.client} ({line.client_id}), {line.condition}, {line.priority}")
    say(*(f"  {name:<14} {text}" for name, text in _facts(sheet) if text))
    headers = ("no.", "service", "window", "state", "when", "therapist", "location")
    show_table(
        headers, map(_row, sheet.sessions), right=("no.",), whole=("window", "state", "when")
    )


def _facts(sheet: PlanSheet) -> Iterator[tuple[str, str]]:
    plan, line = sheet.plan, sheet.line
    yield "status", f"{line.status}, held until it is cleared" if line.held else line.status
    yield "service", line.service
    yield "techniques", ", ".join(sorted(plan.techniques))
    yield "intake", plan.intake_service_id or ""
    yield "companion", plan.companion_service_id or ""
    yield "phases", ", ".join(f"{it.frequency.value} a week x {it.weeks}" for it in plan.phases)
    visits = "" if plan.authorised_visits is None else f"{plan.authorised_visits} visits"
    until = "" if plan.authorised_until is None else f"until {plan.authorised_until}"
    yield "authorised", " ".join(filter(None, (visits, until)))
    yield "on record", ", ".join(plan.contraindications)
    cleared = f"by {plan.cleared_by} on {plan.cleared_on}" if plan.cleared_on else ""
    yield "cleared", ": ".join(filter(None, (cleared, sheet.clearance_reason)))


def _row(session: SessionLine) -> tuple[object, ...]:
    last = session.closes - timedelta(days=1)
    window = f"{day_words(session.opens)} - {day_words(last)}"
    if session.opens.year != last.year:
        # On two lines: with both years one would take the room of the names.
        window = span_words(session.opens, last).replace(" - ", " -\n")
    entry = session.appointment
    place = (moment_words(entry.starts_at), entry.therapist, entry.location) if entry else ("",) * 3
    return session.number, session.service_id, window, session.state, *place
