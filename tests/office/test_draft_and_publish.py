"""A draft shows what it would change, and is published only where the verifier agrees."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from office.change_plan import change_plan
from office.draft import summarise_draft, throw_draft_away
from office.errors import OfficeError
from office.import_folder import import_folder
from office.publish import Publication, Refused, publish
from office.settings import set_setting
from office.verify_schedule import verify_draft, verify_published
from scheduler.facts import PlanStatus
from tests.office.clinic import GOOD, LATER, NOW, SATURDAY, draft, folder, visit


def test_a_summary_says_what_is_kept_moved_new_and_lost(each_clinic: str) -> None:
    draft(each_clinic, [*GOOD[:2]], unbooked=[("p08", 1), ("p08", 2)])
    summary = summarise_draft(each_clinic)
    assert dict(summary.counts) == {"kept": 1, "moved": 0, "new": 1, "lost": 1}
    assert [entry.client for entry in summary.new] == ["Dina Young"]
    assert [(loss.before.client, loss.reason) for loss in summary.lost] == [("Ruth Okoye", "")]
    assert summary.unbooked == (("p08", 1), ("p08", 2))


def test_a_move_tells_from_where_to_where(clinic: str) -> None:
    draft(clinic)
    (move,) = summarise_draft(clinic).moved
    assert (move.before.starts_at.isoformat(), move.after.starts_at.isoformat()) == (
        "2027-03-01T08:00:00",
        "2027-03-02T09:00:00",
    )


def test_a_promise_that_broke_a_rule_says_which(clinic: str, tmp_path: Path) -> None:
    # Omar's only Monday shift goes from 09:00 now, and Ruth was promised 08:00.
    later = ("omar,south,mon,08:00", "omar,south,mon,09:00")
    changed = folder(tmp_path / "changed", {"shifts": later})
    with sqlite3.connect(clinic) as connection:
        connection.execute("DELETE FROM shifts WHERE therapist_id = 'omar' AND weekday = 0")
    connection.close()
    import_folder(clinic, changed, now=LATER, who="mia")
    draft(clinic)
    (move,) = summarise_draft(clinic).moved
    assert move.reason == "on-shift: Omar Haddad works there 09:00-13:00 that day."


def test_a_move_is_explained_by_the_settings_of_its_draft(db: str, tmp_path: Path) -> None:
    quarter = ("2027-03-01T08:00,60,booked,no\n", "2027-03-01T08:15,60,booked,no\n")
    import_folder(db, folder(tmp_path / "x", {"appointments": quarter}), now=NOW, who="mia")
    draft(db, [visit("p07", 1, "2027-03-01T09:30"), *GOOD[1:]])
    set_setting(db, "grid", "30", now=NOW, who="mia")
    assert {move.reason for move in summarise_draft(db).moved} == {""}


def test_a_paused_plans_promise_is_lost_and_says_so(clinic: str) -> None:
    change_plan(clinic, "p08", PlanStatus.PAUSED, today=SATURDAY, now=NOW, who="mia")
    draft(clinic, GOOD[:2], unbooked=())
    (loss,) = summarise_draft(clinic).lost
    assert loss.reason == "the care plan p08 is paused"


def test_a_good_draft_is_published(each_clinic: str) -> None:
    draft(each_clinic)
    assert (
        verify_draft(each_clinic).report.points == 3200
    )  # an urgent one unbooked, a promise moved
    published = publish(each_clinic, now=LATER, who="mia")
    assert published == Publication(1, {"kept": 1, "moved": 1, "new": 1, "lost": 0})
    report = verify_published(each_clinic).report
    assert (report.ok, report.booked, report.in_scope, report.points) == (True, 3, 4, 3000)
    with pytest.raises(OfficeError, match="there is no draft"):
        summarise_draft(each_clinic)


def test_a_draft_that_breaks_a_rule_is_refused_and_stays(each_clinic: str) -> None:
    draft(each_clinic, [*GOOD, visit("p08", 2, "2027-03-09T12:30", "omar")], unbooked=())
    refused = publish(each_clinic, now=LATER, who="mia")
    assert isinstance(refused, Refused)
    assert {finding.rule for finding in refused.findings} == {"on-shift"}
    assert verify_published(each_clinic).report.ok
    assert summarise_draft(each_clinic).counts["new"] == 2


def test_a_promise_frozen_since_the_draft_was_made_may_not_move(clinic: str) -> None:
    draft(clinic)
    set_setting(clinic, "freeze_days", "3", now=NOW, who="mia")
    refused = publish(clinic, now=LATER, who="mia")
    assert isinstance(refused, Refused)
    assert [finding.rule for finding in refused.findings] == ["pinned"]
    assert refused.since[0] == (
        "The draft was made with a freeze window of 0 days and the setting is now 3."
    )
    assert verify_draft(clinic).report.ok


def test_a_promise_off_every_published_grid_breaks_the_rule(db: str, tmp_path: Path) -> None:
    odd = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T08:07,60,booked,no\na2")
    import_folder(db, folder(tmp_path / "x", {"appointments": odd}), now=NOW, who="mia")
    draft(db, [visit("p07", 1, "2027-03-01T08:15"), *GOOD[1:]])
    assert [it.rule for it in verify_published(db).report.findings] == ["grid"]
    publish(db, now=LATER, who="mia")
    set_setting(db, "grid", "30", now=LATER, who="mia")
    verdict = verify_published(db)
    assert verdict.report.ok
    assert verdict.remarks[0].startswith("1 promise starts off the grid of 30 minutes")


def test_a_draft_of_an_older_version_is_refused(clinic: str) -> None:
    draft(clinic)
    publish(clinic, now=NOW, who="mia")
    draft(clinic)
    with sqlite3.connect(clinic) as connection:
        connection.execute("UPDATE drafts SET base_version = 0")
    connection.close()
    assert summarise_draft(clinic).stale
    with pytest.raises(OfficeError, match="another one was published since"):
        publish(clinic, now=LATER, who="mia")


def test_a_draft_of_a_plan_that_was_paused_since_is_refused(clinic: str) -> None:
    draft(clinic)
    change_plan(clinic, "p08", PlanStatus.PAUSED, today=SATURDAY, now=NOW, who="mia")
    with pytest.raises(OfficeError, match="sessions of p08, which may not be booked"):
        publish(clinic, now=LATER, who="mia")


def test_a_discarded_draft_changes_nothing(clinic: str) -> None:
    before = verify_published(clinic)
    draft(clinic)
    throw_draft_away(clinic, now=LATER, who="mia")
    assert verify_published(clinic) == before
    for refused in (
        lambda: throw_draft_away(clinic, now=LATER, who="mia"),
        lambda: publish(clinic, now=LATER, who="mia"),
        lambda: verify_draft(clinic),
    ):
        with pytest.raises(OfficeError, match="there is no draft"):
            refused()


def test_a_broken_promise_is_found_before_anything_was_published(db: str, tmp_path: Path) -> None:
    late = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T13:30,60,booked,no\na2")
    import_folder(db, folder(tmp_path / "x", {"appointments": late}), now=NOW, who="mia")
    report = verify_published(db).report
    assert [finding.rule for finding in report.findings] == ["on-shift"]
    assert (report.points, report.in_scope) == (0, 0)
