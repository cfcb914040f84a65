from __future__ import annotations

from tests.verifier.tiny import Network, booked, breaches, completed, network

RULE = "client-hours"


def only(hours: str, start: str) -> Network:
    """Dina can come on Mondays in these hours alone."""
    tables = network(booked("a", f"2027-03-01T{start}"))
    tables["client_hours"] = [
        {"client_id": "dina", "weekday": "mon", "starts": each[:5], "ends": each[6:]}
        for each in hours.split()
    ]
    return tables


def test_the_appointment_has_to_lie_inside_but_not_its_changeover() -> None:
    # 09:00 + 60 = 10:00; the changeover to 10:15 is none of the client's time.
    assert breaches(RULE, only("09:00-10:00", "09:00")) == []
    assert breaches(RULE, only("09:00-10:00", "09:01")) == [("a",)]
    assert breaches(RULE, only("09:00-10:00", "08:59")) == [("a",)]


def test_two_intervals_are_not_one() -> None:
    assert breaches(RULE, only("08:00-09:30 09:30-12:00", "09:00")) == [("a",)]


def test_a_client_without_hours_can_not_come() -> None:
    assert breaches(RULE, only("", "09:00")) == [("a",)]


def test_hours_of_another_weekday_or_client_do_not_count() -> None:
    tables = only("", "09:00")
    tables["client_hours"] = [
        {"client_id": "dina", "weekday": "tue", "starts": "08:00", "ends": "18:00"},
        {"client_id": "ruth", "weekday": "mon", "starts": "08:00", "ends": "18:00"},
    ]
    assert breaches(RULE, tables) == [("a",)]


def test_what_is_over_is_not_judged() -> None:
    tables = network(completed("a", "2027-03-01T06:00"))
    assert breaches(RULE, tables) == []
