"""What must not matter: the order of rows, the ids, and on which dates all of it happens."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.verifier.tiny import (
    PLANNING,
    Network,
    Row,
    add,
    booked,
    change,
    network,
    shift,
    shuffled,
)
from verifier import Planning, Report, verify

FIRST_DAY = date(2027, 2, 22)

CELLS: dict[str, st.SearchStrategy[Any]] = {
    "plan": st.sampled_from(["dina-plan", "ruth-plan"]),
    "number": st.integers(1, 5),
    "service": st.sampled_from(["massage", "intake", "adjustment"]),
    "therapist": st.sampled_from(["maya", "omar", "ivo"]),
    "room": st.sampled_from(["north-1", "north-2", "north-3", "south-1"]),
    "status": st.sampled_from(["booked", "booked", "booked", "completed", "no_show"]),
    "pinned": st.sampled_from(["yes", "no"]),
}


@st.composite
def appointments(draw: st.DrawFn) -> list[Row]:
    """Up to twelve appointments around the horizon, no two at the same minute.

    Which of two equal ones is named first in a sentence may depend on the ids.
    """
    minutes = draw(st.lists(st.integers(0, 35 * 24 * 4), max_size=12, unique=True))
    start = datetime.combine(FIRST_DAY, datetime.min.time())
    return [
        booked(
            f"a{place}",
            (start + timedelta(minutes=15 * minute)).isoformat(timespec="minutes"),
            **{name: draw(values) for name, values in CELLS.items()},
        )
        for place, minute in enumerate(minutes)
    ]


def busy(rows: list[Row]) -> Network:
    """A network in which every rule and every part has something to say."""
    tables = network(*rows)
    change(
        tables,
        "care_plans",
        "dina-plan",
        companion_service_id="adjustment",
        intake_service_id="intake",
        techniques="trigger-point",
        authorised_visits="2",
    )
    change(tables, "care_plans", "ruth-plan", priority="urgent", authorised_until="2027-03-12")
    change(tables, "clients", "dina", preferred_therapist_id="maya")
    change(tables, "therapists", "maya", max_minutes_per_day="130", max_minutes_per_week="260")
    add(tables, "closures", location_id="", date="2027-03-10", reason="Painting")
    add(tables, "client_away", client_id="ruth", first_day="2027-03-16", last_day="2027-03-18")
    add(
        tables,
        "time_off",
        therapist_id="omar",
        starts_at="2027-03-02T12:00",
        ends_at="2027-03-09T12:00",
        reason="",
    )
    tables["shifts"].append(shift("omar", "south", "wed", "08:00", "18:00"))
    return tables


def judged(tables: Network, schedule: list[Row], planning: Planning = PLANNING) -> Report:
    return verify(tables, schedule, planning=planning)


def sentences(report: Report) -> list[tuple[str, str]]:
    return sorted((finding.rule, finding.message) for finding in report.findings)


@given(appointments(), appointments(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    record: list[Row], schedule: list[Row], order: random.Random
) -> None:
    tables = busy(record)
    rows = list(schedule)
    order.shuffle(rows)
    assert judged(shuffled(tables, order), rows) == judged(tables, schedule)


def renamed(rows: list[Row], names: dict[str, str]) -> list[Row]:
    """The rows with other ids wherever a cell is one."""
    return [
        {
            column: names.get(cell, cell) if column.endswith("_id") else cell
            for column, cell in row.items()
        }
        for row in rows
    ]


@given(appointments(), appointments(), st.permutations([f"x{each}" for each in range(40)]))
def test_ids_do_not_matter(record: list[Row], schedule: list[Row], new: list[str]) -> None:
    tables = busy(record)
    ids = {
        cell
        for rows in (*tables.values(), schedule)
        for row in rows
        for column, cell in row.items()
        if column.endswith("_id") and cell
    }
    names = dict(zip(sorted(ids), new, strict=False))
    others: Any = {name: renamed(rows, names) for name, rows in tables.items()}
    for row in others["clients"]:
        row["other_location_ids"] = names["south"]
    before, after = judged(tables, schedule), judged(others, renamed(schedule, names))
    # Sentences name plans by their id; everything else has a name.
    assert [
        (each.rule, sorted(names[key] for key in each.appointment_ids)) for each in before.findings
    ] == [(each.rule, sorted(each.appointment_ids)) for each in after.findings]
    assert (before.parts, before.booked, before.stake) == (after.parts, after.booked, after.stake)


@given(appointments())
def test_a_cancelled_appointment_is_as_good_as_none(rows: list[Row]) -> None:
    cancelled = [{**row, "appointment_id": f"c{row['appointment_id']}"} for row in rows]
    for row in cancelled:
        row["status"] = "cancelled"
    assert judged(busy([]), [*rows, *cancelled]) == judged(busy([]), rows)


@given(appointments(), st.integers(1, 200))
def test_the_calendar_year_does_not_matter(rows: list[Row], weeks: int) -> None:
    """Everything moved by whole weeks breaks the same rules, at the same price."""
    later = timedelta(weeks=weeks)
    tables = busy(rows)
    moved: Any = {
        name: [
            {column: _moved(column, cell, later) for column, cell in row.items()} for row in content
        ]
        for name, content in tables.items()
    }
    planning = Planning(PLANNING.start + later, PLANNING.weeks, PLANNING.as_of + later)
    before = verify(tables, planning=PLANNING)
    after = verify(moved, planning=planning)
    assert [(each.rule, each.appointment_ids) for each in before.findings] == [
        (each.rule, each.appointment_ids) for each in after.findings
    ]
    assert before.parts == after.parts


DATED = {"date", "start_date", "first_day", "last_day", "authorised_until"}


def _moved(column: str, cell: str, later: timedelta) -> str:
    if column in {"starts_at", "ends_at"}:
        return (datetime.fromisoformat(cell) + later).isoformat(timespec="minutes")
    if column in DATED and cell:
        return (date.fromisoformat(cell) + later).isoformat()
    return cell
