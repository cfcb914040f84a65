"""The weeks are planned as a draft that improves on the one before."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.errors import StoreError
from models.schedule import load_draft
from office.change_plan import change_plan
from office.draft import summarise_draft
from office.errors import OfficeError
from office.order import Desk, Glance, Order, prepare
from office.publish import Publication, publish
from office.record import reading
from office.schedule_weeks import PlannedWeeks, schedule_weeks
from office.verify_schedule import verify_draft
from office.why import drafted
from scheduler.facts import PlanStatus
from scheduler.horizon import HorizonError
from scheduler.outcome import NothingInScope
from scheduler.problem import Problem
from tests.office.clinic import MONDAY, NOW, SATURDAY, draft, settle

ORDER = Order(start=MONDAY, weeks=2, as_of=SATURDAY, seconds=None, rounds=3)


def plan(db: str, order: Order = ORDER) -> PlannedWeeks:
    planned = schedule_weeks(db, order, now=NOW, who="mia")
    assert isinstance(planned, PlannedWeeks)
    assert planned.doubt is None
    return planned


def problem_of(desk: Desk) -> Problem:
    """What the engine is asked, where there is one region."""
    (region,) = desk.read()
    return region.problem


def test_a_draft_books_what_is_called_for(each_clinic: str) -> None:
    planned = plan(each_clinic)
    assert (planned.outcome.booked, planned.outcome.in_scope) == (4, 4)
    verdict = verify_draft(each_clinic)
    assert (verdict.report.ok, verdict.report.points) == (True, planned.outcome.points)
    assert verdict.remarks == ()
    assert summarise_draft(each_clinic).counts["kept"] == 2


def test_how_points_and_bound_went_is_kept_with_the_run(each_clinic: str) -> None:
    outcome = plan(each_clinic).outcome
    with reading(each_clinic) as session:
        kept = load_draft(session)
    assert kept is not None
    assert kept.run.history == outcome.history
    first, last = kept.run.history[0], kept.run.history[-1]
    assert (last.points, last.bound, last.booked) == (outcome.points, outcome.bound, 4)
    assert first.points >= last.points
    assert first.bound <= last.bound


def test_the_draft_can_be_published_and_planned_again(each_clinic: str) -> None:
    plan(each_clinic)
    assert isinstance(publish(each_clinic, now=NOW, who="mia"), Publication)
    plan(each_clinic)
    assert dict(summarise_draft(each_clinic).counts) == {
        "kept": 4,
        "moved": 0,
        "new": 0,
        "lost": 0,
    }


def test_a_second_run_improves_on_the_draft_unless_told(clinic: str) -> None:
    assert not plan(clinic).improved_on_draft
    assert plan(clinic).improved_on_draft
    assert not plan(clinic, replace(ORDER, fresh=True)).improved_on_draft
    assert not plan(clinic, replace(ORDER, weeks=1)).improved_on_draft


def test_the_same_order_gives_the_same_draft(clinic: str) -> None:
    order = replace(ORDER, fresh=True)
    drafts = [(plan(clinic, order).outcome.points, drafted(clinic)) for _ in range(2)]
    assert drafts[0] == drafts[1]


def test_who_waits_sees_how_it_goes(clinic: str) -> None:
    seen: list[Glance] = []
    schedule_weeks(clinic, ORDER, now=NOW, who="mia", watch=seen.append)
    assert seen[-1].booked == 4
    assert all(glance.in_scope == 4 for glance in seen)
    assert seen[-1].gap == pytest.approx((seen[-1].points - seen[-1].bound) / 8000)


def test_stopping_keeps_the_best_so_far(clinic: str) -> None:
    order = replace(ORDER, seconds=60.0, rounds=None)
    planned = schedule_weeks(clinic, order, now=NOW, who="mia", stop=lambda: True)
    assert isinstance(planned, PlannedWeeks)
    assert planned.outcome.interrupted
    assert summarise_draft(clinic).run.interrupted


def test_a_draft_notices_that_facts_changed(clinic: str) -> None:
    plan(clinic)
    change_plan(clinic, "p07", PlanStatus.PAUSED, today=SATURDAY, now=NOW, who="mia")
    assert verify_draft(clinic).remarks == (
        "Facts on record have changed since the draft was made.",
    )


def test_nothing_in_scope_is_an_answer_and_keeps_the_draft(clinic: str) -> None:
    draft(clinic)
    later = replace(ORDER, start=MONDAY + timedelta(weeks=20))
    answer = schedule_weeks(clinic, later, now=NOW, who="mia")
    assert isinstance(answer, NothingInScope)
    assert answer.reason
    assert summarise_draft(clinic).run.seed == 7


@pytest.mark.parametrize("status", [PlanStatus.PAUSED, PlanStatus.DISCONTINUED])
def test_promises_are_taken_back_where_no_plan_may_be_booked(
    each_clinic: str, status: PlanStatus
) -> None:
    for plan_id in ("p07", "p08"):
        change_plan(each_clinic, plan_id, status, today=SATURDAY, now=NOW, who="mia")
    planned = plan(each_clinic)
    assert (planned.outcome.in_scope, planned.outcome.points, planned.taken_back) == (0, 0, 2)
    lost = summarise_draft(each_clinic).lost
    assert [loss.reason for loss in lost] == [
        f"the care plan {plan_id} is {status.value}" for plan_id in ("p07", "p08")
    ]
    assert verify_draft(each_clinic).report.ok
    published = publish(each_clinic, now=NOW, who="mia")
    assert isinstance(published, Publication)
    assert published.counts["lost"] == 2
    assert isinstance(schedule_weeks(each_clinic, ORDER, now=NOW, who="mia"), NothingInScope)


def test_a_double_out_of_scope_is_nothing_to_take_back(db: str, tmp_path: Path) -> None:
    twice = ("a2,p08", "a3,p07,1,massage,maya,n1,2027-03-22T08:00,60,booked,no\na2,p08")
    settle(db, tmp_path, {"appointments": twice})
    later = replace(ORDER, start=MONDAY + timedelta(weeks=3))
    assert len(problem_of(prepare(db, later)).released) == 1
    assert isinstance(schedule_weeks(db, later, now=NOW, who="mia"), NothingInScope)


def test_paused_plans_are_out_of_scope(clinic: str) -> None:
    change_plan(clinic, "p07", PlanStatus.PAUSED, today=SATURDAY, now=NOW, who="mia")
    assert plan(clinic).outcome.in_scope == 2
    (loss,) = summarise_draft(clinic).lost
    assert loss.reason == "the care plan p07 is paused"


def test_a_promise_that_breaks_a_rule_is_moved_and_says_so(db: str, tmp_path: Path) -> None:
    # Maya's shift ends at 13:00.
    late = ("2027-03-01T08:00,60,booked,no\na2", "2027-03-01T13:30,60,booked,no\na2")
    settle(db, tmp_path, {"appointments": late})
    assert plan(db).outcome.booked == 4
    (move,) = summarise_draft(db).moved
    assert (move.before.client, move.reason[:9]) == ("Dina Young", "on-shift:")


@pytest.mark.parametrize(
    ("start", "as_of", "suggested"),
    [
        (date(2027, 2, 22), date(2027, 3, 1), "--from 2027-03-01"),
        (date(2027, 2, 22), date(2027, 3, 3), "--from 2027-03-08"),
        (date(2027, 2, 22), date(2027, 3, 7), "--from 2027-03-08"),
    ],
)
def test_weeks_that_are_over_can_not_be_planned(
    clinic: str, start: date, as_of: date, suggested: str
) -> None:
    with pytest.raises(HorizonError, match=f"{suggested}, or --as-of 2027-02-22"):
        prepare(clinic, replace(ORDER, start=start, as_of=as_of))


def test_the_running_week_can_still_be_planned(clinic: str) -> None:
    prepare(clinic, replace(ORDER, as_of=date(2027, 3, 7)))


@pytest.mark.parametrize(("start", "weeks"), [(date(2027, 3, 2), 2), (MONDAY, 0), (MONDAY, 60)])
def test_impossible_horizons_are_refused(clinic: str, start: date, weeks: int) -> None:
    with pytest.raises(HorizonError, match="Maybe"):
        prepare(clinic, replace(ORDER, start=start, weeks=weeks))


def test_a_record_that_is_locked_is_refused_before_the_search(clinic: str) -> None:
    other = sqlite3.connect(clinic, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    seen: list[Glance] = []
    with pytest.raises(StoreError, match="is locked by another program"):
        schedule_weeks(
            f"sqlite:///{clinic}?timeout=0.05", ORDER, now=NOW, who="mia", watch=seen.append
        )
    other.close()
    assert seen == []


def test_without_clinics_there_is_nothing_to_plan(db: str) -> None:
    with pytest.raises(OfficeError, match="nothing is known of the clinics yet"):
        prepare(db, ORDER)
