from __future__ import annotations

from tests.verifier.tiny import Network, add, booked, breaches, completed, network

RULE = "time-off"


def off(tables: Network, starts_at: str, ends_at: str, who: str = "maya") -> Network:
    return add(
        tables, "time_off", therapist_id=who, starts_at=starts_at, ends_at=ends_at, reason="dentist"
    )


def test_the_changeover_may_touch_time_off_but_not_enter_it() -> None:
    # 09:00 + 60 + 15 = 10:15.
    tables = network(booked("a", "2027-03-01T09:00"))
    assert breaches(RULE, off(tables, "2027-03-01T10:15", "2027-03-01T12:00")) == []
    assert breaches(RULE, off(tables, "2027-03-01T10:14", "2027-03-01T12:00")) == [("a",)]


def test_time_off_may_end_when_the_appointment_starts() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    assert breaches(RULE, off(tables, "2027-02-20T00:00", "2027-03-01T09:00")) == []
    assert breaches(RULE, off(tables, "2027-02-20T00:00", "2027-03-01T09:01")) == [("a",)]


def test_time_off_within_the_appointment_counts() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    assert breaches(RULE, off(tables, "2027-03-01T09:20", "2027-03-01T09:25")) == [("a",)]


def test_time_off_of_somebody_else_does_not_matter() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    assert breaches(RULE, off(tables, "2027-03-01T00:00", "2027-03-02T00:00", "omar")) == []


def test_what_is_over_is_not_judged() -> None:
    tables = network(completed("a", "2027-03-01T09:00"))
    assert breaches(RULE, off(tables, "2027-03-01T00:00", "2027-03-02T00:00")) == []
