"""``db``, ``import``, ``export`` and ``settings``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, runner
from tests.office.clinic import folder


def test_a_database_is_created_once(tmp_path: Path) -> None:
    run = runner(str(tmp_path / "new.db"))
    assert run("db", "upgrade").output.startswith("Created the database ")
    assert run("db", "upgrade").output.endswith("is up to date.\n")


def test_an_import_counts_what_is_new(empty: Run, tmp_path: Path) -> None:
    path = str(folder(tmp_path / "exchange"))
    first = empty("import", path)
    assert first.exit_code == 0
    assert "care_plans           3         0" in first.output
    assert empty("import", path).output == "Nothing new: the database knew all of it already.\n"
    assert json.loads(empty("import", path, "--json").output)["warnings"] == []


def test_every_fault_of_a_folder_is_listed_and_nothing_is_changed(
    empty: Run, tmp_path: Path
) -> None:
    path = folder(tmp_path / "exchange", {"rooms": ("s1,south", "s1,nowhere")})
    (path / "services.csv").unlink()
    result = empty("import", str(path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: the exchange folder has 2 faults:" in result.stderr
    assert "  rooms.csv, line 4, column 'location_id': found 'nowhere', expected" in result.stderr
    assert "  services.csv: expected this file in the folder." in result.stderr
    assert empty("plan", "list").output.startswith("There is no such care plan.")


def test_a_broken_promise_is_a_warning(empty: Run, tmp_path: Path) -> None:
    late = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T13:30,60,booked,no\na2")
    result = empty("import", str(folder(tmp_path / "exchange", {"appointments": late})))
    assert result.exit_code == 0
    assert (
        "Warning: 1 promise breaks a rule (1 finding). The next schedule moves or drops"
        in result.stderr
    )
    assert "  on-shift: Dina Young with Maya Rossi on Mon 1 Mar 2027" in result.stderr


def test_promises_and_findings_are_counted_apart(empty: Run, tmp_path: Path) -> None:
    # The clinic closes at 18:00 and Maya's shift at 13:00; Dina can come until 18:00.
    late = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T17:30,60,booked,no\na2")
    path = str(folder(tmp_path / "exchange", {"appointments": late}))
    assert "Warning: 1 promise breaks a rule (3 findings)." in empty("import", path).stderr


def test_an_export_can_be_imported_again(run: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert run("export", out).output == f"Wrote 15 files with 2 appointments to {out}.\n"
    assert run("import", out).output.startswith("Nothing new")


def test_settings_are_listed_and_set(run: Run) -> None:
    assert run("settings", "set", "grid", "30").output == "grid is now 30 (default 15).\n"
    named = run("settings", "set", "clinic_name", "Willow").output
    assert named == "clinic_name is now Willow (empty by default).\n"
    listed = {it["key"]: it["value"] for it in json.loads(run("settings", "list", "--json").output)}
    assert (listed["grid"], listed["client_names"]) == ("30", "initials")
    assert "minutes between possible starts" in run("settings", "list").output
    assert run("settings", "set", "grid", "7").exit_code == 2


def test_a_new_grid_counts_the_promises_that_are_off_it(empty: Run, tmp_path: Path) -> None:
    # Promises far ahead, whenever this test runs; the past counts for nothing.
    later = ("2027-03-01T08:00,60,booked,no\na2", "2199-03-04T08:15,60,booked,no\na2")
    empty("import", str(folder(tmp_path / "exchange", {"appointments": later})))
    assert empty("settings", "set", "grid", "5").stderr == ""
    assert empty("settings", "set", "grid", "30").stderr == (
        "Warning: 1 promise starts off the new grid. "
        "The next careweave schedule moves or drops what lies in its weeks.\n"
    )
