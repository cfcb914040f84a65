"""``careweave plan``: care plans, from the start to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.plan_clear import clear, clearing
from cli.commands.plan_show import show
from cli.commands.plan_start import start
from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, print_json, say, show_table

if TYPE_CHECKING:
    from office.plans import PlanLine
    from scheduler.facts import PlanStatus


@click.group(commands=[start, show, clear])
def plan() -> None:
    """Start, change and list care plans."""


@plan.command("list")
@click.option("--client", metavar="ID", help="Only this client's plans.")
@click.option(
    "--status",
    type=click.Choice(["proposed", "active", "paused", "completed", "discontinued"]),
    help="Only plans of this status.",
)
@click.option(
    "--held", is_flag=True, help="Only plans that wait for a contraindication's clearing."
)
@json_option
@pass_desk
def list_(desk: Desk, client: str | None, status: str | None, held: bool, as_json: bool) -> None:
    """List care plans."""
    from office.plans import list_plans

    lines = list_plans(desk.db, client_id=client, status=status, held=held)
    if as_json:
        print_json(lines)
    elif lines:
        show_table(_HEADERS, map(_row, lines), right=("done", "booked", "of"))
        say(counted(len(lines), "care plan"))
    else:
        say("There is no such care plan. Maybe start one: careweave plan start?")


_HEADERS = ("plan", "client", "service", "status", "priority", "from", "done", "booked", "of")


def _row(line: PlanLine) -> tuple[object, ...]:
    status = f"{line.status}, held" if line.held else line.status
    counts = line.completed, line.booked, line.sessions
    return line.plan_id, line.client, line.service_id, status, line.priority, line.starts, *counts


@plan.command()
@click.argument("plan_id", metavar="PLAN")
@pass_desk
def pause(desk: Desk, plan_id: str) -> None:
    """Pause PLAN: no session is booked until it is resumed."""
    from scheduler.facts import PlanStatus

    _change(desk, plan_id, PlanStatus.PAUSED)


@plan.command()
@click.argument("plan_id", metavar="PLAN")
@pass_desk
def resume(desk: Desk, plan_id: str) -> None:
    """Resume a paused PLAN, or begin a proposed one."""
    from scheduler.facts import PlanStatus

    _change(desk, plan_id, PlanStatus.ACTIVE)


@plan.command()
@click.argument("plan_id", metavar="PLAN")
@pass_desk
def discontinue(desk: Desk, plan_id: str) -> None:
    """End PLAN before its time."""
    from scheduler.facts import PlanStatus

    _change(desk, plan_id, PlanStatus.DISCONTINUED)


def _change(desk: Desk, plan_id: str, status: PlanStatus) -> None:
    from office.change_plan import change_plan
    from scheduler.facts import PlanStatus

    changed = change_plan(desk.db, plan_id, status, today=desk.today, now=desk.now, who=desk.who)
    say(f"The care plan {plan_id} is {changed.plan.status.value}.")
    if changed.held:
        names = ", ".join(changed.plan.contraindications)
        say(f"It is held ({names}) until {clearing(changed.plan)}.")
    if changed.promises and status is not PlanStatus.ACTIVE:
        promised = counted(changed.promises, "booked appointment")
        say(f"Its {promised} will be taken back by the next careweave schedule and publish.")
