"""One wrong cell gives one fault: where it stands, what stands there, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.exchange import ExchangeFaults, read_folder
from tests.exchange.folder import make_folder, spoil

DATE = "a date YYYY-MM-DD from 1900 to 2199"
NO_SUCH_DAY = "a day that there is: 2027-02 has 28 days"
TIME = "a time HH:MM from 00:00 to 23:59"
MOMENT = "a date and time YYYY-MM-DDTHH:MM from 1900 to 2199"
NAME = "a name of at most 10000 characters, without control characters"
NOTE = "a text of at most 10000 characters, without control characters"
ID = "an id: at most 200 visible characters, no ';' and no blank at either end"
WORDS = "a list of words, separated by ';'"
WEEKDAYS = "one of mon, tue, wed, thu, fri, sat, sun"
ZONE = "an IANA time zone like America/Los_Angeles"
STATUSES = "one of proposed, active, paused, completed, discontinued"
CONTRAINDICATIONS = (
    "one of recent-surgery, acute-inflammation, malignancy, undiagnosed-lump, "
    "deep-vein-thrombosis, severe-osteoporosis, acute-infection, skin-condition, pregnancy, "
    "varicose-veins, hypertension, blood-thinners, reduced-sensation"
)

LONG = "N" * 10_001

CASES = [
    # file, what stands there, what is put there, line, column, value, expectation
    ("closures", "2027-12-25", "25.12.2027", 2, "date", "25.12.2027", DATE),
    ("closures", "2027-12-25", "2027-02-29", 2, "date", "2027-02-29", NO_SUCH_DAY),
    ("closures", "2027-12-25", "20271225", 2, "date", "20271225", DATE),
    ("closures", "2027-12-25", "2027-12-25 ", 2, "date", "2027-12-25 ", DATE),
    ("closures", "2027-12-25", "202\uff17-12-25", 2, "date", "202\uff17-12-25", DATE),
    ("closures", "2027-12-25", "1899-12-31", 2, "date", "1899-12-31", DATE),
    ("closures", "2027-12-25", "2200-01-01", 2, "date", "2200-01-01", DATE),
    ("closures", "2027-12-25", "", 2, "date", "", f"{DATE}; the cell can't be empty"),
    ("opening_hours", "19:00", "24:00", 3, "closes", "24:00",
     f"{TIME}; 24:00 is not one. Maybe '23:59'?"),
    ("opening_hours", "19:00", "7pm", 3, "closes", "7pm", TIME),
    ("opening_hours", "19:00", "19:60", 3, "closes", "19:60", TIME),
    ("opening_hours", "19:00", "19:00:00", 3, "closes", "19:00:00", TIME),
    ("opening_hours", "tue", "Tue", 4, "weekday", "Tue", f"{WEEKDAYS}. Maybe 'tue'?"),
    ("opening_hours", "tue", "2", 4, "weekday", "2", WEEKDAYS),
    ("time_off", "2027-03-01T00:00", "2027-03-01 00:00", 2, "starts_at", "2027-03-01 00:00",
     MOMENT),
    ("time_off", "2027-03-01T00:00", "2027-03-01T00:00Z", 2, "starts_at", "2027-03-01T00:00Z",
     MOMENT),
    ("services", ",60,15,", ",-60,15,", 2, "minutes", "-60", "minutes from 1 to 1440"),
    ("services", ",60,15,", ",0,15,", 2, "minutes", "0", "minutes from 1 to 1440"),
    ("services", ",60,15,", ",1441,15,", 2, "minutes", "1441", "minutes from 1 to 1440"),
    ("services", ",60,15,", ",1_0,15,", 2, "minutes", "1_0", "minutes from 1 to 1440"),
    ("services", ",60,15,", ",60,-15,", 2, "changeover_minutes", "-15",
     "minutes from 0 to 1440"),
    ("travel", "25", "0", 2, "minutes", "0", "minutes from 1 to 1440"),
    ("therapists", "1200", "12.5", 2, "max_minutes_per_week", "12.5", "minutes from 1 to 10080"),
    ("therapists", "CNMT;LMT", "LMT;;DC", 2, "credentials", "LMT;;DC", WORDS),
    ("therapists", "CNMT;LMT", "LMT; DC", 2, "credentials", "LMT; DC", WORDS),
    ("therapists", "CNMT;LMT", "DC;DC", 2, "credentials", "DC;DC", f"{WORDS}, each one once"),
    ("therapists", "ann@clinic.example", "Ann Ash", 2, "email", "Ann Ash",
     "an email address like name@clinic.example"),
    ("therapists", "ann@clinic.example", "a@b@c", 2, "email", "a@b@c",
     "an email address like name@clinic.example"),
    ("locations", "North Clinic", "", 2, "name", "", f"{NAME}; the cell can't be empty"),
    ("locations", "North Clinic", "  ", 2, "name", "  ", NAME),
    ("locations", "North Clinic", "North\x07", 2, "name", "North\x07", NAME),
    ("locations", "North Clinic", LONG, 2, "name", LONG, NAME),
    ("time_off", "holiday", "\x1b[31m", 2, "reason", "\x1b[31m", NOTE),
    ("rooms", "s1", "s1 ", 3, "room_id", "s1 ", ID),
    ("rooms", "s1", "s;1", 3, "room_id", "s;1", ID),
    ("rooms", "s1", "s" * 201, 3, "room_id", "s" * 201, ID),
    ("locations", 'Gresham",America/Los_Angeles', 'Gresham",america/los_angeles', 2, "timezone",
     "america/los_angeles", f"{ZONE}. Maybe 'America/Los_Angeles'?"),
    ("locations", 'Gresham",America/Los_Angeles', 'Gresham",../etc', 2, "timezone", "../etc",
     ZONE),
    ("care_plans", "chronic", "Chronical", 2, "condition", "Chronical",
     "one of acute, chronic. Maybe 'chronic'?"),
    ("care_plans", "routine", "soon", 2, "priority", "soon", "one of urgent, routine"),
    ("care_plans", "paused", "on hold", 3, "status", "on hold", STATUSES),
    ("care_plans", "malignancy;pregnancy", "bad mood", 3, "contraindications", "bad mood",
     CONTRAINDICATIONS),
    ("care_plans", ",12,2027-12-31", ",-1,2027-12-31", 2, "authorised_visits", "-1",
     "a whole number from 0 to 52000"),
    ("care_plan_phases", "p1,1,2,3", "p1,1,3,3", 2, "sessions_per_week", "3", "one of 2, 1, 0.5"),
    ("care_plan_phases", "p1,1,2,3", "p1,1,2,0", 2, "weeks", "0", "a whole number from 1 to 260"),
    ("appointments", "completed", "done", 2, "status", "done",
     "one of booked, completed, no_show, cancelled"),
    ("appointments", "booked,yes", "booked,true", 3, "pinned", "true", "one of yes, no"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[5][:20]!a}" for case in CASES])
def test_a_wrong_cell_is_one_fault(
    tmp_path: Path, case: tuple[str, str, str, int, str, str, str]
) -> None:
    name, old, new, line, column, value, expected = case
    folder = make_folder(tmp_path)
    spoil(folder, f"{name}.csv", old, new)
    with pytest.raises(ExchangeFaults) as raised:
        read_folder(folder)
    (fault,) = raised.value.faults
    assert (fault.file, fault.line, fault.column) == (f"{name}.csv", line, column)
    assert (fault.value, fault.expected) == (value, expected)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("services", ",60,15,", ",1440,1440,"),
        ("closures", "2027-12-25", "1900-01-01"),
        ("closures", "2027-12-25", "2199-12-31"),
        ("closures", "2027-12-25", "2028-02-29"),
        ("opening_hours", "19:00", "23:59"),
        ("locations", "North Clinic", LONG[1:]),
        ("rooms", "s1", "s" * 200),
        ("therapists", "CNMT;LMT", ""),
        ("care_plans", ",12,2027-12-31", ",0,2027-12-31"),
    ],
)
def test_a_cell_at_the_boundary_is_fine(tmp_path: Path, name: str, old: str, new: str) -> None:
    folder = make_folder(tmp_path)
    spoil(folder, f"{name}.csv", old, new)
    read_folder(folder)
