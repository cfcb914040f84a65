from __future__ import annotations

from typing import Any

from tests.verifier.tiny import Network, booked, breaches, network, shift

RULE = "on-shift"


def at(start: str, **cells: Any) -> Network:
    return network(booked("a", f"2027-03-01T{start}", **cells))


def test_the_changeover_has_to_fit_too() -> None:
    # The shift ends at 13:00. 11:45 + 60 + 15 = 13:00 fits, 11:46 does not.
    assert breaches(RULE, at("11:45")) == []
    assert breaches(RULE, at("11:46")) == [("a",)]


def test_a_shift_starts_when_it_starts() -> None:
    assert breaches(RULE, at("08:00")) == []
    assert breaches(RULE, at("07:59")) == [("a",)]


def test_a_shift_at_another_clinic_is_no_shift_here() -> None:
    assert breaches(RULE, at("09:00", room="south-1")) == [("a",)]


def test_a_shift_of_somebody_else_is_no_shift() -> None:
    # Omar has none; Maya's does not help him.
    assert breaches(RULE, at("09:00", therapist="omar")) == [("a",)]


def test_two_shifts_are_not_one() -> None:
    tables = at("12:30")
    tables["shifts"].append(shift("maya", "north", "mon", "13:00", "18:00"))
    # 12:30-13:45 lies in 08:00-13:00 and 13:00-18:00 together only.
    assert breaches(RULE, tables) == [("a",)]


def test_both_ends_of_validity_belong_to_it() -> None:
    for first, last, expected in (
        ("2027-03-01", "2027-03-01", []),
        ("2027-03-02", "", [("a",)]),
        ("", "2027-02-28", [("a",)]),
    ):
        tables = at("09:00")
        for row in tables["shifts"]:
            row.update(valid_from=first, valid_until=last)
        assert breaches(RULE, tables) == expected


def test_a_shift_of_another_weekday_does_not_count() -> None:
    tables = at("09:00")
    tables["shifts"] = [shift("maya", "north", "tue", "08:00", "13:00")]
    assert breaches(RULE, tables) == [("a",)]
