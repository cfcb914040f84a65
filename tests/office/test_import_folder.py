"""An exchange folder comes in whole or not at all, and comes out as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.network import load_network
from office.exchange import ExchangeFaults
from office.export_folder import export_folder
from office.import_folder import import_folder
from office.record import reading
from tests.office.clinic import LATER, NOW, draft, folder, settle


def test_everything_is_new_at_first_and_nothing_the_second_time(
    database_url: str, tmp_path: Path
) -> None:
    path = folder(tmp_path / "exchange")
    first = import_folder(database_url, path, now=NOW, who="mia")
    assert (first.inserted["clients"], first.inserted["care_plan_phases"]) == (3, 3)
    second = import_folder(database_url, path, now=LATER, who="mia")
    assert not second.changed


def test_one_fault_keeps_everything_out(db: str, tmp_path: Path) -> None:
    path = folder(tmp_path / "exchange", {"rooms": ("s1,south", "s1,nowhere")})
    with pytest.raises(ExchangeFaults, match=r"rooms.csv, line 4, column 'location_id'"):
        import_folder(db, path, now=NOW, who="mia")
    with reading(db) as session:
        assert load_network(session).locations == ()


def test_a_promise_that_breaks_a_rule_comes_in_with_a_warning(db: str, tmp_path: Path) -> None:
    # Maya's shift ends at 13:00.
    late = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T13:30,60,booked,no\na2")
    path = folder(tmp_path / "exchange", {"appointments": late})
    imported = import_folder(db, path, now=NOW, who="mia")
    assert [(it.rule, it.appointment_ids) for it in imported.warnings] == [("on-shift", ("a1",))]


def test_an_export_imports_again_without_a_change(each_clinic: str, tmp_path: Path) -> None:
    export_folder(each_clinic, tmp_path / "out")
    assert not import_folder(each_clinic, tmp_path / "out", now=LATER, who="mia").changed


def test_an_export_of_the_draft_has_its_appointments(clinic: str, tmp_path: Path) -> None:
    draft(clinic)
    assert export_folder(clinic, tmp_path / "out", draft=True).appointments == 3
    text = (tmp_path / "out" / "appointments.csv").read_text(encoding="utf-8")
    assert "a2,p08,1,massage,omar,s1,2027-03-02T09:00,60,booked,no" in text
    assert "p07,2,massage,maya,n1,2027-03-08T08:00,60,booked,no" in text


def test_promises_of_another_grid_are_no_warning(db: str, tmp_path: Path) -> None:
    from office.settings import set_setting

    settle(db, tmp_path)
    set_setting(db, "grid", "5", now=NOW, who="mia")
    odd = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T08:05,60,booked,no\na2")
    path = folder(tmp_path / "odd", {"appointments": odd})
    assert import_folder(db, path, now=LATER, who="mia").warnings == ()
