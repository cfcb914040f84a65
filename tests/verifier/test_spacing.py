from __future__ import annotations

import pytest

from tests.verifier.tiny import Network, booked, breaches, change, network, phase

RULE = "spacing"


def two(
    first_day: str,
    second_day: str,
    *phases: tuple[str, int],
    numbers: tuple[int, int] = (1, 2),
    statuses: tuple[str, str] = ("booked", "booked"),
) -> Network:
    """Two of Dina's sessions in March 2027, the second earlier in the day than the first."""
    tables = network(
        booked("a", f"2027-03-{first_day}T11:00", number=numbers[0], status=statuses[0]),
        booked("b", f"2027-03-{second_day}T08:00", number=numbers[1], status=statuses[1]),
    )
    tables["care_plan_phases"] = [
        phase("dina-plan", place, frequency, weeks)
        for place, (frequency, weeks) in enumerate(phases, start=1)
    ]
    return tables


@pytest.mark.parametrize(
    ("frequency", "enough", "too_soon"),
    [
        ("2", "05", "04"),  # 0.6 × 3.5 = 2.1, so 2 days after the 3rd
        ("1", "07", "06"),  # 0.6 × 7 = 4.2, so 4 days
        ("0.5", "11", "10"),  # 0.6 × 14 = 8.4, so 8 days
    ],
)
def test_days_count_from_date_to_date(frequency: str, enough: str, too_soon: str) -> None:
    assert breaches(RULE, two("03", enough, (frequency, 4))) == []
    assert breaches(RULE, two("03", too_soon, (frequency, 4))) == [("a", "b")]


def test_where_two_phases_meet_the_smaller_counts() -> None:
    # Session 2 at twice a week (2 days), session 3 weekly (4 days): 2 days are enough.
    for phases, numbers in (((("2", 1), ("1", 1)), (2, 3)), ((("1", 1), ("2", 1)), (1, 2))):
        assert breaches(RULE, two("06", "08", *phases, numbers=numbers)) == []
        assert breaches(RULE, two("07", "08", *phases, numbers=numbers)) == [("a", "b")]


def test_sessions_stay_in_order() -> None:
    assert breaches(RULE, two("12", "05", ("1", 4))) == [("a", "b")]


def test_the_previous_session_is_the_one_before_by_number_that_has_an_appointment() -> None:
    # Session 2 is missing; 1 and 3 are 3 days apart where 4 are needed.
    assert breaches(RULE, two("05", "08", ("1", 4), numbers=(1, 3))) == [("a", "b")]
    assert breaches(RULE, two("05", "09", ("1", 4), numbers=(1, 3))) == []


@pytest.mark.parametrize("status", ["completed", "no_show"])
def test_history_counts_on_either_side_but_is_not_at_fault(status: str) -> None:
    for statuses in ((status, "booked"), ("booked", status)):
        assert breaches(RULE, two("05", "08", ("1", 4), statuses=statuses)) == [("a", "b")]
    assert breaches(RULE, two("05", "08", ("1", 4), statuses=(status, status))) == []


def test_a_cancelled_session_does_not_count() -> None:
    assert breaches(RULE, two("05", "08", ("1", 4), statuses=("cancelled", "booked"))) == []


def test_another_plan_has_its_own_rhythm() -> None:
    tables = network(
        booked("a", "2027-03-05T09:00"), booked("b", "2027-03-06T09:00", plan="ruth-plan")
    )
    assert breaches(RULE, tables) == []


def test_a_companion_without_its_session_is_no_session() -> None:
    # An adjustment of session 1 on the 5th, a massage of session 2 the day after.
    tables = network(
        booked("a", "2027-03-05T09:00", service="adjustment", therapist="ivo"),
        booked("b", "2027-03-06T09:00", number=2),
    )
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert breaches(RULE, tables) == []


def test_a_number_that_the_plan_does_not_have_is_no_session() -> None:
    # The plan has four.
    tables = network(
        booked("a", "2027-03-22T09:00", number=4), booked("b", "2027-03-23T09:00", number=5)
    )
    assert breaches(RULE, tables) == []
