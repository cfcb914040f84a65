"""What a manager reads: the sentences with numbers and dates that were computed for them."""

from __future__ import annotations

import pytest

from tests.verifier.tiny import Network, add, booked, change, completed, network, shift
from verifier import verify


def sentences(rule: str, tables: Network) -> list[str]:
    return [finding.message for finding in verify(tables).findings if finding.rule == rule]


def test_therapist_overlap_names_both_clinics() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T09:30", plan="ruth-plan", room="south-1"),
    )
    assert sentences("therapist-overlap", tables) == [
        (
            "Maya Rossi has Dina Young 09:00-10:00 and Ruth Okoye 09:30-10:30 on Mon 1 Mar 2027 "
            "at Northgate and Southgate; changeover after the first: 15 minutes."
        )
    ]


def test_travel_leaves_no_less_than_nothing() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T09:30", plan="ruth-plan", room="south-1"),
    )
    assert sentences("travel", tables) == [
        (
            "Maya Rossi has Dina Young 09:00-10:00 at Northgate and Ruth Okoye 09:30-10:30 at "
            "Southgate on Mon 1 Mar 2027: travel takes 25 minutes and 0 are left after the "
            "changeover."
        )
    ]


def test_on_shift_names_the_changeover_and_the_shifts() -> None:
    tables = network(booked("a", "2027-03-01T12:30"))
    add(tables, "shifts", **shift("maya", "north", "mon", "14:00", "16:00"))
    assert sentences("on-shift", tables) == [
        (
            "Dina Young with Maya Rossi on Mon 1 Mar 2027, 12:30-13:30, at Northgate, with "
            "changeover to 13:45: Maya Rossi works there 08:00-13:00 and 14:00-16:00 that day."
        )
    ]


def test_opening_hours_say_when_there_are_none() -> None:
    assert sentences("opening-hours", network(booked("a", "2027-03-06T09:00"))) == [
        (
            "Dina Young with Maya Rossi on Sat 6 Mar 2027, 09:00-10:00, at Northgate: "
            "the clinic is open at no hour that day."
        )
    ]


def test_max_week_names_the_monday() -> None:
    tables = network(booked("a", "2027-03-03T09:00"))
    change(tables, "therapists", "maya", max_minutes_per_week="59")
    assert sentences("max-week", tables) == [
        (
            "Maya Rossi has 60 hands-on minutes in the week from Mon 1 Mar 2027; "
            "the limit is 59 a week."
        )
    ]


def test_meal_break_names_the_hours_for_it() -> None:
    tables = network(booked("a", "2027-03-01T08:30", minutes=300))
    tables["shifts"] = [shift("maya", "north", "mon", "08:00", "16:00")]
    # 08:30 + 300 + 15 = 13:45.
    assert sentences("meal-break", tables) == [
        "Maya Rossi has no 30 minutes for a meal between 10:00 and 14:00 on Mon 1 Mar 2027."
    ]


def test_window_names_its_first_and_last_day() -> None:
    assert sentences("window", network(booked("a", "2027-03-01T09:00", number=2))) == [
        (
            "Dina Young with Maya Rossi on Mon 1 Mar 2027, 09:00-10:00, at Northgate: session 2 of "
            "Dina Young's plan dina-plan belongs between Mon 8 Mar 2027 and Sun 14 Mar 2027."
        )
    ]


def test_spacing_names_both_dates() -> None:
    tables = network(booked("a", "2027-03-05T09:00"), booked("b", "2027-03-08T09:00", number=2))
    assert sentences("spacing", tables) == [
        (
            "Dina Young's plan dina-plan has session 1 on Fri 5 Mar 2027 and session 2 on "
            "Mon 8 Mar 2027: 3 days later, not 4 or more."
        )
    ]


@pytest.mark.parametrize(
    ("second", "distance"),
    [
        ("2027-03-09", "1 day later"),
        ("2027-03-08", "the same day"),
        ("2027-03-07", "1 day earlier"),
        ("2027-03-05", "3 days earlier"),
    ],
)
def test_spacing_counts_days_as_people_do(second: str, distance: str) -> None:
    first = booked("a", "2027-03-08T09:00")
    tables = network(first, booked("b", f"{second}T11:00", number=2))
    (sentence,) = sentences("spacing", tables)
    assert sentence.endswith(f": {distance}, not 4 or more.")


def test_one_per_session_says_what_became_of_each() -> None:
    tables = network(completed("a", "2027-03-01T09:00"), booked("b", "2027-03-03T10:00"))
    assert sentences("one-per-session", tables) == [
        (
            "Session 1 of Dina Young's plan dina-plan has 2 appointments: "
            "Mon 1 Mar 2027, 09:00 (completed) and Wed 3 Mar 2027, 10:00 (booked)."
        )
    ]


def test_one_per_session_tells_companions_apart() -> None:
    tables = network(
        booked("a", "2027-03-01T10:00", service="adjustment", therapist="ivo"),
        booked("b", "2027-03-01T10:30", service="adjustment", therapist="ivo"),
    )
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert sentences("one-per-session", tables) == [
        (
            "The companion of session 1 of Dina Young's plan dina-plan has 2 appointments: "
            "Mon 1 Mar 2027, 10:00 (booked) and Mon 1 Mar 2027, 10:30 (booked)."
        )
    ]


def test_authorisation_counts_completed_and_booked() -> None:
    tables = network(
        completed("a", "2027-03-01T09:00"),
        booked("b", "2027-03-08T09:00", number=2),
        booked("c", "2027-03-15T09:00", number=3),
    )
    change(tables, "care_plans", "dina-plan", authorised_visits="2")
    assert sentences("authorisation", tables) == [
        "Dina Young's plan dina-plan has 1 sessions completed and 2 booked; authorised: 2."
    ]


def test_companion_says_where_its_session_is() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T11:00", service="adjustment", therapist="ivo", room="north-3"),
    )
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    (sentence,) = sentences("companion", tables)
    assert sentence.endswith(
        "Adjustment should follow session 1 of Dina Young's plan dina-plan within 30 minutes, "
        "which is 09:00-10:00 at Northgate."
    )
