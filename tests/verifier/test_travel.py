from __future__ import annotations

from typing import Any

from tests.verifier.tiny import Row, add, booked, breaches, completed, messages, network
from verifier import verify

RULE = "travel"


def south(key: str, starts_at: str, **cells: Any) -> Row:
    return booked(key, starts_at, plan="ruth-plan", room="south-1", **cells)


def test_travel_starts_after_the_changeover() -> None:
    # 09:00 + 60 + 15 + 25 = 10:40.
    north = booked("a", "2027-03-01T09:00")
    assert breaches(RULE, network(north, south("b", "2027-03-01T10:40"))) == []
    assert breaches(RULE, network(north, south("b", "2027-03-01T10:39"))) == [("a", "b")]


def test_a_row_holds_in_both_directions() -> None:
    # The row is from north to south; the way back takes as long.
    north = booked("a", "2027-03-01T10:39")
    assert breaches(RULE, network(south("b", "2027-03-01T09:00"), north)) == [("b", "a")]


def test_the_sentence_says_what_is_left() -> None:
    # 10:35 - 10:15 = 20 minutes.
    report = verify(network(booked("a", "2027-03-01T09:00"), south("b", "2027-03-01T10:35")))
    assert "travel takes 25 minutes and 20 are left" in messages(report)


def test_without_a_row_nobody_works_at_both_on_one_day() -> None:
    tables = network(booked("a", "2027-03-01T08:00"), south("b", "2027-03-01T17:00"))
    tables["travel"] = []
    assert breaches(RULE, tables) == [("a", "b")]
    tables["appointments"][1]["starts_at"] = "2027-03-02T17:00"
    assert breaches(RULE, tables) == []


def test_an_unknown_way_counts_even_with_a_third_clinic_between() -> None:
    # North 08:00, south 11:00, west 14:00; north-south and south-west are known, north-west not.
    tables = network(
        booked("a", "2027-03-01T08:00"),
        south("b", "2027-03-01T11:00"),
        booked("c", "2027-03-01T14:00", number=2, room="west-1"),
    )
    add(tables, "locations", location_id="west", name="Westgate")
    add(tables, "rooms", room_id="west-1", location_id="west", name="One", kind="massage")
    add(tables, "travel", from_location_id="west", to_location_id="south", minutes="10")
    assert breaches(RULE, tables) == [("a", "c")]


def test_one_clinic_takes_no_travel() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T10:15", plan="ruth-plan", room="north-2"),
    )
    assert breaches(RULE, tables) == []


def test_another_therapist_need_not_travel() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"), south("b", "2027-03-01T10:00", therapist="omar")
    )
    assert breaches(RULE, tables) == []


def test_a_judged_one_is_found_behind_history_that_ends_later() -> None:
    # North is over at 09:45 (booked) and 10:15 (history): from there 25 and 25 minutes are
    # needed to 10:05, so the booked one has 20 left and is at fault.
    tables = network(
        booked("a", "2027-03-01T08:30"),
        completed("b", "2027-03-01T09:00", number=2),
        south("c", "2027-03-01T10:05", status="completed"),
    )
    assert breaches(RULE, tables) == [("a", "c")]
