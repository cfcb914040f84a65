from __future__ import annotations

from tests.verifier.tiny import Network, booked, breaches, change, completed, network

RULE = "max-week"


def week(limit: int, second: str) -> Network:
    """Maya has 60 minutes on Monday 1 March 2027 and 75 on the second date."""
    tables = network(
        booked("a", "2027-03-01T08:00"),
        booked("b", f"{second}T10:00", plan="ruth-plan", service="intake"),
    )
    return change(tables, "therapists", "maya", max_minutes_per_week=str(limit))


def test_the_limit_itself_may_be_reached() -> None:
    assert breaches(RULE, week(135, "2027-03-05")) == []
    assert breaches(RULE, week(134, "2027-03-05")) == [("a", "b")]


def test_a_week_ends_with_sunday() -> None:
    # Sunday 7 March is the last day of the ISO week of the 1st, Monday 8 the first of the next.
    assert breaches(RULE, week(134, "2027-03-07")) == [("a", "b")]
    assert breaches(RULE, week(134, "2027-03-08")) == []


def test_the_sunday_before_belongs_to_the_week_before() -> None:
    assert breaches(RULE, week(134, "2027-02-28")) == []


def test_an_iso_week_may_span_two_years() -> None:
    # Thursday 31 December 2026 and Friday 1 January 2027 are both in week 53 of 2026.
    tables = network(
        booked("a", "2026-12-31T08:00"), booked("b", "2027-01-01T08:00", plan="ruth-plan")
    )
    change(tables, "therapists", "maya", max_minutes_per_week="119")
    assert breaches(RULE, tables) == [("a", "b")]


def test_history_of_the_week_counts_but_is_not_judged_alone() -> None:
    tables = network(
        completed("a", "2027-03-01T08:00"), completed("b", "2027-03-02T08:00", plan="ruth-plan")
    )
    change(tables, "therapists", "maya", max_minutes_per_week="100")
    assert breaches(RULE, tables) == []
    tables["appointments"][1]["status"] = "booked"
    assert breaches(RULE, tables) == [("a", "b")]
