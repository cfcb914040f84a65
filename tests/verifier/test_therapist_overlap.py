from __future__ import annotations

from datetime import date
from typing import Any

from tests.verifier.tiny import Row, booked, breaches, completed, messages, network
from verifier import Planning, verify

RULE = "therapist-overlap"


def ruth(key: str, starts_at: str, **cells: Any) -> Row:
    return booked(key, starts_at, plan="ruth-plan", room="north-2", **cells)


def test_the_next_may_start_when_the_changeover_is_over() -> None:
    # 09:00 + 60 + 15 = 10:15.
    dina = booked("a", "2027-03-01T09:00")
    assert breaches(RULE, network(dina, ruth("b", "2027-03-01T10:15"))) == []
    assert breaches(RULE, network(dina, ruth("b", "2027-03-01T10:14"))) == [("a", "b")]


def test_the_sentence_names_both_clients_the_times_and_the_place() -> None:
    report = verify(network(booked("a", "2027-03-02T09:00"), ruth("b", "2027-03-02T09:45")))
    expected = (
        "Maya Rossi has Dina Young 09:00-10:00 and Ruth Okoye 09:45-10:45 "
        "on Tue 2 Mar 2027 at Northgate"
    )
    assert expected in messages(report)


def test_a_long_appointment_meets_everyone_under_it() -> None:
    # 09:00-12:15 with changeover; 09:30 and 11:45 both start under it, 12:15 does not.
    long = booked("a", "2027-03-01T09:00", minutes=180)
    short = ruth("b", "2027-03-01T09:30")
    found = breaches(
        RULE,
        network(long, short, ruth("c", "2027-03-01T11:45"), ruth("d", "2027-03-01T13:00")),
    )
    assert found == [("a", "b"), ("a", "c")]


def test_another_therapist_is_free() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"), ruth("b", "2027-03-01T09:00", therapist="omar")
    )
    assert breaches(RULE, tables) == []


def test_a_cancelled_appointment_takes_no_time() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"), ruth("b", "2027-03-01T09:00", status="cancelled")
    )
    assert breaches(RULE, tables) == []


def test_history_can_be_in_the_way_but_is_not_at_fault() -> None:
    past = completed("a", "2027-03-01T09:00")
    assert breaches(RULE, network(past, ruth("b", "2027-03-01T09:30"))) == [("a", "b")]
    assert breaches(RULE, network(past, ruth("b", "2027-03-01T09:30", status="no_show"))) == []


def test_a_judged_one_is_found_behind_history_that_ends_later() -> None:
    # Booked 09:00-10:15; history 08:00-10:30 overlaps it and hides what comes at 10:00.
    tables = network(
        booked("a", "2027-03-01T09:00"),
        ruth("b", "2027-03-01T08:00", status="completed", minutes=135),
        ruth("c", "2027-03-01T10:00", status="completed"),
    )
    assert breaches(RULE, tables) == [("b", "a"), ("a", "c")]


def test_outside_the_horizon_nothing_is_judged() -> None:
    # Both on Monday 1 March; the horizon starts a week later.
    tables = network(booked("a", "2027-03-01T09:00"), ruth("b", "2027-03-01T09:00"))
    later = Planning(start=date(2027, 3, 8), weeks=1, as_of=date(2027, 2, 27))
    assert breaches(RULE, tables, planning=later) == []
