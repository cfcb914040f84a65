"""The program's root: every fault becomes a message and an honest exit code, never a traceback."""

from __future__ import annotations

import errno
import platform
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from cli.exits import INTERRUPTED, UNUSABLE


class Failure(click.ClickException):
    """A message for people: what was asked for can't be done."""

    exit_code = UNUSABLE


class Interrupted(Failure):
    """Somebody pressed Ctrl-C; what was not done yet is not done."""

    exit_code = INTERRUPTED


class Program(click.Group):
    """A group of commands that lets no exception through, and lists them in its own order."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click hands it in
        """The names in the order in which the commands were given, which is that of the work."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as Click declares it
        """Run a command, and turn whatever goes wrong into a ``Failure``."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt as stop:
            raise Interrupted(str(stop) or "stopped by Ctrl-C before it was done.") from None
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever reads our output has gone; Click ends quietly
            raise _failure(error) from error


def careweave_version() -> str:
    """The installed version; a checkout that was not installed has none."""
    try:
        return version("careweave")
    except PackageNotFoundError:
        return "unknown"


def _failure(error: Exception) -> Failure:
    from office.errors import expected_errors

    if isinstance(error, expected_errors()):
        return Failure(str(error))
    return Failure(
        "something went wrong that should not, and we are sorry. Nothing was changed that you "
        f"did not see reported. Maybe send us {_write_details(error)}, which names no client?"
    )


def _write_details(error: Exception) -> str:
    """Where the details lie: the calls that led to the fault, without any value.

    Messages of exceptions stay out of it, since they may quote what a clinic has on record.
    """
    lines = [f"careweave {careweave_version()}, Python {platform.python_version()}\n"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"\n{type(cause).__module__}.{type(cause).__qualname__}\n")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="careweave-", suffix=".txt", delete=False
        ) as file:
            file.writelines(lines)
            return str(Path(file.name))
    except OSError:
        return f"the word {type(error).__qualname__}"
