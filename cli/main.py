"""The command ``careweave``."""

from __future__ import annotations

import click

from cli.commands.busy import busy
from cli.commands.completion import completion
from cli.commands.db import db
from cli.commands.demo import demo
from cli.commands.draft import draft
from cli.commands.export import export
from cli.commands.feeds import feeds
from cli.commands.import_ import import_
from cli.commands.invites import invites
from cli.commands.plan import plan
from cli.commands.protocol import protocol
from cli.commands.publish import publish
from cli.commands.replies import replies
from cli.commands.schedule import schedule
from cli.commands.serve import serve
from cli.commands.settings import settings
from cli.commands.show import show
from cli.commands.verify import verify
from cli.commands.why import why
from cli.desk import Desk
from cli.program import Program, careweave_version

COMMANDS = (
    db,
    import_,
    export,
    protocol,
    plan,
    busy,
    schedule,
    draft,
    why,
    show,
    verify,
    publish,
    feeds,
    invites,
    replies,
    serve,
    settings,
    completion,
    demo,
)
"""In the order of a day's work."""


@click.group(
    cls=Program,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A week's work: import, schedule, draft, publish, feeds write. "
    "Exit codes: 0 done, 1 the verifier found something, 2 unusable input, 130 interrupted.",
)
@click.option(
    "--db",
    "address",
    envvar="CAREWEAVE_DB",
    default="careweave.db",
    metavar="URL",
    show_default=True,
    show_envvar=True,
    help="The database: a file, or postgresql://user@host/name.",
)
@click.version_option(careweave_version(), prog_name="careweave", message="%(prog)s %(version)s")
@click.pass_context
def careweave(ctx: click.Context, address: str) -> None:
    """From care plans to a published schedule, for clinics with several locations."""
    ctx.obj = Desk(address)


def main() -> None:
    """Run the command line; it ends the process with its exit code."""
    careweave(prog_name="careweave")
