from __future__ import annotations

from tests.verifier.tiny import Network, booked, breaches, change, network

RULE = "max-day"


def day(limit: int, second_status: str = "booked", second_day: str = "01") -> Network:
    """Maya has 60 + 75 = 135 hands-on minutes."""
    tables = network(
        booked("a", "2027-03-01T08:00"),
        booked(
            "b",
            f"2027-03-{second_day}T10:00",
            plan="ruth-plan",
            service="intake",
            status=second_status,
        ),
    )
    return change(tables, "therapists", "maya", max_minutes_per_day=str(limit))


def test_the_limit_itself_may_be_reached() -> None:
    # With changeover it would be 165.
    assert breaches(RULE, day(limit=135)) == []
    assert breaches(RULE, day(limit=134)) == [("a", "b")]


def test_history_of_the_day_counts() -> None:
    assert breaches(RULE, day(limit=134, second_status="completed")) == [("a", "b")]
    assert breaches(RULE, day(limit=134, second_status="no_show")) == [("a", "b")]


def test_cancelled_appointments_do_not() -> None:
    assert breaches(RULE, day(limit=134, second_status="cancelled")) == []


def test_another_day_has_its_own_limit() -> None:
    assert breaches(RULE, day(limit=134, second_day="02")) == []


def test_a_day_of_history_alone_is_not_judged() -> None:
    tables = day(limit=60, second_status="completed")
    tables["appointments"][0]["status"] = "completed"
    assert breaches(RULE, tables) == []


def test_somebody_elses_limit_does_not_matter() -> None:
    tables = change(day(limit=135), "therapists", "omar", max_minutes_per_day="0")
    assert breaches(RULE, tables) == []
