"""From rows of text to rows of values, with every fault of every table at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from verifier import cells
from verifier.findings import UnreadableError

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]
"""The exchange folder: file stem to rows."""

Values = dict[str, list[dict[str, Any]]]

COLUMNS: Mapping[str, Mapping[str, cells.Reader]] = {
    "locations": {"location_id": cells.text, "name": cells.text},
    "opening_hours": {
        "location_id": cells.text,
        "weekday": cells.weekday,
        "opens": cells.clock,
        "closes": cells.clock,
    },
    "closures": {
        "location_id": cells.maybe(cells.text),
        "date": cells.day,
        "reason": cells.anything,
    },
    "rooms": {
        "room_id": cells.text,
        "location_id": cells.text,
        "name": cells.text,
        "kind": cells.text,
    },
    "travel": {
        "from_location_id": cells.text,
        "to_location_id": cells.text,
        "minutes": cells.whole,
    },
    "services": {
        "service_id": cells.text,
        "name": cells.text,
        "minutes": cells.positive,
        "changeover_minutes": cells.whole,
        "credential": cells.text,
        "room_kind": cells.text,
    },
    "therapists": {
        "therapist_id": cells.text,
        "name": cells.text,
        "credentials": cells.several,
        "techniques": cells.several,
        "max_minutes_per_day": cells.whole,
        "max_minutes_per_week": cells.whole,
    },
    "shifts": {
        "therapist_id": cells.text,
        "location_id": cells.text,
        "weekday": cells.weekday,
        "starts": cells.clock,
        "ends": cells.clock,
        "valid_from": cells.maybe(cells.day),
        "valid_until": cells.maybe(cells.day),
    },
    "time_off": {
        "therapist_id": cells.text,
        "starts_at": cells.moment,
        "ends_at": cells.moment,
        "reason": cells.anything,
    },
    "clients": {
        "client_id": cells.text,
        "name": cells.text,
        "home_location_id": cells.text,
        "other_location_ids": cells.several,
        "preferred_therapist_id": cells.maybe(cells.text),
    },
    "client_hours": {
        "client_id": cells.text,
        "weekday": cells.weekday,
        "starts": cells.clock,
        "ends": cells.clock,
    },
    "client_away": {"client_id": cells.text, "first_day": cells.day, "last_day": cells.day},
    "care_plans": {
        "plan_id": cells.text,
        "client_id": cells.text,
        "service_id": cells.text,
        "intake_service_id": cells.maybe(cells.text),
        "techniques": cells.several,
        "start_date": cells.day,
        "priority": cells.one_of("routine", "urgent"),
        "status": cells.one_of("active", "proposed", "paused", "completed", "discontinued"),
        "companion_service_id": cells.maybe(cells.text),
        "authorised_visits": cells.maybe(cells.whole),
        "authorised_until": cells.maybe(cells.day),
        "contraindications": cells.several,
        "cleared_on": cells.maybe(cells.day),
    },
    "care_plan_phases": {
        "plan_id": cells.text,
        "phase": cells.positive,
        "sessions_per_week": cells.rhythm,
        "weeks": cells.positive,
    },
    "appointments": {
        "appointment_id": cells.text,
        "plan_id": cells.text,
        "session_number": cells.positive,
        "service_id": cells.text,
        "therapist_id": cells.text,
        "room_id": cells.text,
        "starts_at": cells.moment,
        "minutes": cells.positive,
        "status": cells.one_of("booked", "completed", "no_show", "cancelled"),
        "pinned": cells.yes,
    },
}
"""The columns that the verifier needs; it leaves the others alone."""

OPTIONAL = frozenset({"closures", "travel", "time_off", "client_away", "appointments"})

KEYS = {
    "locations": "location_id",
    "rooms": "room_id",
    "services": "service_id",
    "therapists": "therapist_id",
    "clients": "client_id",
    "care_plans": "plan_id",
    "appointments": "appointment_id",
}
"""Tables whose rows are referred to, or must be unique, and by which column."""

REFERENCES = {
    "location_id": "locations",
    "from_location_id": "locations",
    "to_location_id": "locations",
    "home_location_id": "locations",
    "other_location_ids": "locations",
    "room_id": "rooms",
    "service_id": "services",
    "intake_service_id": "services",
    "companion_service_id": "services",
    "therapist_id": "therapists",
    "preferred_therapist_id": "therapists",
    "client_id": "clients",
    "plan_id": "care_plans",
}
"""Columns that name a row of another table, wherever they stand."""

SCHEDULE = "schedule"
"""The name of the judged appointments where they are not those of the exchange folder."""


def read_tables(facts: Tables, schedule: Sequence[Row] | None) -> Values:
    """All values of all tables; ``schedule`` becomes a table of that name.

    Raises ``UnreadableError`` with every fault: first those of cells, and where cells are
    sound, those of ids that are unknown or appear twice.
    """
    missing = [name for name in COLUMNS if name not in facts and name not in OPTIONAL]
    faults = [f"{name}: the table is missing. Maybe {name}.csv was left out?" for name in missing]
    values = {name: _read(name, name, facts.get(name, ()), faults) for name in COLUMNS}
    if schedule is not None:
        values[SCHEDULE] = _read(SCHEDULE, "appointments", schedule, faults)
    if not faults:
        faults = [*_doubles(values), *_strangers(values)]
    if faults:
        raise UnreadableError(tuple(faults))
    return values


def _read(name: str, like: str, rows: Sequence[Row], faults: list[str]) -> list[dict[str, Any]]:
    """The values of one table; rows are numbered as in a spreadsheet, the header being row 1."""
    found = []
    for number, row in enumerate(rows, start=2):
        values: dict[str, Any] = {}
        for column, reader in COLUMNS[like].items():
            cell = row.get(column)
            if cell is None:
                faults.append(f"{name}, row {number}: the cell {column} is missing. Maybe add it?")
                continue
            try:
                values[column] = reader(cell.strip())
            except ValueError as expected:
                faults.append(f"{name}, row {number}, {column}: {cell!r} is not {expected}")
        found.append(values)
    return found


def _doubles(values: Values) -> list[str]:
    faults = []
    for table, rows in values.items():
        column = KEYS.get("appointments" if table == SCHEDULE else table)
        if column is not None:
            counts = Counter(row[column] for row in rows)
            faults += [
                f"{table}, {column}: {key!r} appears {count} times. Maybe a row was copied?"
                for key, count in counts.items()
                if count > 1
            ]
    return faults


def _strangers(values: Values) -> list[str]:
    known = {table: {row[column] for row in values[table]} for table, column in KEYS.items()}
    faults = []
    for table, rows in values.items():
        for number, row in enumerate(rows, start=2):
            for column, cell in row.items():
                if column not in REFERENCES:
                    continue
                keys = cell if isinstance(cell, tuple) else () if cell is None else (cell,)
                faults += [
                    f"{table}, row {number}, {column}: {key!r} is not in {REFERENCES[column]}. "
                    "Maybe the id was misspelt?"
                    for key in keys
                    if key not in known[REFERENCES[column]]
                ]
    return faults
