"""A tiny network of two clinics, from which each test changes what it is about.

Northgate and Southgate are open on weekdays from 08:00 to 18:00. Maya (massage, trigger
points) works 08:00-13:00 at Northgate every weekday; Ivo (adjustments) the same hours. Dina
and Ruth can come 08:00-18:00 on weekdays, live at Northgate and accept Southgate too. Both
have a plan of one massage a week for four weeks from Monday 1 March 2027. A massage takes 60
minutes and 15 of changeover, an adjustment 20 and 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from verifier import Planning, Report, verify

Row = dict[str, str]
Network = dict[str, list[Row]]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")

# The horizon of the two plans' four weeks, planned on the Saturday before.
PLANNING = Planning(start=date(2027, 3, 1), weeks=4, as_of=date(2027, 2, 27))


def booked(
    key: str,
    starts_at: str,
    *,
    plan: str = "dina-plan",
    number: int = 1,
    service: str = "massage",
    therapist: str = "maya",
    room: str = "north-1",
    minutes: int | None = None,
    status: str = "booked",
    pinned: str = "no",
) -> Row:
    """An appointment; its minutes are the service's unless they are given."""
    usual = {"massage": 60, "intake": 75, "adjustment": 20}
    return {
        "appointment_id": key,
        "plan_id": plan,
        "session_number": str(number),
        "service_id": service,
        "therapist_id": therapist,
        "room_id": room,
        "starts_at": starts_at,
        "minutes": str(minutes or usual[service]),
        "status": status,
        "pinned": pinned,
    }


def completed(key: str, starts_at: str, **cells: Any) -> Row:
    """An appointment that took place."""
    return booked(key, starts_at, status="completed", **cells)


def network(*appointments: Row) -> Network:
    """The tiny network with these appointments."""
    return {
        "locations": [_row("location_id name", f"{key} {key.title()}gate") for key in PLACES],
        "opening_hours": [
            _row("location_id weekday opens closes", f"{key} {day} 08:00 18:00")
            for key in PLACES
            for day in WEEKDAYS
        ],
        "closures": [],
        "rooms": [
            _row("room_id location_id name kind", text)
            for text in (
                "north-1 north One massage",
                "north-2 north Two massage",
                "north-3 north Three adjusting",
                "south-1 south One massage",
            )
        ],
        "travel": [_row("from_location_id to_location_id minutes", "north south 25")],
        "services": [
            _row("service_id name minutes changeover_minutes credential room_kind", text)
            for text in (
                "massage Massage 60 15 LMT massage",
                "intake Intake 75 15 LMT massage",
                "adjustment Adjustment 20 10 DC adjusting",
            )
        ],
        "therapists": [
            therapist("maya", "Maya Rossi", "LMT", "trigger-point"),
            therapist("omar", "Omar Haddad", "LMT", ""),
            therapist("ivo", "Ivo Berg", "DC", ""),
        ],
        "shifts": [shift("maya", "north", day, "08:00", "13:00") for day in WEEKDAYS]
        + [shift("ivo", "north", day, "08:00", "13:00") for day in WEEKDAYS],
        "time_off": [],
        "clients": [client("dina", "Dina Young"), client("ruth", "Ruth Okoye")],
        "client_hours": [
            _row("client_id weekday starts ends", f"{key} {day} 08:00 18:00")
            for key in ("dina", "ruth")
            for day in WEEKDAYS
        ],
        "client_away": [],
        "care_plans": [plan("dina-plan", "dina"), plan("ruth-plan", "ruth")],
        "care_plan_phases": [phase("dina-plan", 1, "1", 4), phase("ruth-plan", 1, "1", 4)],
        "appointments": list(appointments),
    }


PLACES = ("north", "south")


def therapist(key: str, name: str, credentials: str, techniques: str) -> Row:
    return {
        "therapist_id": key,
        "name": name,
        "credentials": credentials,
        "techniques": techniques,
        "max_minutes_per_day": "480",
        "max_minutes_per_week": "2400",
    }


def shift(who: str, where: str, weekday: str, starts: str, ends: str) -> Row:
    columns = "therapist_id location_id weekday starts ends"
    row = _row(columns, f"{who} {where} {weekday} {starts} {ends}")
    return {**row, "valid_from": "", "valid_until": ""}


def client(key: str, name: str) -> Row:
    return {
        "client_id": key,
        "name": name,
        "home_location_id": "north",
        "other_location_ids": "south",
        "preferred_therapist_id": "",
    }


def plan(key: str, who: str, start: str = "2027-03-01") -> Row:
    return {
        "plan_id": key,
        "client_id": who,
        "service_id": "massage",
        "intake_service_id": "",
        "techniques": "",
        "start_date": start,
        "priority": "routine",
        "status": "active",
        "companion_service_id": "",
        "authorised_visits": "",
        "authorised_until": "",
        "contraindications": "",
        "cleared_on": "",
    }


def phase(key: str, number: int, sessions_per_week: str, weeks: int) -> Row:
    columns = "plan_id phase sessions_per_week weeks"
    return _row(columns, f"{key} {number} {sessions_per_week} {weeks}")


def change(tables: Network, table: str, key: str, **cells: str) -> Network:
    """Set cells of the row whose first cell is ``key``, in place."""
    (row,) = (row for row in tables[table] if next(iter(row.values())) == key)
    assert cells.keys() <= row.keys()
    row.update(cells)
    return tables


def add(tables: Network, table: str, **cells: str) -> Network:
    """Add a row, in place."""
    tables[table].append(cells)
    return tables


def breaches(
    rule: str,
    tables: Network,
    *,
    schedule: list[Row] | None = None,
    planning: Planning | None = None,
) -> list[tuple[str, ...]]:
    """The appointment ids of each finding of one rule."""
    report = verify(tables, schedule, planning=planning)
    return [each.appointment_ids for each in report.findings if each.rule == rule]


def points(
    part: str,
    tables: Network,
    *,
    schedule: list[Row] | None = None,
    planning: Planning = PLANNING,
) -> int:
    """The points of one part."""
    return verify(tables, schedule, planning=planning).parts[part]


def messages(report: Report) -> str:
    """All sentences of a report, for tests that read them."""
    return "\n".join(finding.message for finding in report.findings)


def shuffled(tables: Mapping[str, Iterable[Row]], order: Any) -> Network:
    """The same tables with the rows of each in another order."""
    result = {}
    for name, rows in tables.items():
        copy = list(rows)
        order.shuffle(copy)
        result[name] = copy
    return result


def _row(columns: str, cells: str) -> Row:
    return dict(zip(columns.split(), cells.split(), strict=True))
