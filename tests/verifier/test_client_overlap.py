from __future__ import annotations

from tests.verifier.tiny import Network, booked, breaches, network, phase, plan

RULE = "client-overlap"


def with_second_plan(second_start: str, status: str = "booked") -> Network:
    """Dina at 09:00-10:00, and once more in another plan with another therapist and room."""
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked(
            "b",
            f"2027-03-01T{second_start}",
            plan="second",
            therapist="omar",
            room="north-2",
            status=status,
        ),
    )
    tables["care_plans"].append(plan("second", "dina"))
    tables["care_plan_phases"].append(phase("second", 1, "1", 4))
    return tables


def test_the_changeover_is_none_of_the_clients_time() -> None:
    # 09:00 + 60 = 10:00, and not 10:15.
    assert breaches(RULE, with_second_plan("10:00")) == []
    assert breaches(RULE, with_second_plan("09:59")) == [("a", "b")]


def test_history_can_be_in_the_way() -> None:
    assert breaches(RULE, with_second_plan("09:30", "completed")) == [("a", "b")]


def test_a_cancelled_appointment_is_not() -> None:
    assert breaches(RULE, with_second_plan("09:30", "cancelled")) == []


def test_two_clients_may_come_at_one_time() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T09:00", plan="ruth-plan", therapist="omar", room="north-2"),
    )
    assert breaches(RULE, tables) == []
