"""What somebody asks for at a command, read as strictly as a cell of the exchange folder.

A wish is text by name; the names are those of the command's options. Every fault is said at
once, with the option, the value and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from office.errors import OfficeError, suggestion
from office.exchange.cells import Cell, MisfitError
from office.exchange.faults import quoted
from office.exchange.tables import TABLES
from scheduler.facts import Network

COLUMNS = {table.name: table.columns for table in TABLES}
"""The cells of each file of the exchange folder, by table and column."""

_ID_OF = {table.name: table.key[0] for table in TABLES if len(table.key) == 1}
_ARGUMENTS = {"client": "CLIENT", "id": "ID"}
"""The wishes that are no options but arguments, as the command's usage calls them."""

_ONE_OF = {"services": "a service", "clients": "a client", "therapists": "a therapist"}


class WishFaults(OfficeError):  # noqa: N818 - it is a collection of them
    """Everything that is wrong with what was asked for, one sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def fault(name: str, value: str | None, expected: str) -> str:
    """One sentence on an option or argument, its value and what was expected."""
    given = _ARGUMENTS.get(name, f"--{name}")
    found = "" if value is None else f"found {quoted(value)}, "
    return f"{given}: {found}expected {expected}{'' if expected.endswith('?') else '.'}"


def read_wishes(
    wishes: Mapping[str, str], cells: Mapping[str, Cell], network: Network
) -> tuple[dict[str, Any], list[str]]:
    """The values of the wishes that could be read, by name, and the faults of the others."""
    values: dict[str, Any] = {}
    faults = []
    for name, text in wishes.items():
        try:
            value = cells[name].read(text)
        except MisfitError as misfit:
            faults.append(fault(name, text, str(misfit)))
            continue
        unknown = _unknown_id(value, cells[name].refers_to, network)
        if unknown is None:
            values[name] = value
        else:
            faults.append(fault(name, text, unknown))
    return values, faults


def _unknown_id(value: object, table: str | None, network: Network) -> str | None:
    """What was expected where ``value`` is the id of nothing that the table holds."""
    if table is None or value is None:
        return None
    known = set(map(attrgetter(_ID_OF[table]), getattr(network, table)))
    if value in known:
        return None
    expected = f"the id of {_ONE_OF[table]} on record"
    if not known:
        return f"{expected}, but there is none. Maybe careweave import DIR with {table}.csv first?"
    return f"{expected}. Maybe {suggestion(str(value), known)}?"
