"""``careweave plan start``: a care plan from a protocol."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from cli.commands.plan_clear import clearing
from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, print_json, say, span_words, warn

if TYPE_CHECKING:
    from office.start_plan import StartedPlan


@click.command()
@click.argument("client")
@click.option("--protocol", required=True, metavar="ID", help="acute, chronic or the clinic's own.")
@click.option("--start", metavar="DATE", help="The first day; today unless given.")
@click.option("--service", metavar="ID", help="What is done in each session.")
@click.option("--intake", metavar="ID", help="The service of the first session.")
@click.option("--companion", metavar="ID", help="A service straight after each session.")
@click.option("--techniques", metavar="A;B", help="What the therapist has to know.")
@click.option("--priority", metavar="routine|urgent", help="How much an unbooked session costs.")
@click.option("--frequency", metavar="2|1|0.5", help="Sessions a week in the first phase.")
@click.option("--weeks", metavar="N", help="Weeks of the first phase.")
@click.option("--visits", metavar="N", help="How many sessions are authorised.")
@click.option("--until", metavar="DATE", help="The last day that is authorised.")
@click.option("--condition", metavar="acute|chronic", help="Where it is not the protocol's.")
@click.option("--contraindications", metavar="A;B", help="Holds the plan until it is cleared.")
@json_option
@pass_desk
def start(desk: Desk, /, client: str, protocol: str, as_json: bool, **given: str | None) -> None:
    """Start a care plan for CLIENT from a protocol.

    What is not given is as the protocol says; an empty value, as in --companion "", takes the
    protocol's away.
    """
    from office.start_plan import start_plan

    wishes = {name: text for name, text in given.items() if text is not None}
    started = start_plan(
        desk.db,
        protocol,
        {"client": client, **wishes},
        today=desk.today,
        now=desk.now,
        who=desk.who,
    )
    if as_json:
        print_json(started)
    else:
        _tell(started)
    warn(*(f"Warning: {warning}" for warning in started.warnings))


def _tell(started: StartedPlan) -> None:
    plan = started.plan
    sessions = counted(started.sessions, "session")
    window = span_words(started.opens, started.closes - timedelta(days=1))
    say(
        f"Started {plan.plan_id} for {started.client_name}: {sessions}, counted from "
        f"{plan.start_date}.",
        f"  first session: {window}",
    )
    for phase in plan.phases:
        often = {"2": "twice a week", "1": "once a week", "0.5": "every other week"}
        weeks = counted(phase.weeks, "week")
        say(f"  phase {phase.phase}: {often[phase.frequency.value]} for {weeks}")
    if started.held:
        say(
            f"It is held because of {', '.join(started.held)}: nothing is booked until "
            f"{clearing(plan)}."
        )
