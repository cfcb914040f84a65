"""Files and folders that are not what they should be, from a typing slip to rubbish."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic

import pytest

from office.exchange import ExchangeFaults, Fault, read_folder, read_tables
from office.exchange.files import MAX_BYTES
from office.exchange.sheet import MAX_FAULTS
from tests.exchange.folder import FILES, make_folder, spoil

HEADER = "room_id,location_id,name,kind"
COLUMNS = "room_id, location_id, name, kind. Maybe 'kind'?"
UTF8 = "expected a text in UTF-8. Maybe save the file as 'CSV UTF-8'?"
CSV = "Maybe a quotation mark is not doubled or not closed?"
EXPECTED = "expected 4 cells, as in the header line;"
FEW = "this column and those after it have none."
UNQUOTED = "Maybe a text with a comma or semicolon in it lacks its quotation marks?"
MANY = f"after this column stands 'massage' as well. {UNQUOTED}"


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ExchangeFaults) as raised:
        read_folder(folder)
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            HEADER,
            "room_id,location_id,name,knd",
            [
                f"line 1, column 'knd': found 'knd', expected one of the columns {COLUMNS}",
                "line 1, column 'kind': expected this column in the header line.",
            ],
        ),
        (
            "s1,south,South 1,massage",
            "s1,south,South 1",
            [f"line 3, column 'kind': found '3 cells', {EXPECTED} {FEW}"],
        ),
        (
            "s1,south,South 1,massage",
            "s1",
            [f"line 3, column 'location_id': found '1 cell', {EXPECTED} {FEW}"],
        ),
        (
            "s1,south,South 1,massage",
            "s1,south,South 1, upstairs,massage",
            [
                f"line 3, column 'kind': found '5 cells', {EXPECTED} {MANY}",
            ],
        ),
        (
            HEADER,
            "a table of rooms",
            [f"line 1: expected the header line {HEADER}."],
        ),
        (
            "South 1",
            '"South" 1',
            [f"line 3: expected well-formed CSV (',' expected after '\"'). {CSV}"],
        ),
        (
            "South 1",
            '"South 1',
            [f"line 3: expected well-formed CSV (unexpected end of data). {CSV}"],
        ),
        (
            "South 1",
            "S" * 131_073,
            [f"line 3: expected well-formed CSV (field larger than field limit (131072)). {CSV}"],
        ),
        (
            "South 1",
            "," * 2**20,
            [f"line 3: expected well-formed CSV (a line is longer than 1048576 characters). {CSV}"],
        ),
    ],
)
def test_what_is_wrong_with_lines_is_said(
    tmp_path: Path, old: str, new: str, messages: list[str]
) -> None:
    folder = make_folder(tmp_path)
    spoil(folder, "rooms.csv", old, new)
    assert faults_of(folder) == [f"rooms.csv, {message}" for message in messages]


def test_a_column_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    rooms = FILES["rooms.csv"].replace("\n", ",x\n").replace("kind,x", "kind,kind")
    folder = make_folder(tmp_path, {**FILES, "rooms.csv": rooms})
    assert faults_of(folder) == [
        "rooms.csv, line 1, column 'kind': found 'kind', expected each column once."
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            FILES["rooms.csv"].replace("South", "Süd").encode("latin-1"),
            f"line 3: found 'byte 0xfc at offset 65', {UTF8}",
        ),
        (FILES["rooms.csv"].encode("utf-16"), f"line 1: found 'UTF-16', {UTF8}"),
        (
            FILES["rooms.csv"].encode("utf-16-le"),
            f"line 1: found 'a NUL byte at offset 1', {UTF8}",
        ),
        (
            FILES["rooms.csv"].replace("North", "\0").encode(),
            f"line 2: found 'a NUL byte at offset 39', {UTF8}",
        ),
        (b"", f"line 1: expected the header line {HEADER}."),
        (b"\xef\xbb\xbf\r\n\r\n", f"line 1: expected the header line {HEADER}."),
    ],
)
def test_bytes_that_are_no_text_are_named(tmp_path: Path, content: bytes, message: str) -> None:
    folder = make_folder(tmp_path, {**FILES, "rooms.csv": content})
    assert faults_of(folder) == [f"rooms.csv, {message}"]


def test_a_missing_file_is_a_fault_unless_it_is_optional(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    for name in ("closures", "travel", "time_off", "client_away", "appointments", "services"):
        (folder / f"{name}.csv").unlink()
    assert faults_of(folder) == ["services.csv: expected this file in the folder."]
    with pytest.raises(ExchangeFaults, match=r"services\.csv: expected this file"):
        read_tables(folder)


def test_an_optional_file_that_is_missing_has_no_rows(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "travel.csv").unlink()
    assert read_folder(folder).travel == ()
    assert read_tables(folder)["travel"] == []


def test_another_csv_file_is_a_fault_and_other_files_are_not(tmp_path: Path) -> None:
    other = {"Rooms.CSV": "", ".~lock.csv": "", "notes.txt": "", "readme.md": "", "zebra.csv": ""}
    folder = make_folder(tmp_path, {**FILES, **other})
    assert faults_of(folder) == [
        "Rooms.CSV: expected no other .csv file in the folder. Maybe 'rooms.csv'?",
        "zebra.csv: expected no other .csv file in the folder.",
    ]


def test_what_is_no_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "empty").mkdir()
    assert [faults_of(tmp_path / name)[0] for name in ("file", "loop", "gone", "empty", "\0")] == [
        "file: expected a folder that can be read (Not a directory).",
        "loop: expected a folder that can be read (Too many levels of symbolic links).",
        "gone: expected a folder that can be read (No such file or directory).",
        "empty: expected a folder with files such as locations.csv.",
        "\\x00: expected a folder that can be read (embedded null byte).",
    ]


def test_what_is_no_file_is_a_fault_and_nobody_waits_for_it(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    for name in ("rooms.csv", "travel.csv", "shifts.csv"):
        (folder / name).unlink()
    (folder / "rooms.csv").mkdir()
    os.mkfifo(folder / "travel.csv")
    (folder / "shifts.csv").symlink_to("shifts.csv")
    assert faults_of(folder) == [
        "rooms.csv: expected a file; this is something else of that name.",
        "travel.csv: expected a file; this is something else of that name.",
        "shifts.csv: expected a file that can be read (Too many levels of symbolic links).",
    ]


def test_two_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    with (folder / "rooms.csv").open("wb") as file:
        file.truncate(200 * 2**20)
    start = monotonic()
    assert faults_of(folder) == ["rooms.csv: expected at most 64 MiB; this file has 200 MiB."]
    assert monotonic() - start < 2
    assert MAX_BYTES == 64 * 2**20


def test_a_long_file_of_rubbish_is_given_up_after_many_faults(tmp_path: Path) -> None:
    rows = f"{HEADER}\n" + "x\n" * (MAX_FAULTS + 5)
    faults = faults_of(make_folder(tmp_path, {**FILES, "rooms.csv": rows}))
    assert len(faults) == MAX_FAULTS + 1
    assert faults[0] == (
        f"rooms.csv: expected fewer than {MAX_FAULTS} faults; the rest of the file was not read."
    )


def test_all_faults_of_all_files_come_at_once_in_the_order_of_the_contract(
    tmp_path: Path,
) -> None:
    folder = make_folder(tmp_path)
    (folder / "client_hours.csv").unlink()
    (folder / "services.csv").write_bytes(b"\xff")
    spoil(folder, "appointments.csv", "completed", "done")
    spoil(folder, "shifts.csv", "13:00", "11:00")
    spoil(folder, "locations.csv", "north,North Clinic", "north,")
    spoil(folder, "travel.csv", "25", "-25")
    spoil(folder, "clients.csv", "dora,Dora Dean,,", "dora,,Dora,")
    with pytest.raises(ExchangeFaults) as raised:
        read_folder(folder)
    assert [(fault.file, fault.line) for fault in raised.value.faults] == [
        ("locations.csv", 2),
        ("travel.csv", 2),
        ("services.csv", 1),
        ("shifts.csv", 3),
        ("clients.csv", 3),
        ("clients.csv", 3),
        ("client_hours.csv", None),
        ("appointments.csv", 2),
    ]
    message = str(raised.value)
    assert message.startswith("the exchange folder has 8 faults:\n  locations.csv, line 2, ")
    assert message.count("\n") == 8


def test_a_message_shows_two_hundred_faults_and_counts_the_others() -> None:
    faults = ExchangeFaults(Fault("rooms.csv", line, None, None, "x") for line in range(203))
    assert str(faults).count("\n  rooms.csv") == 200
    assert str(faults).endswith("\n  ... and 3 more.")
    assert len(faults.faults) == 203


def test_a_message_neither_runs_on_nor_moves_the_cursor() -> None:
    fault = Fault("a\x1b[2J.csv", 1, "name", "\x1b[31m" + "x" * 500, "a name")
    assert str(fault) == (
        f"a\\x1b[2J.csv, line 1, column 'name': found '\\x1b[31m{'x' * 55}…', expected a name."
    )
