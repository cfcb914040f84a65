"""What every command knows: which database, what time it is, and who is asking.

This is the one place where the clock is read.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, date, datetime

import click


@dataclass(frozen=True, slots=True)
class Desk:
    """The database's address; the clock and the user are asked when they are needed."""

    db: str

    @property
    def now(self) -> datetime:
        """This instant."""
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        """This day where the computer stands."""
        return datetime.now().astimezone().date()

    @property
    def who(self) -> str:
        """The name under which the user is logged in, for the audit trail."""
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # a container's user may have no name
            return "unknown"


pass_desk = click.make_pass_decorator(Desk)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object for programs."
)
