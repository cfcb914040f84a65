"""Busy times count as time off by the wall, and are nothing that was entered here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from models.busy import (
    REASON,
    BusyCalendarRow,
    busy_by_calendar,
    save_busy_times,
    therapist_zones,
)
from models.network import load_exchange, load_network, save_network
from models.store import Store
from models.zones import to_wall_span
from scheduler.facts import TimeOff
from tests.models.samples import NOW, network, save

NINE = datetime(2027, 3, 2, 17, 0, tzinfo=UTC)  # on Portland's clocks
TEN = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)
NOON = datetime(2027, 3, 2, 20, 0, tzinfo=UTC)


def calendar(therapist_id: str, source: str = "https://x.example/a.ics") -> BusyCalendarRow:
    return BusyCalendarRow(
        therapist_id=therapist_id,
        source=source,
        allow_private=False,
        allow_plain=False,
        added_at=NOW,
        added_by="mia",
        tried_at=NOW,
        refreshed_at=NOW,
        read_at=NOW,
        etag="",
        last_modified="",
        remarks=("One.", "Two."),
    )


def test_busy_times_are_time_off_by_the_wall(store: Store) -> None:
    save(store)
    with store.writing() as session:
        row = calendar("ann")
        session.add(row)
        session.flush()
        save_busy_times(session, row.id, [(NINE, TEN)])
        assert busy_by_calendar(session) == {row.id: [(NINE, TEN)]}
    nine, ten = datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 10)
    with store.reading() as session:
        assert load_network(session).time_off == (
            TimeOff("ann", nine, ten, REASON),
            *network().time_off,
        )
        assert load_exchange(session) == network()


def test_what_a_calendar_says_now_is_all_that_counts(store: Store) -> None:
    save(store)
    with store.writing() as session:
        row, other = calendar("ann"), calendar("ann", "https://x.example/b.ics")
        session.add_all([row, other])
        session.flush()
        save_busy_times(session, other.id, [(NINE, NOON)])
        save_busy_times(session, row.id, [(NINE, TEN), (TEN, NOON)])
        save_busy_times(session, row.id, [(NINE, TEN)])
        assert busy_by_calendar(session) == {row.id: [(NINE, TEN)], other.id: [(NINE, NOON)]}
        offs = [it for it in load_network(session).time_off if it.therapist_id == "ann"]
        assert [it.ends_at.hour for it in offs] == [10, 12]  # they may overlap


def test_saving_what_counts_for_a_schedule_would_enter_busy_times(store: Store) -> None:
    """Which is why an import merges with what was entered, and not with that."""
    save(store)
    with store.writing() as session:
        session.add(row := calendar("ann"))
        session.flush()
        save_busy_times(session, row.id, [(NINE, TEN)])
        assert save_network(session, load_exchange(session)).total == 0
        assert save_network(session, load_network(session)).inserted["time_off"] == 1
        session.rollback()


def test_a_therapist_works_in_the_zone_of_their_shifts(store: Store) -> None:
    save(store)
    moved = replace(network().shifts[0], location_id="south", therapist_id="bob")
    with store.writing() as session:
        assert therapist_zones(session) == {
            "ann": "America/Los_Angeles",
            "bob": "America/Los_Angeles",  # no shift yet: as the first location
        }
        save_network(session, replace(network(), shifts=(*network().shifts, moved)))
        assert therapist_zones(session)["bob"] == "America/Denver"


@pytest.mark.parametrize(
    ("start", "end", "wall"),
    [
        ("08:00", "08:50", ("01:00", "01:50")),  # summer time, before the clocks go back
        ("08:20", "09:30", ("01:00", "02:00")),  # 01:20 to 02:00, then 01:00 to 01:30 again
        ("08:20", "08:40", ("01:20", "01:40")),
        ("07:20", "09:10", ("00:20", "02:00")),
        ("09:10", "09:40", ("01:10", "01:40")),  # the second time
        ("09:10", "10:40", ("01:10", "02:40")),
        ("08:59", "09:01", ("01:00", "02:00")),
    ],
)
def test_a_span_holds_the_hour_that_comes_twice(
    start: str, end: str, wall: tuple[str, str]
) -> None:
    day = datetime(2027, 11, 7, tzinfo=UTC)  # 09:00 UTC is 02:00 in summer and 01:00 in winter
    first, last = (day.replace(hour=int(it[:2]), minute=int(it[3:])) for it in (start, end))
    shown = to_wall_span(first, last, "America/Los_Angeles")
    assert tuple(f"{it:%H:%M}" for it in shown) == wall


def test_a_span_over_the_hour_that_is_skipped_begins_and_ends_as_shown() -> None:
    start, end = datetime(2027, 3, 14, 9, 30, tzinfo=UTC), datetime(2027, 3, 14, 10, 15, tzinfo=UTC)
    shown = to_wall_span(start, end, "America/Los_Angeles")
    assert tuple(f"{it:%H:%M}" for it in shown) == ("01:30", "03:15")
