"""A decline frees its time in the next draft, and its session looks for another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from models.network import load_network
from office.draft import summarise_draft
from office.errors import OfficeError
from office.order import prepare
from office.publish import Publication, publish
from office.record import reading
from office.verify_schedule import verify_draft, verify_published
from office.why import drafted
from scheduler.facts import AppointmentStatus, Refusal
from tests.office.answers import answer, counter, take, uid_of
from tests.office.clinic import GOOD, LATER, draft, settle, visit
from tests.office.test_schedule_weeks import ORDER, plan, problem_of

PROMISED = datetime(2027, 3, 1, 8, 0)
REBOOKED = (visit("p07", 1, "2027-03-02T08:00"), *GOOD[1:])
"""As ``GOOD``, but with Dina's first session a day later."""


def decline(db: str) -> None:
    assert take(db, answer(uid_of(db), "DECLINED", "COMMENT:I work then")).holds == 1


def accept_after_all(db: str) -> None:
    later = "20270227T173000Z"
    assert take(db, answer(uid_of(db), "ACCEPTED", stamp=later)).holds == 1


def test_the_engine_gives_the_session_another_time(clinic: str) -> None:
    decline(clinic)
    done = plan(clinic)
    _, visits, _ = drafted(clinic)
    (found,) = (it for it in visits if (it.plan_id, it.session_number) == ("p07", 1))
    assert abs((found.starts_at - PROMISED).total_seconds()) >= 60 * 60
    assert done.outcome.parts["promise-moved"] == done.outcome.parts["promise-lost"] == 0
    verdict = verify_draft(clinic)
    assert (verdict.report.ok, verdict.report.points) == (True, done.outcome.points)
    assert verdict.remarks == ()
    assert summarise_draft(clinic).declined[0].after is not None


def test_where_there_is_no_other_time_it_is_lost_and_the_draft_says_why(
    db: str, tmp_path: Path
) -> None:
    hours = "".join(f"dina,{day},08:00,18:00\n" for day in ("mon", "tue", "wed", "thu", "fri"))
    settle(db, tmp_path, {"client_hours": (hours, "dina,mon,08:00,09:00\n")})
    decline(db)
    plan(db)
    (told,) = summarise_draft(db).declined
    assert told.after is None
    assert "can't come then, or has declined that time" in told.reason
    assert isinstance(publish(db, now=LATER, who="mia"), Publication)


def test_what_the_engine_is_asked(each_clinic: str) -> None:
    decline(each_clinic)
    desk = prepare(each_clinic, ORDER)
    assert desk.declined == {"a1"}
    assert {it.appointment_id for it in problem_of(desk).promises.values()} == {"a2"}
    refused = Refusal("dina", PROMISED, PROMISED.replace(hour=9))
    assert problem_of(desk).network.refusals == (refused,)


def test_whoever_accepts_after_all_keeps_the_time(each_clinic: str) -> None:
    decline(each_clinic)
    accept_after_all(each_clinic)
    desk = prepare(each_clinic, ORDER)
    assert (desk.declined, problem_of(desk).network.refusals) == (frozenset(), ())


def test_a_decline_outside_the_planned_weeks_frees_nothing_yet(clinic: str) -> None:
    decline(clinic)
    later = replace(ORDER, start=ORDER.start.replace(day=8), as_of=ORDER.start)
    assert prepare(clinic, later).declined == frozenset()


def test_a_proposal_moves_nothing(each_clinic: str) -> None:
    take(each_clinic, counter(uid_of(each_clinic), "20270302T170000Z", "20270302T180000Z"))
    desk = prepare(each_clinic, ORDER)
    assert (desk.declined, problem_of(desk).network.refusals) == (frozenset(), ())


def test_the_draft_says_what_was_declined_and_what_comes_instead(each_clinic: str) -> None:
    decline(each_clinic)
    draft(each_clinic, REBOOKED, declined=["a1"])
    summary = summarise_draft(each_clinic)
    (told,) = summary.declined
    assert (told.before.appointment_id, told.before.starts_at) == ("a1", PROMISED)
    assert told.after in summary.new
    assert (told.comment, told.reason) == ("I work then", "")
    assert (summary.counts["lost"], summary.counts["declined"]) == (0, 1)
    assert not summary.answered_since


def test_publishing_cancels_it_and_makes_a_new_appointment(each_clinic: str) -> None:
    uid = uid_of(each_clinic)
    decline(each_clinic)
    draft(each_clinic, REBOOKED, declined=["a1"])
    published = publish(each_clinic, now=LATER, who="mia")
    assert isinstance(published, Publication)
    assert published.counts["declined"] == 1
    with reading(each_clinic) as session:
        known = load_network(session).appointments
    one, other = (it for it in known if (it.plan_id, it.session_number) == ("p07", 1))
    assert (one.appointment_id, one.status) == ("a1", AppointmentStatus.CANCELLED)
    assert (other.starts_at, other.status) == (REBOOKED[0].starts_at, AppointmentStatus.BOOKED)
    assert uid_of(each_clinic, other.appointment_id) != uid
    assert verify_published(each_clinic).report.ok


def test_a_time_that_was_declined_is_refused_for_good(clinic: str) -> None:
    decline(clinic)
    draft(clinic, REBOOKED, declined=["a1"])
    publish(clinic, now=LATER, who="mia")
    desk = prepare(clinic, ORDER)
    assert desk.declined == frozenset()
    assert [it.starts_at for it in problem_of(desk).network.refusals] == [PROMISED]


def test_the_freed_time_goes_to_somebody_else_in_the_same_publication(
    database_url: str, tmp_path: Path
) -> None:
    northgate = {"clients": ("ruth,Ruth Okoye,,,south,,", "ruth,Ruth Okoye,,,north,south,")}
    db = settle(database_url, tmp_path, northgate)
    decline(db)
    draft(db, (*REBOOKED[:2], visit("p08", 1, "2027-03-01T08:00")), declined=["a1"])
    published = publish(db, now=LATER, who="mia")
    assert isinstance(published, Publication)
    assert (published.counts["moved"], published.counts["declined"]) == (1, 1)


def test_a_pin_does_not_hold_a_client_who_can_not_come(db: str, tmp_path: Path) -> None:
    a1 = "a1,p07,1,massage,maya,n1,2027-03-01T08:00,60,booked,"
    settle(db, tmp_path, {"appointments": (f"{a1}no", f"{a1}yes")})
    decline(db)
    draft(db, REBOOKED, declined=["a1"])
    assert verify_draft(db).report.ok
    assert isinstance(publish(db, now=LATER, who="mia"), Publication)


def test_a_draft_from_before_a_decline_can_not_be_published(each_clinic: str) -> None:
    draft(each_clinic)
    decline(each_clinic)
    summary = summarise_draft(each_clinic)
    assert (summary.counts["kept"], summary.answered_since) == (1, True)
    with pytest.raises(OfficeError, match=r"declined or accepted a1\. Nothing was changed"):
        publish(each_clinic, now=LATER, who="mia")


def test_a_draft_that_takes_back_what_was_accepted_after_all_can_not_be_published(
    clinic: str,
) -> None:
    decline(clinic)
    draft(clinic, REBOOKED, declined=["a1"])
    accept_after_all(clinic)
    with pytest.raises(OfficeError, match="declined or accepted a1"):
        publish(clinic, now=LATER, who="mia")
