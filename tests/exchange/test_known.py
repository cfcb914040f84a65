"""A folder changes what the database holds row by row, and leaves the rest alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from office.exchange import ExchangeFaults, read_folder
from scheduler.facts import Network
from tests.exchange.folder import FILES, make_folder

ROOMS = "room_id,location_id,name,kind\n"


@pytest.fixture
def known(tmp_path: Path) -> Network:
    return read_folder(make_folder(tmp_path / "known"))


def merged(tmp_path: Path, known: Network, **files: str) -> Network:
    part = {f"{name}.csv": content for name, content in files.items()}
    return read_folder(make_folder(tmp_path / "part", part), known)


def faults_of(tmp_path: Path, known: Network, **files: str) -> list[str]:
    with pytest.raises(ExchangeFaults) as raised:
        merged(tmp_path, known, **files)
    return [str(fault) for fault in raised.value.faults]


def test_the_same_folder_twice_changes_nothing(tmp_path: Path, known: Network) -> None:
    assert read_folder(make_folder(tmp_path / "again"), known) == known


def test_a_known_id_is_updated_a_new_one_added_and_the_others_stay(
    tmp_path: Path, known: Network
) -> None:
    network = merged(tmp_path, known, rooms=f"{ROOMS}s1,south,Annex,rehab\ne1,north,East,massage\n")
    assert [(room.room_id, room.name) for room in network.rooms] == [
        ("e1", "East"),
        ("n1", "North 1"),
        ("s1", "Annex"),
    ]
    assert network.clients == known.clients


def test_travel_is_updated_in_either_direction(tmp_path: Path, known: Network) -> None:
    rows = "from_location_id,to_location_id,minutes\nsouth,north,40\n"
    assert [row.minutes for row in merged(tmp_path, known, travel=rows).travel] == [40]


def test_a_closure_of_every_location_is_updated_by_its_date(tmp_path: Path, known: Network) -> None:
    network = merged(tmp_path, known, closures="location_id,date,reason\n,2027-12-25,Boxing\n")
    assert [(row.date, row.reason) for row in network.closures] == [
        (date(2027, 12, 25), "Boxing"),
        (date(2027, 3, 12), ""),
    ]


def test_a_phase_is_updated_and_the_plan_keeps_its_others(tmp_path: Path, known: Network) -> None:
    header = "plan_id,phase,sessions_per_week,weeks\n"
    network = merged(tmp_path, known, care_plan_phases=f"{header}p1,1,1,5\np1,3,1,1\n")
    assert [phase.weeks for phase in network.care_plans[0].phases] == [5, 4, 1]


def test_an_id_that_only_the_database_holds_is_known(tmp_path: Path, known: Network) -> None:
    merged(tmp_path, known, rooms=f"{ROOMS}s2,south,South 2,massage\n")
    (fault,) = faults_of(tmp_path, known, rooms=f"{ROOMS}s2,west,West,massage\n")
    assert fault == (
        "rooms.csv, line 2, column 'location_id': found 'west', "
        "expected an id that locations.csv holds."
    )


def test_a_file_may_be_missing_only_where_its_rows_are_known(
    tmp_path: Path, known: Network
) -> None:
    locations = Network(locations=known.locations)
    faults = faults_of(tmp_path, locations, rooms=FILES["rooms.csv"])
    assert faults[0] == "opening_hours.csv: expected this file in the folder."
    assert len(faults) == 10 - 2  # ten files must be there; locations are known, rooms given


def test_a_shift_that_overlaps_one_in_the_database_is_a_fault(
    tmp_path: Path, known: Network
) -> None:
    header = FILES["shifts.csv"].splitlines()[0]
    (fault,) = faults_of(tmp_path, known, shifts=f"{header}\nann,south,mon,07:30,08:01,,\n")
    assert fault == (
        "shifts.csv, line 2, column 'starts': found '07:30', expected shifts of 'ann' that do "
        "not overlap: the database has 08:00-12:00 at 'north'."
    )


def test_a_location_that_moves_to_another_zone_tears_people_in_the_database(
    tmp_path: Path, known: Network
) -> None:
    header = FILES["locations.csv"].splitlines()[0]
    faults = faults_of(tmp_path, known, locations=f"{header}\nnorth,N,,America/Denver,\n")
    assert [fault.split(", but")[0] for fault in faults] == [
        "locations.csv, line 2, column 'timezone': found 'America/Denver', "
        f"expected one time zone for {who}"
        for who in ("therapist 'ann'", "client 'cleo'")
    ]


def test_phases_can_not_become_too_short_for_an_appointment_in_the_database(
    tmp_path: Path, known: Network
) -> None:
    header = "plan_id,phase,sessions_per_week,weeks\n"
    (fault,) = faults_of(tmp_path, known, care_plan_phases=f"{header}p1,1,1,3\n")
    assert fault == (
        "care_plan_phases.csv, line 2, column 'weeks': found '3', expected at least 8 sessions in "
        "all phases of 'p1', not 5: the database holds appointment 'a2' of that session."
    )
