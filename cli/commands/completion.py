"""``careweave completion``: the shell script that completes our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from cli.output import say


@click.command(
    epilog="For example: careweave completion bash > ~/.local/share/bash-completion/"
    "completions/careweave"
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a shell's completion script."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}. Maybe bash?")
    root = ctx.find_root()
    say(kind(root.command, {}, "careweave", "_CAREWEAVE_COMPLETE").source())
