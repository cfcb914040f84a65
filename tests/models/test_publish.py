"""A draft becomes what is promised: kept, moved, new and lost appointments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.audit import AuditRow
from models.changes import new_ids
from models.network import load_network, save_network
from models.schedule import (
    Kind,
    Published,
    discard_draft,
    draft_appointments,
    draft_changes,
    load_draft,
    publish_draft,
    published_run,
    published_version,
    save_draft,
)
from models.store import DoubleBookingError, Store, StoreError
from scheduler.facts import Appointment, AppointmentStatus, Network, PlanStatus
from tests.models.samples import LATER, MONDAY, appointment, at, draft, network, run, save, visit
from tests.models.test_network import load, row


def publish(store: Store) -> Published:
    """Publish the draft; what ``export --draft`` said before is what is published after."""
    with store.reading() as session:
        announced = draft_appointments(session)
    with store.writing() as session:
        published = publish_draft(session, LATER, "mia")
    assert load(store).appointments == announced
    return published


def published(store: Store, key: str) -> Appointment:
    return next(it for it in load(store).appointments if it.appointment_id == key)


def test_a_kept_appointment_stays_as_it_is(store: Store) -> None:
    save(store, appointment("a1"))
    before = row(store, "a1")
    draft(store, [visit("p1", at(0, "10:00"))])
    assert publish(store).counts == {Kind.KEPT: 1}
    assert row(store, "a1") == before


def test_a_moved_appointment_keeps_its_identity(store: Store) -> None:
    save(store, appointment("a1"))
    before = row(store, "a1")
    draft(store, [visit("p1", at(1, "10:00"))])
    assert publish(store).counts == {Kind.MOVED: 1}
    after = row(store, "a1")
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)
    assert (after["revised_at"], after["published_version"]) == (LATER, 1)
    assert after["starts_at"] == before["starts_at"] + timedelta(days=1)


def test_another_room_is_no_news_for_the_client(store: Store) -> None:
    save(store, appointment("a1"))
    draft(store, [visit("p1", at(0, "10:00"), room="n2")])
    assert publish(store).counts == {Kind.KEPT: 1}
    assert (row(store, "a1")["room_id"], row(store, "a1")["sequence"]) == ("n2", 0)


def test_a_lost_appointment_is_cancelled_and_stays_on_record(store: Store) -> None:
    save(store, appointment("a1"))
    draft(store, [], [("p1", 1)])
    assert publish(store).counts == {Kind.LOST: 1}
    assert published(store, "a1").status is AppointmentStatus.CANCELLED
    assert (row(store, "a1")["sequence"], row(store, "a1")["revised_at"]) == (1, LATER)


def test_new_appointments_go_on_with_the_clinics_numbers(store: Store) -> None:
    save(store, appointment("a00419", "p3", at(2, "10:00")))
    draft(store, [visit("p2", at(1, "10:00")), visit("p1", at(0, "10:00"))])
    assert publish(store).counts == {Kind.NEW: 2}
    assert [it.appointment_id for it in load(store).appointments] == ["a00419", "a00420", "a00421"]
    new = row(store, "a00420")
    assert (new["plan_id"], new["sequence"], new["created_at"]) == ("p1", 0, LATER)
    assert len(new["uid"]) == 36
    assert row(store, "a00421")["uid"] != new["uid"]


def test_numbers_start_where_nobody_has_any() -> None:
    ids = new_ids(["b7", "a-99", "r000-a00001"])
    assert [next(ids), next(ids)] == ["a000001", "a000002"]


def test_a_companion_is_told_from_its_session(store: Store) -> None:
    save(
        store,
        appointment("a1"),
        appointment("a2", starts_at=at(0, "11:00"), therapist="bob", service="adjustment"),
    )
    draft(
        store,
        [visit("p1", at(1, "10:00")), visit("p1", at(1, "11:00"), "bob", "n2", companion=True)],
    )
    assert publish(store).counts == {Kind.MOVED: 2}
    assert published(store, "a2").service_id == "adjustment"
    assert published(store, "a2").starts_at == at(1, "11:00")


def test_two_clients_swap_places_in_one_publication(store: Store) -> None:
    save(store, appointment("a1"), appointment("a2", "p2", at(1, "10:00")))
    draft(store, [visit("p1", at(1, "10:00")), visit("p2", at(0, "10:00"))])
    assert publish(store).counts == {Kind.MOVED: 2}
    assert published(store, "a1").starts_at == at(1, "10:00")


def test_settled_and_unconcerned_promises_stay(store: Store) -> None:
    """The run covers two weeks from the first Monday, planned on the second day."""
    settled = [
        appointment("past", "p1", at(0, "10:00"), number=1),  # before the day of planning
        appointment("next", "p1", at(14, "10:00"), number=3),  # after the horizon
        appointment("other", "p2", at(4, "10:00"), number=5),  # its session is not in scope
    ]
    save(store, *settled, appointment("free", "p1", at(3, "10:00"), number=2))
    numbers = [("p1", 1), ("p1", 2), ("p1", 3)]
    draft(store, [], numbers, as_of=MONDAY + timedelta(days=1))
    assert publish(store).counts == {Kind.LOST: 1}
    assert set(settled) < set(load(store).appointments)


def test_a_settled_promise_that_the_draft_names_is_not_booked_twice(store: Store) -> None:
    save(store, appointment("a1"))
    draft(store, [visit("p1", at(0, "10:00"))], as_of=MONDAY + timedelta(days=1))
    assert publish(store).counts == {Kind.KEPT: 1}


@pytest.mark.parametrize(
    "changes",
    [{"status": PlanStatus.PAUSED}, {"contraindications": ("malignancy",), "cleared_on": None}],
)
def test_promises_of_plans_that_may_not_be_booked_are_released(
    store: Store, changes: dict[str, object]
) -> None:
    save(store, appointment("a1"), appointment("a2", starts_at=at(14, "10:00"), number=3))
    held = replace(network().care_plans[0], **changes)  # type: ignore[arg-type]  # by name
    with store.writing() as session:
        save_network(session, Network(care_plans=(held,)))
    draft(store, [])
    assert publish(store).counts == {Kind.LOST: 1}  # a2 lies after the horizon


def test_a_session_promised_twice_keeps_one(store: Store) -> None:
    save(store, appointment("a1"), appointment("a2", starts_at=at(1, "10:00")))
    draft(store, [visit("p1", at(1, "10:00"))])
    assert publish(store).counts == {Kind.KEPT: 1, Kind.LOST: 1}
    assert published(store, "a2").status is AppointmentStatus.BOOKED


def test_publishing_mends_contested_promises(store: Store) -> None:
    """a1 is settled, a2 overlaps it and moves away: neither is contested afterwards."""
    save(store, appointment("a1"), appointment("a2", "p2", at(0, "10:30")))
    assert row(store, "a1")["contested"]
    draft(store, [visit("p2", at(1, "10:00"))])
    publish(store)
    assert not row(store, "a1")["contested"]
    assert not row(store, "a2")["contested"]


@pytest.mark.parametrize("start", ["10:00", "11:00"])  # hands-on, or in the changeover
def test_a_draft_that_double_books_is_refused_whole(store: Store, start: str) -> None:
    save(store, appointment("a1"))
    before = load(store)
    draft(store, [visit("p2", at(0, start)), visit("p3", at(3, "10:00"))])
    with pytest.raises(DoubleBookingError), store.writing() as session:
        publish_draft(session, LATER, "mia")
    assert load(store) == before
    with store.reading() as session:
        assert published_version(session) == 0
        assert load_draft(session)


def test_a_draft_may_not_keep_a_double_booking(store: Store) -> None:
    save(store, appointment("a1"), appointment("a2", "p2", at(0, "10:30")))
    draft(store, [visit("p1", at(0, "10:00")), visit("p2", at(0, "10:30"))])
    with pytest.raises(DoubleBookingError), store.writing() as session:
        publish_draft(session, LATER, "mia")


def test_a_stale_draft_is_refused(store: Store) -> None:
    save(store)
    draft(store, [visit("p1", at(0, "10:00"))])
    publish(store)
    with store.writing() as session:
        save_draft(session, 1, [], [], base_version=0)
    with store.writing() as session, pytest.raises(StoreError, match="made from version 0"):
        publish_draft(session, LATER, "mia")


def test_without_a_draft_there_is_nothing_to_publish(store: Store) -> None:
    with store.writing() as session, pytest.raises(StoreError, match="there is no draft"):
        publish_draft(session, LATER, "mia")
    with store.writing() as session:
        assert not discard_draft(session)


def test_a_draft_comes_out_as_it_went_in_and_changes_nothing(store: Store) -> None:
    save(store, appointment("a1"))
    before = load(store)
    visits = (visit("p1", at(1, "10:00")), visit("p2", at(1, "12:00"), room="s1"))
    draft(store, [visit("p3", at(2, "9:00".zfill(5)))])
    draft(store, visits[::-1], [("p3", 1)], as_of=date(2027, 2, 23))
    with store.reading() as session:
        kept = load_draft(session)
    assert kept is not None
    assert kept.run == run(as_of=date(2027, 2, 23))
    assert (kept.run_id, kept.base_version, kept.stale) == (2, 0, False)
    assert (kept.visits, kept.unbooked) == (visits, (("p3", 1),))
    assert load(store) == before
    with store.writing() as session:
        assert discard_draft(session)
        assert load_draft(session) is None


def test_each_publication_is_numbered_and_names_its_run(store: Store) -> None:
    save(store)
    for version in (1, 2):
        draft(store, [visit("p1", at(version, "10:00"))], points=version)
        assert publish(store).version == version
    with store.reading() as session:
        assert published_version(session) == 2
        assert published_run(session) == run(points=2)
        assert load_network(session).appointments[0].starts_at == at(2, "10:00")


def test_the_audit_trail_tells_what_changed(store: Store) -> None:
    save(store, appointment("a1"), appointment("a2", "p2", at(0, "12:00")))
    draft(store, [visit("p1", at(1, "10:00")), visit("p2", at(0, "12:00"))])
    with store.reading() as session:
        assert [it.kind for it in draft_changes(session)] == [Kind.KEPT, Kind.MOVED]
    publish(store)
    with store.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    whole, moved = rows
    assert (whole.who, whole.action, whole.subject) == ("mia", "publish", "version 1")
    assert whole.after == {"kept": 1, "moved": 1}
    assert (moved.at, moved.subject) == (LATER, "appointment a1")
    assert moved.before is not None
    assert moved.after is not None
    starts = moved.before["starts_at"], moved.after["starts_at"]
    assert starts == ("2027-02-22T10:00", "2027-02-23T10:00")
