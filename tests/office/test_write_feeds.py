"""Calendars tell of what is published, as much as each reader may know."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from office.errors import OfficeError
from office.publish import publish
from office.settings import set_setting
from office.write_feeds import write_feeds
from tests.office.clinic import LATER, NOW, SATURDAY, draft, settle


def calendar(path: Path) -> str:
    return path.read_bytes().decode().replace("\r\n ", "")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*.ics")}


def test_there_is_one_calendar_for_each_of_them(each_clinic: str, tmp_path: Path) -> None:
    written = write_feeds(each_clinic, tmp_path / "feeds")
    assert (written.therapists, written.locations, written.rooms, written.clients) == (3, 2, 3, 3)
    assert sorted(contents(tmp_path / "feeds")) == [
        *(f"clients/{key}.ics" for key in ("dina", "ruth", "vera")),
        *(f"locations/{key}.ics" for key in ("north", "south")),
        *(f"rooms/{key}.ics" for key in ("n1", "n2", "s1")),
        *(f"therapists/{key}.ics" for key in ("ivo", "maya", "omar")),
    ]


def test_the_draft_is_nobodys_business(clinic: str, tmp_path: Path) -> None:
    write_feeds(clinic, tmp_path)
    before = contents(tmp_path)
    draft(clinic)
    assert write_feeds(clinic, tmp_path).changed == 0
    assert contents(tmp_path) == before


def test_a_moved_appointment_keeps_its_uid_and_counts_on(clinic: str, tmp_path: Path) -> None:
    write_feeds(clinic, tmp_path)
    before = calendar(tmp_path / "clients" / "ruth.ics")
    draft(clinic)
    publish(clinic, now=LATER, who="mia")
    write_feeds(clinic, tmp_path)
    after = calendar(tmp_path / "clients" / "ruth.ics")
    (uid,) = [line for line in before.splitlines() if line.startswith("UID:")]
    assert uid in after
    assert ("SEQUENCE:0" in before, "SEQUENCE:1" in after) == (True, True)
    assert "DTSTAMP:20270228T090000Z" in after


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("full", "Dina Young: Massage"),
        ("first", "Dina: Massage"),
        ("initials", "D.Y.: Massage"),
        ("anonymous", "Client dina: Massage"),
    ],
)
def test_therapists_read_as_much_of_a_name_as_is_set(
    clinic: str, tmp_path: Path, setting: str, words: str
) -> None:
    set_setting(clinic, "client_names", setting, now=NOW, who="mia")
    write_feeds(clinic, tmp_path)
    assert f"SUMMARY:{words}" in calendar(tmp_path / "therapists" / "maya.ics")
    assert "Dina" not in calendar(tmp_path / "locations" / "north.ics")


def test_clients_calendars_are_called_after_the_clinic(clinic: str, tmp_path: Path) -> None:
    write_feeds(clinic, tmp_path)
    assert "X-WR-CALNAME:Appointments\r\n" in calendar(tmp_path / "clients" / "dina.ics")
    set_setting(clinic, "clinic_name", "Willow Massage", now=NOW, who="mia")
    assert write_feeds(clinic, tmp_path).changed == 3
    assert "X-WR-CALNAME:Willow Massage\r\n" in calendar(tmp_path / "clients" / "dina.ics")


@pytest.mark.parametrize(("age", "told"), [(30, True), (31, False)])
def test_history_ends_some_time_before_the_last_planning(
    db: str, tmp_path: Path, age: int, told: bool
) -> None:
    day = SATURDAY - timedelta(days=age)
    past = "a0,p07,1,massage,maya,n1,{}T08:00,60,completed,no\na1"
    plans = ("p07,dina,chronic,massage,,,2027-03-01", f"p07,dina,chronic,massage,,,{day}")
    changes = {"appointments": ("a1,p07,1", past.format(day) + ",p07,2"), "care_plans": plans}
    settle(db, tmp_path, changes)
    draft(db, [], unbooked=[("p07", 2), ("p08", 1), ("p08", 2)])
    publish(db, now=LATER, who="mia")
    write_feeds(db, tmp_path / "feeds")
    stamp = f"{day:%Y%m%d}T080000"
    assert (stamp in calendar(tmp_path / "feeds" / "clients" / "dina.ics")) is told


def test_a_folder_that_can_not_be_written_is_named(clinic: str, tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file", encoding="utf-8")
    with pytest.raises(OfficeError, match=r"feeds' can't be written"):
        write_feeds(clinic, tmp_path / "feeds")
