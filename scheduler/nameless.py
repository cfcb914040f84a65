"""A problem without anything that says who is who: what leaves this machine for another.

The engine looks at times, places and limits, never at names. So names, addresses, phone numbers,
reasons and what a client has go, and the clinic's own keys, which may tell as much ("dina-young"),
become numbers in the same order. Whoever compares or sorts keys comes to the same answer, so the
schedule stays the same but for its keys, and these are turned back here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from scheduler.facts import Condition, Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from _typeshed import DataclassInstance

    from scheduler.outcome import Visit
    from scheduler.problem import Problem

_Row = TypeVar("_Row", bound="DataclassInstance")

KEYS = {
    "appointment_id": "appointment",
    "client_id": "client",
    "companion_service_id": "service",
    "credential": "credential",
    "credentials": "credential",
    "from_location_id": "location",
    "home_location_id": "location",
    "intake_service_id": "service",
    "kind": "kind",
    "location_id": "location",
    "other_location_ids": "location",
    "plan_id": "plan",
    "preferred_therapist_id": "therapist",
    "room_id": "room",
    "room_kind": "kind",
    "service_id": "service",
    "techniques": "technique",
    "therapist_id": "therapist",
    "to_location_id": "location",
}
"""Fields that hold keys, which are only ever compared, and of what; the rows' and the visits'."""

WITHHELD: Mapping[str, Any] = {
    "address": "",
    "cleared_by": None,
    "condition": Condition.CHRONIC,
    "email": "",
    "name": "",
    "phone": "",
    "reason": "",
    "timezone": "",
}
"""Fields that the engine does not look at, and what stands there instead."""

HELD_BACK = ("",)
"""Stands for contraindications: the engine asks only whether there are any."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The numbers that stand for keys, as texts of one length, and the way back.

    ``numbers`` and ``keys`` are by kind of key ("client") and then by key, or by number.
    """

    numbers: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, Mapping[str, str]]

    def visit(self, visit: Visit) -> Visit:
        """A visit with numbers instead of keys."""
        return _with_keys(visit, self.numbers)

    def visit_back(self, visit: Visit) -> Visit:
        """A visit with its keys again."""
        return _with_keys(visit, self.keys)


def nameless(problem: Problem, start: Iterable[Visit] = ()) -> tuple[Problem, Codes]:
    """The same problem with numbers for keys and nothing else that tells, and the numbers.

    ``start`` are visits that may name a key which the network does not know any more.
    """
    codes = _codes((*_rows(problem.network), *problem.allowances, *start))
    tables = {
        table.name: tuple(_bare(row, codes) for row in getattr(problem.network, table.name))
        for table in fields(Network)
    }
    allowances = tuple(_with_keys(row, codes.numbers) for row in problem.allowances)
    return replace(problem, network=Network(**tables), allowances=allowances), codes


def _rows(network: Network) -> Iterator[Any]:
    for table in fields(network):
        yield from getattr(network, table.name)


def _codes(rows: Iterable[Any]) -> Codes:
    known: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for field in fields(row):
            if field.name in KEYS:
                known[KEYS[field.name]].update(_each(getattr(row, field.name)))
    numbers = {
        kind: {key: f"{at:07}" for at, key in enumerate(sorted(keys))}
        for kind, keys in known.items()
    }
    keys = {kind: {number: key for key, number in table.items()} for kind, table in numbers.items()}
    return Codes(numbers, keys)


def _each(value: Any) -> Iterable[str]:  # noqa: ANN401 - a key, several, or none
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _with_keys(row: _Row, tables: Mapping[str, Mapping[str, str]]) -> _Row:
    """A row with each of its keys looked up; a list of keys stays a list of its kind."""
    changed: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name in KEYS and value is not None:
            table = tables[KEYS[field.name]]
            changed[field.name] = (
                table[value] if isinstance(value, str) else type(value)(table[key] for key in value)
            )
    return replace(row, **changed)


def _bare(row: _Row, codes: Codes) -> _Row:
    withheld: dict[str, Any] = {
        field.name: WITHHELD[field.name] for field in fields(row) if field.name in WITHHELD
    }
    if getattr(row, "contraindications", ()):
        withheld["contraindications"] = HELD_BACK
    return replace(_with_keys(row, codes.numbers), **withheld)
