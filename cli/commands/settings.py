"""``careweave settings``: what a clinic has set."""

from __future__ import annotations

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, print_json, say, show_table, warn


@click.group()
def settings() -> None:
    """List and change what the clinic has set.

    The grid, the freeze window, privacy in calendars, and the weights of the points.
    """


@settings.command("list")
@json_option
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List every setting with its value and its default."""
    from office.settings import list_settings

    found = list_settings(desk.db)
    if as_json:
        print_json(found)
        return
    rows = [(it.key, it.value, it.default, it.meaning) for it in found]
    show_table(("setting", "value", "default", "meaning"), rows)


@settings.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.argument("value")
@pass_desk
def set_(desk: Desk, key: str, value: str) -> None:
    """Set KEY to VALUE, for example: settings set grid 30."""
    from office.settings import promises_off_grid, set_setting

    setting = set_setting(desk.db, key, value, now=desk.now, who=desk.who)
    default = f"default {setting.default}" if setting.default else "empty by default"
    say(f"{setting.key} is now {setting.value or 'empty'} ({default}).")
    off = promises_off_grid(desk.db, desk.today) if key == "grid" else 0
    if off:
        promises = counted(off, "promise starts", "promises start")
        warn(
            f"Warning: {promises} off the new grid. "
            "The next careweave schedule moves or drops what lies in its weeks."
        )
