"""``careweave why``: what keeps a session from being booked."""

from __future__ import annotations

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import print_json, say_wrapped
from cli.values import session_key


@click.command()
@click.argument("session", nargs=-1, required=True)
@json_option
@pass_desk
def why(desk: Desk, session: tuple[str, ...], as_json: bool) -> None:
    """Say why a session is not booked.

    SESSION is its plan's id and its number, like p0001/3. It is explained in the
    draft, or without one in what was published last.
    """
    from office.why import explain_session

    found = explain_session(desk.db, session_key(session))
    if as_json:
        print_json(found)
        return
    say_wrapped(found.explanation.sentence, indent=0)
    for obstacle in found.explanation.obstacles:
        say_wrapped(f"  {obstacle.rule:<17} {obstacle.sentence}", indent=20)
