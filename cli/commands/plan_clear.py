"""``careweave plan clear``: a practitioner lets a held plan pass."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, pass_desk
from cli.output import say
from cli.values import DAY

if TYPE_CHECKING:
    from scheduler.facts import CarePlan


@click.command()
@click.argument("plan_id", metavar="PLAN")
@click.option("--by", required=True, metavar="NAME", help="The practitioner who judged it.")
@click.option("--on", type=DAY, metavar="DATE", help="The day of judging; today unless given.")
@click.option("--reason", metavar="TEXT", help="Why treatment is right in spite of it.")
@pass_desk
def clear(desk: Desk, plan_id: str, by: str, on: date | None, reason: str | None) -> None:
    """Record that a practitioner cleared PLAN's contraindications.

    Precautions (pregnancy, varicose-veins, hypertension, blood-thinners, reduced-sensation) may
    be cleared at once; all others take a reason.
    """
    from office.change_plan import Clearance, clear_plan

    changed = clear_plan(
        desk.db,
        plan_id,
        Clearance(by, on or desk.today, reason),
        today=desk.today,
        now=desk.now,
        who=desk.who,
    )
    plan = changed.plan
    say(f"The care plan {plan_id} was cleared by {plan.cleared_by} on {plan.cleared_on}.")


def clearing(plan: CarePlan) -> str:
    """The command that clears a held plan, with a reason where one is needed."""
    from scheduler.screening import is_absolute

    reason = " --reason TEXT" if any(map(is_absolute, plan.contraindications)) else ""
    return f"careweave plan clear {plan.plan_id} --by NAME{reason}"
