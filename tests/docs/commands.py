"""``docs/commands.md``, made of what ``--help`` says.

Write it again after a change of the command line: ``python -m tests.docs.commands``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cli.main import careweave

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"

_WIDTH = 98

_HEAD = """\
# Commands

What `careweave --help` says, command by command. This page is made by
`python -m tests.docs.commands`; a test fails where it is out of date.
"""


def walk() -> Iterator[click.Context]:
    """The program, each command and each subcommand, in the order of the help."""
    yield from _walk(_context(careweave, None))


def _walk(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            yield from _walk(_context(context.command.commands[name], context))


def _context(command: click.Command, parent: click.Context | None) -> click.Context:
    settings = {**command.context_settings, "terminal_width": _WIDTH}
    return click.Context(command, parent, command.name, **settings)


def render() -> str:
    """The page as it should be."""
    sections = (
        f"\n## `{context.command_path}`\n\n```text\n{context.get_help().rstrip()}\n```\n"
        for context in walk()
    )
    return _HEAD + "".join(sections)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
