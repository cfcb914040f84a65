"""Sharing out a therapist's time: days in turns, promises first, and the minutes of the week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scheduler.facts import Appointment, Closure
from scheduler.problem import Allowance, Problem
from scheduler.sharing import Share, share_out
from tests.scheduler.tied import both_clinics
from tests.scheduler.tiny import at, completed, on, promise, shift, therapist

NORTH, SOUTH = 0, 1
HERE = {"north": NORTH, "south": SOUTH}


def shares(asked: Problem) -> tuple[Share, ...]:
    return share_out(asked, {"maya": (NORTH, SOUTH)}, HERE, 2)


def with_record(*rows: Appointment, **tables: Iterable[Any]) -> Problem:
    asked = both_clinics()
    changed: dict[str, Any] = {name: tuple(of) for name, of in tables.items()}
    return replace(asked, network=replace(asked.network, appointments=rows, **changed))


def days_off(share: Share) -> list[str]:
    return [f"{row.starts_at:%d %H:%M}-{row.ends_at:%d %H:%M}" for row in share.off]


def test_days_go_to_the_parts_in_turns_that_follow_the_minutes() -> None:
    # Three hours at North, four at South, on 1, 2, 8 and 9 March: 4 x 3/7 is nearly two days.
    north, south = shares(both_clinics())
    assert days_off(south) == ["02 00:00-03 00:00", "09 00:00-10 00:00"]
    assert days_off(north) == ["01 00:00-02 00:00", "08 00:00-09 00:00"]


def test_a_part_that_has_twice_the_minutes_has_two_days_of_three() -> None:
    shifts = [
        *shift("maya", "mon tue wed", "09:00-11:00"),
        *shift("maya", "mon tue wed", "13:00-17:00", "south"),
    ]
    north, south = shares(with_record(shifts=shifts))
    assert (len(north.off), len(south.off)) == (4, 2)


def test_a_day_at_one_part_stays_there() -> None:
    # Both have three hours; Maya may work five of the six.
    shifts = [*shift("maya", "mon"), *shift("maya", "tue", where="south")]
    for share in shares(with_record(shifts=shifts)):
        assert share.off == []
        assert [row.minutes for row in share.allowances] == [150, 150]


def test_what_others_promised_on_a_day_stays_possible() -> None:
    # Two promises at South against one at North, which is kept with its changeover: 10:30-11:45.
    rows = (
        promise("mon 10:30", key="dina-1"),
        promise("mon 13:00", key="ruth-1", room_id="south-1"),
        promise("mon 14:15", key="tom-1", room_id="south-1"),
    )
    north, south = shares(with_record(*rows))
    assert days_off(north)[:2] == ["01 00:00-01 10:30", "01 11:45-02 00:00"]
    assert Allowance("max-day", "maya", 0, 60) in north.allowances
    assert [row.appointment.plan_id for row in south.reserved] == ["dina-1"]
    assert not [row for row in south.off if row.starts_at.date() == on("mon")]


def test_what_stands_takes_its_time_in_every_part() -> None:
    asked = replace(with_record(completed("mon 09:00", key="dina-1")), as_of=on("tue"))
    north, south = shares(asked)
    assert [row.start for row in south.reserved] == [9 * 60]
    assert north.reserved == []


def test_the_week_is_shared_as_the_days_offer_with_promises_first() -> None:
    # 200 minutes, 60 of them promised to Dina on Monday, which is North's own. That leaves 140
    # for what Monday (180 - 60) and South's Tuesday (240) offer beside it: 46 and 93.
    rows = (promise("mon 09:00", key="dina-1"),)
    staff = [therapist("maya", max_minutes_per_week=200), therapist("omar")]
    north, south = shares(with_record(*rows, therapists=staff))
    assert Allowance("max-week", "maya", 0, 106) in north.allowances
    assert Allowance("max-week", "maya", 0, 93) in south.allowances


def test_a_day_on_which_one_part_is_closed_goes_to_the_other() -> None:
    closed = [Closure("south", on(day), "") for day in ("mon", "tue", "mon+1")]
    north, south = shares(with_record(closures=closed))
    assert at("mon 00:00") not in [row.starts_at for row in north.off]
    assert len(south.off) == 3
