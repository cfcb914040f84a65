"""Busy times keep appointments away: engine, verifier and publishing see them as time off."""

from __future__ import annotations

from pathlib import Path

from models.network import load_exchange, load_network
from office.export_folder import export_folder
from office.import_folder import import_folder
from office.order import Order
from office.publish import Refused, publish
from office.record import reading
from office.schedule_weeks import PlannedWeeks, schedule_weeks
from office.verify_schedule import verify_draft, verify_published
from office.why import drafted
from tests.office.busy_calendars import DENTIST, add, on, write
from tests.office.clinic import LATER, MONDAY, NOW, SATURDAY, draft

ORDER = Order(start=MONDAY, weeks=2, as_of=SATURDAY, seconds=None, rounds=3)
WEEK = on("20270301", "0800", "1145", "RRULE:FREQ=DAILY;COUNT=12")
"""Every day of both weeks from 08:00 to 11:45; an hour with its changeover fits in until 13:00."""


def test_the_next_draft_keeps_out_of_busy_times(each_clinic: str, tmp_path: Path) -> None:
    add(each_clinic, write(tmp_path / "maya.ics", WEEK))
    add(each_clinic, write(tmp_path / "maya2.ics", DENTIST))  # both may say it
    planned = schedule_weeks(each_clinic, ORDER, now=NOW, who="mia")
    assert isinstance(planned, PlannedWeeks)
    assert planned.doubt is None  # engine and verifier agree
    visits = [it for it in drafted(each_clinic)[1] if it.therapist_id == "maya"]
    assert visits
    assert {f"{it.starts_at:%H:%M}" for it in visits} == {"11:45"}
    assert verify_draft(each_clinic).report.ok


def test_the_verifier_finds_a_promise_in_a_busy_time(each_clinic: str, tmp_path: Path) -> None:
    assert verify_published(each_clinic).report.ok
    add(each_clinic, write(tmp_path / "maya.ics", DENTIST))
    (finding,) = verify_published(each_clinic).report.findings
    assert (finding.rule, finding.appointment_ids) == ("time-off", ("a1",))
    assert finding.message.endswith("(busy in another calendar).")


def test_a_draft_from_before_is_refused(clinic: str, tmp_path: Path) -> None:
    draft(clinic)
    add(clinic, write(tmp_path / "maya.ics", on("20270308", "0830", "0930")))
    refused = publish(clinic, now=LATER, who="mia")
    assert isinstance(refused, Refused)
    assert {it.rule for it in refused.findings} == {"time-off"}
    assert "Facts on record have changed since the draft was made." in refused.since


def test_busy_times_beside_its_weeks_leave_a_draft_as_it_is(clinic: str, tmp_path: Path) -> None:
    schedule_weeks(clinic, ORDER, now=NOW, who="mia")
    before, after = on("20270226", "0900", "1000"), on("20270315", "0900", "1000")
    add(clinic, write(tmp_path / "maya.ics", before, after))
    assert verify_draft(clinic).remarks == ()
    add(clinic, write(tmp_path / "within.ics", on("20270314", "0900", "1000")))
    (remark,) = verify_draft(clinic).remarks
    assert remark == "Facts on record have changed since the draft was made."


def test_an_export_holds_no_busy_times_and_imports_without_a_change(
    each_clinic: str, tmp_path: Path
) -> None:
    add(each_clinic, write(tmp_path / "maya.ics", DENTIST))
    out = tmp_path / "out"
    export_folder(each_clinic, out)
    assert (out / "time_off.csv").read_text() == "therapist_id,starts_at,ends_at,reason\n"
    imported = import_folder(each_clinic, out, now=LATER, who="mia")
    assert not imported.changed
    assert [it.rule for it in imported.warnings] == ["time-off"]  # which the promise still breaks
    with reading(each_clinic) as session:
        assert load_exchange(session).time_off == ()
        assert len(load_network(session).time_off) == 1
