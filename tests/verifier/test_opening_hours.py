from __future__ import annotations

from tests.verifier.tiny import add, booked, breaches, completed, network

RULE = "opening-hours"


def test_inside_the_hours_is_fine() -> None:
    # Open 08:00-18:00.
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00"))) == []


def test_the_whole_hour_before_closing_is_fine_and_a_minute_later_is_not() -> None:
    # 17:00 + 60 = 18:00, when the clinic closes; the changeover to 18:15 may lie outside.
    assert breaches(RULE, network(booked("a", "2027-03-01T17:00"))) == []
    assert breaches(RULE, network(booked("a", "2027-03-01T17:01"))) == [("a",)]


def test_opening_time_is_fine_and_a_minute_earlier_is_not() -> None:
    assert breaches(RULE, network(booked("a", "2027-03-01T08:00"))) == []
    assert breaches(RULE, network(booked("a", "2027-03-01T07:59"))) == [("a",)]


def test_a_day_without_hours_is_closed() -> None:
    # 6 March 2027 is a Saturday.
    assert breaches(RULE, network(booked("a", "2027-03-06T09:00"))) == [("a",)]


def test_two_intervals_are_not_one() -> None:
    # 12:30-13:30 lies in 08:00-13:00 and 13:00-18:00 together, but in neither of them.
    tables = network(booked("a", "2027-03-01T12:30"))
    for row in tables["opening_hours"]:
        if (row["location_id"], row["weekday"]) == ("north", "mon"):
            row["closes"] = "13:00"
    add(tables, "opening_hours", location_id="north", weekday="mon", opens="13:00", closes="18:00")
    assert breaches(RULE, tables) == [("a",)]


def test_an_appointment_over_midnight_is_in_no_interval() -> None:
    # 23:30 + 60 = 00:30 of the next day.
    assert breaches(RULE, network(booked("a", "2027-03-01T23:30"))) == [("a",)]


def test_the_other_clinic_keeps_its_own_hours() -> None:
    tables = network(booked("a", "2027-03-01T17:00"))
    for row in tables["opening_hours"]:
        if row["location_id"] == "south":
            row["closes"] = "12:00"
    assert breaches(RULE, tables) == []


def test_what_is_over_is_not_judged() -> None:
    assert breaches(RULE, network(completed("a", "2027-03-01T06:00"))) == []
