from __future__ import annotations

from datetime import date

import pytest

from tests.verifier.tiny import PLANNING, add, booked, change, completed, network
from verifier import PARTS, RULES, Planning, Report, UnreadableError, verify


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_nothing_booked_breaks_nothing() -> None:
    report = verify(network())
    assert report.ok
    assert report.findings == ()


def test_without_a_planning_every_number_is_zero() -> None:
    report = verify(network(booked("a", "2027-03-01T09:00")))
    assert set(report.parts.values()) == {0}
    assert (report.points, report.booked, report.in_scope, report.stake) == (0, 0, 0, 0)


def test_every_part_is_named_in_the_order_of_the_contract() -> None:
    for planning in (None, PLANNING):
        parts = verify(network(), planning=planning).parts
        assert list(parts) == [name for name, _ in PARTS]
        assert next(iter(parts)) == "unbooked"


def test_the_points_are_the_sum_of_the_parts() -> None:
    tables = network(
        booked("a", "2027-03-01T08:00"),
        booked("b", "2027-03-10T10:00", number=2, therapist="omar", room="south-1"),
    )
    report = verify(tables, planning=PLANNING)
    # 6 of 8 sessions unbooked; a second therapist, away from home, 9 days for 7, 2 hours later.
    assert report.points == 6000 + 60 + 20 + 20 + 5
    assert (report.booked, report.in_scope, report.stake) == (2, 8, 8000)


def test_findings_come_in_the_order_of_the_rules() -> None:
    report = verify(network(booked("a", "2027-03-01T06:07")))
    assert rules(report) == ["opening-hours", "on-shift", "client-hours", "grid"]
    assert not report.ok
    order = [name for name, _ in RULES]
    assert rules(report) == sorted(rules(report), key=order.index)


def test_a_finding_names_its_session() -> None:
    (finding,) = verify(network(booked("a", "2027-03-08T09:07", number=2))).findings
    assert (finding.rule, finding.plan_id, finding.session_number) == ("grid", "dina-plan", 2)
    assert finding.message == (
        "Dina Young with Maya Rossi on Mon 8 Mar 2027, 09:07-10:07, at Northgate: "
        "appointments start every 15 minutes from the full hour."
    )


def test_a_finding_about_two_plans_names_neither() -> None:
    tables = network(
        booked("a", "2027-03-01T09:00"),
        booked("b", "2027-03-01T09:00", plan="ruth-plan", therapist="omar", room="north-1"),
    )
    add(
        tables,
        "shifts",
        therapist_id="omar",
        location_id="north",
        weekday="mon",
        starts="08:00",
        ends="13:00",
        valid_from="",
        valid_until="",
    )
    (finding,) = verify(tables).findings
    assert finding.rule == "room-overlap"
    assert (finding.plan_id, finding.session_number) == (None, None)


@pytest.mark.parametrize(
    ("day", "judged"),
    [
        ("2027-02-26", False),  # Friday before the horizon
        ("2027-03-01", False),  # Monday of the horizon, the day before planning
        ("2027-03-02", True),  # the day of planning
        ("2027-03-05", True),  # the last Friday of the horizon
        ("2027-03-08", False),  # the first day after it
    ],
)
def test_judged_are_days_of_the_horizon_from_the_day_of_planning_on(day: str, judged: bool) -> None:
    planning = Planning(date(2027, 3, 1), 1, as_of=date(2027, 3, 2))
    tables = network(booked("a", f"{day}T09:07"))
    assert ("grid" in rules(verify(tables, planning=planning))) is judged
    assert "grid" in rules(verify(tables))


def test_a_schedule_takes_the_place_of_the_published_promises() -> None:
    tables = network(booked("a", "2027-03-01T09:07"))
    assert rules(verify(tables, [booked("a", "2027-03-01T09:00")])) == []
    assert rules(verify(tables, [])) == []


def test_a_schedule_can_not_undo_history_by_leaving_it_out() -> None:
    tables = network(completed("a", "2027-03-01T09:00"))
    schedule = [booked("b", "2027-03-03T09:00")]
    assert rules(verify(tables, schedule)) == ["one-per-session"]
    report = verify(tables, schedule, planning=PLANNING)
    assert report.in_scope == 7


def test_an_appointment_of_unknown_things_is_unreadable() -> None:
    tables = network(booked("a", "2027-03-01T09:00", therapist="x", room="nowhere"))
    with pytest.raises(UnreadableError) as error:
        verify(tables)
    assert error.value.faults == (
        "appointments, row 2, therapist_id: 'x' is not in therapists. Maybe the id was misspelt?",
        "appointments, row 2, room_id: 'nowhere' is not in rooms. Maybe the id was misspelt?",
    )


def test_every_unreadable_cell_is_named_at_once() -> None:
    tables = network(booked("a", "1 March"))
    change(tables, "services", "massage", minutes="an hour")
    change(tables, "care_plans", "dina-plan", start_date="2027-02-30", priority="soon")
    add(tables, "closures", location_id="", date="")
    tables["shifts"][0]["starts"] = "24:00"
    del tables["clients"]
    with pytest.raises(UnreadableError) as error:
        verify(tables)
    places = [fault.split(":")[0] for fault in error.value.faults]
    assert places == [
        "clients",
        "closures, row 2, date",
        "closures, row 2",
        "services, row 2, minutes",
        "shifts, row 2, starts",
        "care_plans, row 2, start_date",
        "care_plans, row 2, priority",
        "appointments, row 2, starts_at",
    ]
    assert all("Maybe" in fault for fault in error.value.faults)


def test_an_id_that_appears_twice_is_unreadable() -> None:
    tables = network(booked("a", "2027-03-01T09:00"), booked("a", "2027-03-08T09:00", number=2))
    with pytest.raises(UnreadableError, match="'a' appears 2 times"):
        verify(tables)


def test_optional_tables_may_be_missing() -> None:
    tables = network()
    for name in ("closures", "travel", "time_off", "client_away", "appointments"):
        del tables[name]
    assert verify(tables).ok
