"""``careweave protocol``: the templates from which care plans are started."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import print_json, say, show_table

if TYPE_CHECKING:
    from models.protocols import Protocol

_OPTIONS = (
    click.option("--name", metavar="TEXT", help="What people call it."),
    click.option("--condition", metavar="acute|chronic", help="What it is for."),
    click.option(
        "--phase",
        "phases",
        multiple=True,
        metavar="NxW",
        help="N (2, 1 or 0.5) sessions a week for W weeks; once for each phase.",
    ),
    click.option("--service", metavar="ID", help="What is done in each session."),
    click.option("--intake", metavar="ID", help="The service of the first session."),
    click.option("--companion", metavar="ID", help="A service straight after each session."),
    click.option("--techniques", metavar="A;B", help="What the therapist has to know."),
    click.option("--priority", metavar="routine|urgent", help="What an unbooked session costs."),
    click.option("--visits", metavar="N", help="How many sessions are authorised."),
    click.option("--expiry-days", metavar="N", help="Days until the authorisation ends."),
)


def _with_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Everything that a protocol may say, as options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _wishes(given: dict[str, str | None]) -> dict[str, str]:
    """What was given, by the option's name."""
    return {name.replace("_", "-"): text for name, text in given.items() if text is not None}


@click.group()
def protocol() -> None:
    """List, show, add, change and remove the clinic's protocols."""


@protocol.command("list")
@json_option
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List all protocols."""
    from office.protocols import all_protocols

    found = all_protocols(desk.db)
    if as_json:
        print_json(found)
        return
    rows = [(it.protocol_id, it.name, it.condition.value, _phases(it)) for it in found]
    show_table(("protocol", "name", "condition", "phases"), rows)


@protocol.command()
@click.argument("protocol_id", metavar="ID")
@json_option
@pass_desk
def show(desk: Desk, protocol_id: str, as_json: bool) -> None:
    """Show one protocol."""
    from office.protocols import one_protocol

    found = one_protocol(desk.db, protocol_id)
    if as_json:
        print_json(found)
    else:
        _tell(found)


@protocol.command()
@click.argument("protocol_id", metavar="ID")
@_with_options
@pass_desk
def add(desk: Desk, /, protocol_id: str, phases: tuple[str, ...], **given: str | None) -> None:
    """Add a protocol.

    For example: protocol add sport --condition acute --phase 2x3 --phase 0.5x4
    """
    from office.protocols import add_protocol

    wishes = {"name": protocol_id, "id": protocol_id, **_wishes(given)}
    _tell(add_protocol(desk.db, wishes, phases, now=desk.now, who=desk.who))


@protocol.command()
@click.argument("protocol_id", metavar="ID")
@_with_options
@pass_desk
def change(desk: Desk, /, protocol_id: str, phases: tuple[str, ...], **given: str | None) -> None:
    """Change a protocol in what is given.

    Any --phase replaces all of its phases. An empty value, as in --companion "", takes it
    away. Plans that were started from the protocol stay as they are.
    """
    from office.protocols import change_protocol

    changed = change_protocol(
        desk.db, protocol_id, _wishes(given), phases, now=desk.now, who=desk.who
    )
    _tell(changed)


@protocol.command()
@click.argument("protocol_id", metavar="ID")
@pass_desk
def remove(desk: Desk, protocol_id: str) -> None:
    """Remove a protocol.

    Plans that were started from it stay as they are.
    """
    from office.protocols import remove_protocol

    remove_protocol(desk.db, protocol_id, now=desk.now, who=desk.who)
    say(f"Removed the protocol {protocol_id}.")


def _phases(found: Protocol) -> str:
    return ", ".join(f"{it.frequency.value} a week x {it.weeks}" for it in found.phases)


def _tell(found: Protocol) -> None:
    lines = {
        "name": found.name,
        "condition": found.condition.value,
        "phases": _phases(found),
        "service": found.service_id,
        "intake": found.intake_service_id,
        "companion": found.companion_service_id,
        "techniques": ", ".join(sorted(found.techniques)),
        "priority": found.priority.value,
        "visits": found.authorised_visits,
        "expiry": None if found.expiry_days is None else f"{found.expiry_days} days",
    }
    say(f"Protocol {found.protocol_id}")
    say(*(f"  {name:<12} {text}" for name, text in lines.items() if text))
