from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.verifier.tiny import Network, Row, booked, network
from verifier.__main__ import main

GOOD = booked("a", "2027-03-01T09:00")
WRONG = booked("a", "2027-03-01T09:07")


def write(folder: Path, tables: Network, *, delimiter: str = ",", encoding: str = "utf-8") -> str:
    """The exchange folder of these tables; empty ones are left out."""
    for name, rows in tables.items():
        if rows:
            write_rows(folder / f"{name}.csv", rows, delimiter=delimiter, encoding=encoding)
    return str(folder)


def write_rows(path: Path, rows: list[Row], *, delimiter: str, encoding: str) -> None:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def test_a_schedule_that_keeps_every_rule_is_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([write(tmp_path, network(GOOD))]) == 0
    assert capsys.readouterr().out == "Every rule is kept.\n"


def test_findings_are_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([write(tmp_path, network(WRONG))]) == 1
    out = capsys.readouterr().out
    assert out.startswith("grid: Dina Young with Maya Rossi on Mon 1 Mar 2027, 09:07-10:07")
    assert out.endswith("1 finding.\n")


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    tables = network(WRONG)
    assert main([write(tmp_path, tables, delimiter=";", encoding="utf-8-sig")]) == 1


def test_another_schedule_can_be_judged(tmp_path: Path) -> None:
    draft = tmp_path / "draft.csv"
    write_rows(draft, [WRONG], delimiter=",", encoding="utf-8")
    assert main([write(tmp_path, network(GOOD)), "--schedule", str(draft)]) == 1


def test_json_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, network(WRONG))
    horizon = ["--from", "2027-03-01", "--weeks", "4", "--as-of", "2027-02-27", "--json"]
    assert main([folder, *horizon]) == 1
    report = json.loads(capsys.readouterr().out)
    assert not report["ok"]
    assert report["findings"][0]["rule"] == "grid"
    assert report["findings"][0]["appointment_ids"] == ["a"]
    # Dina's four sessions and Ruth's, one of them booked.
    assert (report["booked"], report["in_scope"], report["stake"]) == (1, 8, 8000)
    assert report["points"] == report["parts"]["unbooked"] == 7000


def test_a_horizon_prints_the_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, network(GOOD))
    assert main([folder, "--from", "2027-03-01", "--weeks", "4"]) == 0
    expected = "1 of 8 sessions booked, 7000 points (unbooked 7000), 8000 at stake.\n"
    assert capsys.readouterr().out.endswith(expected)


def test_the_grid_and_the_freeze_window_can_be_given(tmp_path: Path) -> None:
    folder = write(tmp_path, network(booked("a", "2027-03-01T09:10")))
    horizon = ["--from", "2027-03-01", "--weeks", "4"]
    assert main([folder, *horizon]) == 1
    assert main([folder, *horizon, "--grid", "10", "--freeze-days", "2"]) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"location_id,name\nnorth,Z\xfcrich\n", "not UTF-8"),
        (b"location_id\nnorth\n", "no column name"),
        (b"", "no column location_id, name"),
        (b'location_id,name\nnorth,"North', "can't be read as CSV"),
        (b"location_id,name\nnorth,\n", "locations, row 2, name"),
        (b"location_id,name\nnorth\n", "locations, row 2, name"),
        (b"location_id,name\nnorth," + b"x" * 200_000, "can't be read as CSV"),
    ],
)
def test_rubbish_is_2_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    folder = write(tmp_path, network(GOOD))
    (tmp_path / "locations.csv").write_bytes(content)
    assert main([folder]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert "Maybe" in captured.err


def test_every_unreadable_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, network(GOOD))
    (tmp_path / "rooms.csv").unlink()
    (tmp_path / "shifts.csv").unlink()
    (tmp_path / "shifts.csv").mkdir()
    assert main([folder]) == 2
    rooms, shifts = capsys.readouterr().err.splitlines()
    assert "rooms.csv: the file is missing" in rooms
    assert "shifts.csv: it can't be read" in shifts


def test_no_folder_no_schedule_and_no_monday_are_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, network(GOOD))
    assert main([str(tmp_path / "nowhere")]) == 2
    assert main([folder, "--schedule", str(tmp_path / "nothing.csv")]) == 2
    assert main([folder, "--from", "2027-03-02"]) == 2
    folder_fault, schedule_fault, monday = capsys.readouterr().err.splitlines()
    assert "no such folder" in folder_fault
    assert "nothing.csv: the file is missing" in schedule_fault
    assert "Maybe 2027-03-01?" in monday


@pytest.mark.parametrize("arguments", [["--weeks", "4"], ["--from", "March"], ["--grid", "x"]])
def test_options_that_make_no_sense_are_2(tmp_path: Path, arguments: list[str]) -> None:
    folder = write(tmp_path, network(GOOD))
    with pytest.raises(SystemExit) as end:
        main([folder, *arguments])
    assert end.value.code == 2
