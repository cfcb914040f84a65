"""Regions are read, planned, judged and saved one by one, and make one draft in the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.runs import DraftRow
from models.schedule import begin_draft, load_draft
from models.settings import load_settings
from office.change_plan import change_plan
from office.draft import summarise_draft
from office.errors import OfficeError
from office.order import Glance, fingerprint_of_region, prepare
from office.publish import Publication, publish
from office.record import reading, writing
from office.schedule_weeks import schedule_weeks
from office.since import changed_since
from office.verify_schedule import verify_draft
from office.why import drafted
from scheduler.facts import PlanStatus
from scheduler.outcome import NothingInScope
from tests.office.clinic import LATER, NOW, SATURDAY, draft, settle
from tests.office.test_schedule_weeks import ORDER, plan

APART = {"clients": ("north,south,maya", "north,,maya")}
"""Dina comes to Northgate only: it has nothing to do with Southgate any more."""


@pytest.fixture
def two(database_url: str, tmp_path: Path) -> str:
    return settle(database_url, tmp_path, APART)


@pytest.fixture
def two_on_file(db: str, tmp_path: Path) -> str:
    return settle(db, tmp_path, APART)


def drafts(db: str) -> int:
    with reading(db) as session:
        return session.scalar(select(func.count()).select_from(DraftRow)) or 0


def test_the_draft_is_the_one_of_both_regions(two: str) -> None:
    planned = plan(two)
    assert (planned.outcome.booked, planned.outcome.in_scope, planned.taken_back) == (4, 4, 0)
    verdict = verify_draft(two)
    assert (verdict.report.ok, verdict.remarks) == (True, ())
    assert verdict.report.points == planned.outcome.points == planned.report.points
    run = summarise_draft(two).run
    assert (run.booked, run.stake, run.parts) == (4, 8000, planned.outcome.parts)
    assert {it.location_id for it in drafted(two)[1]} == {"north", "south"}
    assert drafts(two) == 1
    assert plan(two).improved_on_draft
    assert isinstance(publish(two, now=LATER, who="mia"), Publication)


def test_who_waits_hears_how_many_regions_are_done(two_on_file: str) -> None:
    seen: list[Glance] = []
    schedule_weeks(two_on_file, ORDER, now=NOW, who="mia", watch=seen.append)
    assert [it.done for it in seen] == sorted(it.done for it in seen)
    assert (seen[-1].done, seen[-1].begun, seen[-1].regions) == (2, 2, 2)
    assert (seen[-1].booked, seen[-1].in_scope) == (4, 4)


def test_a_region_with_nothing_in_scope_is_no_obstacle(two_on_file: str) -> None:
    change_plan(two_on_file, "p08", PlanStatus.PAUSED, today=SATURDAY, now=NOW, who="mia")
    planned = plan(two_on_file)
    assert (planned.outcome.in_scope, planned.taken_back) == (2, 1)


def test_nothing_in_scope_anywhere_keeps_the_draft(two_on_file: str) -> None:
    draft(two_on_file)
    later = replace(ORDER, start=ORDER.start.replace(month=8, day=2))
    assert isinstance(schedule_weeks(two_on_file, later, now=NOW, who="mia"), NothingInScope)
    assert summarise_draft(two_on_file).run.seed == 7
    assert drafts(two_on_file) == 1


class StoppedError(Exception):
    """What somebody who watches raises, to end the run between two regions."""


def test_a_run_that_ends_halfway_leaves_the_draft_before(two_on_file: str) -> None:
    draft(two_on_file)
    kept = read_draft(two_on_file)

    def give_up(glance: Glance) -> None:
        if glance.done == 2:  # one is on record, the other is about to be
            assert drafts(two_on_file) == 2
            raise StoppedError

    with pytest.raises(StoppedError):
        schedule_weeks(two_on_file, ORDER, now=NOW, who="mia", watch=give_up)
    assert drafts(two_on_file) == 1
    assert read_draft(two_on_file) == kept


def read_draft(db: str) -> object:
    with reading(db) as session:
        return load_draft(session)


def test_what_a_killed_run_left_goes_after_a_day(two: str) -> None:
    with writing(two) as session:
        begin_draft(session, NOW.replace(day=25), 0)
        begin_draft(session, NOW, 0)
    plan(two)
    assert drafts(two) == 2  # ours, and one that may still be at work


def test_regions_that_are_tied_meanwhile_stop_the_run(two_on_file: str, tmp_path: Path) -> None:
    desk = prepare(two_on_file, ORDER)
    reading_one_by_one: Iterator[object] = desk.read()
    next(reading_one_by_one)
    settle(two_on_file, tmp_path / "later")  # Dina may come to Southgate after all
    with pytest.raises(OfficeError, match=r"There is no new draft. Maybe careweave schedule"):
        next(reading_one_by_one)


def test_a_draft_whose_regions_were_fingerprinted_as_one_has_not_changed(two_on_file: str) -> None:
    plan(two_on_file)
    problem = drafted(two_on_file)[0]
    with reading(two_on_file) as session:
        kept, settings = load_draft(session), load_settings(session)
    assert kept is not None
    assert kept.run.fingerprint != fingerprint_of_region(problem)
    for printed, remarks in ((fingerprint_of_region(problem), 0), ("0" * 64, 1)):
        run = replace(kept.run, fingerprint=printed)
        assert len(changed_since(run, problem.network, settings)) == remarks
