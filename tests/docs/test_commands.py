"""The pages and the command line say the same."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from tests.docs.commands import PAGE, render, walk
from tests.docs.pages import PAGES, without_blocks

COMMANDS = {tuple(context.command_path.split()): context.command for context in walk()}


def test_the_page_of_commands_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run python -m tests.docs.commands"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_on_the_page(path: tuple[str, ...]) -> None:
    _, heading, rest = PAGE.read_text(encoding="utf-8").partition(f"\n## `{' '.join(path)}`\n")
    assert heading
    section = rest.partition("\n## ")[0]
    assert [option for option in options_of(path) if option not in section] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_tells_of_exists(page: Path) -> None:
    assert [line for line in told(page.read_text(encoding="utf-8")) if not exists(line)] == []


def test_a_command_that_is_not_there_is_noticed() -> None:
    text = (
        "`careweave plam list`, `careweave plan list --helt` and\n```text\n$ careweave frobnicate\n"
    )
    assert [line for line in told(text + "```\n") if not exists(line)] == [
        "careweave plam list",
        "careweave plan list --helt",
        "careweave frobnicate",
    ]


def options_of(path: tuple[str, ...]) -> set[str]:
    """All that may stand after the command and begins with a dash."""
    parameters = [
        parameter
        for depth in range(1, len(path) + 1)
        for parameter in COMMANDS[path[:depth]].params
        if isinstance(parameter, click.Option) and depth in {1, len(path)}
    ]
    own = COMMANDS[path].params
    return {name for option in parameters if option in own for name in option.opts}


def told(text: str) -> list[str]:
    """The commands in inline code, and those that are typed in blocks after a ``$``."""
    inline = re.findall(r"`(careweave [^`]+)`", without_blocks(text))
    typed = re.findall(r"^\$ (careweave .*?[^\\])$", text, flags=re.MULTILINE | re.DOTALL)
    return [" ".join(re.sub(r"\\\n", " ", line).split()) for line in (*inline, *typed)]


def exists(line: str) -> bool:
    """Whether the words name a command, and its options are the command's or the program's."""
    words = [word for word in shlex.split(line) if word != "…"]
    path: tuple[str, ...] = ("careweave",)
    options: set[str] = set()
    program = COMMANDS[path]
    while len(words) > 1:
        word = words.pop(1)
        if word.startswith("--"):
            options.add(word)
            if word == "--db":
                words.pop(1)
        elif isinstance(COMMANDS[path], click.Group) and not may_stand_alone(path, word):
            path = (*path, word)
            if path not in COMMANDS:
                return False
    known = options_of(path) | {"--help"} | {name for it in program.params for name in it.opts}
    return options <= known


def may_stand_alone(path: tuple[str, ...], word: str) -> bool:
    """Whether the word is no subcommand of a group that is a command itself."""
    group = COMMANDS[path]
    assert isinstance(group, click.Group)
    return group.invoke_without_command and word not in group.commands
