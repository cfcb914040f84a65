"""``careweave show``: a week on the screen."""

from __future__ import annotations

from datetime import date

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import print_json
from cli.values import DAY


@click.command()
@click.option("--week", "day", type=DAY, required=True, metavar="DATE", help="Any day of it.")
@click.option("--location", metavar="ID", help="One location, therapists beneath each other.")
@click.option("--therapist", metavar="ID", help="One therapist's appointments.")
@click.option("--client", metavar="ID", help="One client's appointments.")
@click.option("--draft", is_flag=True, help="As it would be once the draft is published.")
@json_option
@pass_desk
def show(
    desk: Desk,
    *,
    day: date,
    location: str | None,
    therapist: str | None,
    client: str | None,
    draft: bool,
    as_json: bool,
) -> None:
    """Show a week on the screen, published or draft."""
    from cli.week_view import show_grid, show_list
    from office.week import Narrowing, show_week

    week = show_week(desk.db, day, Narrowing(location, therapist, client), draft=draft)
    if as_json:
        print_json(week)
    elif therapist or client:
        show_list(week)
    else:
        show_grid(week)
