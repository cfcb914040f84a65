"""Rows that do not go with each other, each said once, in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.exchange import ExchangeFaults, read_folder
from tests.exchange.folder import make_folder, spoil

CASES = {
    # ids that no file holds
    ("opening_hours", "south", "east"):
        "line 4, column 'location_id': found 'east', expected an id that locations.csv holds.",
    ("closures", "south,2027", "east,2027"):
        "line 3, column 'location_id': found 'east', expected an id that locations.csv holds.",
    ("clients", ",north,south,ann", ",east,south,ann"):
        "line 2, column 'home_location_id': found 'east', expected an id that locations.csv holds.",
    ("clients", ",north,south,ann", ",north,east;south,ann"):
        "line 2, column 'other_location_ids': found 'east', "
        "expected an id that locations.csv holds.",
    ("clients", ",north,south,ann", ",north,south,zoe"):
        "line 2, column 'preferred_therapist_id': found 'zoe', "
        "expected an id that therapists.csv holds.",
    ("care_plans", "acute,massage,massage", "acute,massage,sauna"):
        "line 3, column 'intake_service_id': found 'sauna', "
        "expected an id that services.csv holds.",
    ("care_plan_phases", "p2,1,1,2\n", "p2,1,1,2\np9,1,1,2\n"):
        "line 5, column 'plan_id': found 'p9', expected an id that care_plans.csv holds.",
    ("appointments", "a1,p1", "a1,p9"):
        "line 2, column 'plan_id': found 'p9', expected an id that care_plans.csv holds.",
    ("appointments", "a1,p1,1,massage", "a1,p1,1,sauna"):
        "line 2, column 'service_id': found 'sauna', expected an id that services.csv holds.",
    ("appointments", "ann,n1,2027-02", "zoe,n1,2027-02"):
        "line 2, column 'therapist_id': found 'zoe', expected an id that therapists.csv holds.",
    ("appointments", "ann,n1,2027-02", "ann,n9,2027-02"):
        "line 2, column 'room_id': found 'n9', expected an id that rooms.csv holds.",
    ("travel", "north,south", "north,north"):
        "line 2, column 'to_location_id': found 'north', "
        "expected another location than the one it starts from.",
    # the same key twice
    ("rooms", "s1", "n1"):
        "line 3, column 'room_id': found 'n1', "
        "expected no second row with this room_id: line 2 has it.",
    ("travel", "north,south,25\n", "north,south,25\nsouth,north,25\n"):
        "line 3, column 'from_location_id': found 'south, north', "
        "expected no second row with this from_location_id, to_location_id: line 2 has it.",
    ("closures", "south,2027-03-12", ",2027-12-25"):
        "line 3, column 'location_id': found '(empty), 2027-12-25', "
        "expected no second row with this location_id, date: line 2 has it.",
    ("care_plan_phases", "p1,2,0.5", "p1,1,0.5"):
        "line 3, column 'plan_id': found 'p1, 1', "
        "expected no second row with this plan_id, phase: line 2 has it.",
    # intervals
    ("opening_hours", "09:00,17:00", "17:00,17:00"):
        "line 4, column 'closes': found '17:00', expected an end after opens, 17:00.",
    ("shifts", "09:00,17:00", "17:00,09:00"):
        "line 5, column 'ends': found '09:00', expected an end after starts, 17:00.",
    ("shifts", "2027-04-01,\n", "2027-04-01,2027-03-31\n"):
        "line 4, column 'valid_until': found '2027-03-31', "
        "expected an end not before valid_from, 2027-04-01.",
    ("time_off", "2027-03-08T00:00", "2027-03-01T00:00"):
        "line 2, column 'ends_at': found '2027-03-01T00:00', "
        "expected an end after starts_at, 2027-03-01T00:00.",
    ("client_hours", "12:30", "08:59"):
        "line 3, column 'ends': found '08:59', expected an end after starts, 09:00.",
    ("client_away", "2027-03-22,2027-03-22", "2027-03-22,2027-03-21"):
        "line 2, column 'last_day': found '2027-03-21', "
        "expected an end not before first_day, 2027-03-22.",
    ("opening_hours", "12:00,19:00", "11:59,19:00"):
        "line 3, column 'opens': found '11:59', "
        "expected opening hours that do not overlap 08:00-12:00 of line 2.",
    ("shifts", "13:00", "11:59"):  # at two clinics
        "line 3, column 'starts': found '11:59', expected shifts of 'ann' that do not overlap: "
        "line 2 has 08:00-12:00 at 'north'.",
    ("shifts", "2027-03-31", "2027-04-01"):  # at the same clinic, on one day
        "line 4, column 'starts': found '14:00', expected shifts of 'ann' that do not overlap: "
        "line 3 has 13:00-17:00 at 'south'.",
    # phases and clearances
    ("care_plans", "acute,massage", "acute,sauna"):
        "line 3, column 'service_id': found 'sauna', expected an id that services.csv holds.",
    ("care_plan_phases", "p1,2,0.5", "p1,3,0.5"):
        "line 3, column 'phase': found '3', "
        "expected phase 2 of 'p1' first: 1, 2, 3 without a gap.",
    ("care_plan_phases", "p2,1,1,2", "p2,2,1,2"):
        "line 4, column 'phase': found '2', "
        "expected phase 1 of 'p2' first: 1, 2, 3 without a gap.",
    ("care_plan_phases", "p1,2,0.5,4", "p1,2,0.5,5"):
        "line 3, column 'weeks': found '5', "
        "expected an even number of weeks where sessions_per_week is 0.5.",
    ("care_plans", "Dr. Lee,2027-02-21", "Dr. Lee,"):
        "line 3, column 'cleared_on': found '', "
        "expected the day of clearing, since cleared_by is given.",
    ("care_plans", "Dr. Lee,2027-02-21", ",2027-02-21"):
        "line 3, column 'cleared_by': found '', "
        "expected who cleared the plan, since cleared_on is given.",
    ("appointments", "a2,p1,8", "a2,p1,9"):  # 2 x 3 + 4 / 2 sessions
        "line 3, column 'session_number': found '9', expected a session from 1 to 8 of 'p1'.",
    # clocks
    ("appointments", "2027-03-29T08:15", "2027-03-14T02:30"):
        "line 3, column 'starts_at': found '2027-03-14T02:30', expected a time that the clocks of "
        "America/Los_Angeles show that day. Maybe '2027-03-14T03:30'?",
}  # fmt: skip


@pytest.mark.parametrize(
    ("spoilt", "message"), CASES.items(), ids=[f"{case[0]}-{case[2]!a}" for case in CASES]
)
def test_a_wrong_row_is_one_fault(
    tmp_path: Path, spoilt: tuple[str, str, str], message: str
) -> None:
    name, old, new = spoilt
    folder = make_folder(tmp_path)
    spoil(folder, f"{name}.csv", old, new)
    assert faults_of(folder) == [f"{name}.csv, {message}"]


def test_a_plan_without_phases_is_a_fault_of_the_plan(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    spoil(folder, "care_plan_phases.csv", "p2,1,1,2\n", "")
    (fault,) = faults_of(folder)
    assert fault == (
        "care_plans.csv, line 3, column 'plan_id': found 'p2', expected at least one phase of "
        "this plan in care_plan_phases.csv."
    )


def test_people_live_in_one_time_zone(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    spoil(folder, "locations.csv", "South Clinic,,America/Los_Angeles", "South,,America/Denver")
    zones = "'south' is in America/Denver and 'north' is in America/Los_Angeles."
    places = {
        "therapist 'ann'": "shifts.csv, line 3, column 'location_id'",
        "client 'cleo'": "clients.csv, line 2, column 'other_location_ids'",
    }
    assert faults_of(folder) == [
        f"{place}: found 'south', expected one time zone for {who}, but {zones}"
        for who, place in places.items()
    ]


def test_an_appointment_in_another_time_zone_is_a_fault_of_therapist_and_client(
    tmp_path: Path,
) -> None:
    folder = make_folder(tmp_path)
    with (folder / "locations.csv").open("a") as file:
        file.write("east,East,,America/Denver,\n")
    with (folder / "rooms.csv").open("a") as file:
        file.write("e1,east,East 1,massage\n")
    spoil(folder, "appointments.csv", "n1,2027-03-29", "e1,2027-03-29")
    zones = "'east' is in America/Denver and 'north' is in America/Los_Angeles."
    assert faults_of(folder) == [
        "appointments.csv, line 3, column 'room_id': found 'e1', "
        f"expected one time zone for {who}, but {zones}"
        for who in ("therapist 'ann'", "client 'cleo'")
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("shifts", "13:00", "12:00"),  # touching shifts, whatever the way between them takes
        ("shifts", "ben,south,tue", "ben,south,mon"),  # somebody else's shift
        ("time_off", "2027-03-08T00:00", "2027-03-14T02:30"),  # no clock shows it, a calendar may
        ("appointments", "2027-03-29T08:15", "2027-03-14T03:00"),  # the first minute of summer
        ("appointments", "2027-03-29T08:15", "2027-11-07T01:30"),  # twice that night: the first
        ("appointments", "ann,n1,2027-02", "ben,n1,2027-02"),  # not qualified: a rule, no fault
        ("clients", ",north,south,ann", ",north,north;south,ann"),
    ],
)
def test_what_breaks_no_more_than_a_rule_is_fine(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    folder = make_folder(tmp_path)
    spoil(folder, f"{name}.csv", old, new)
    read_folder(folder)


def test_a_row_with_a_fault_still_holds_its_id(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    spoil(folder, "therapists.csv", "240,1200", "240,never")
    spoil(folder, "rooms.csv", "n1,north,North 1,massage", "n1,north")
    spoil(folder, "care_plan_phases.csv", "p1,1,2,3", "p1,1,2,x")
    assert [fault.split(",")[0] for fault in faults_of(folder)] == [
        "rooms.csv",
        "therapists.csv",
        "care_plan_phases.csv",
    ]


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ExchangeFaults) as raised:
        read_folder(folder)
    return [str(fault) for fault in raised.value.faults]
