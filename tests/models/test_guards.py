"""What the database itself refuses, whoever asks: the statements here are raw SQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import bindparam, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from models.store import DoubleBookingError, Store, StoreError
from models.types import UtcDateTime
from tests.models.samples import NOW, appointment, at, save

INSERT = text("""
    INSERT INTO appointments (appointment_id, plan_id, session_number, service_id, therapist_id,
        room_id, client_id, location_id, starts_at, ends_at, blocks_until, minutes, status, pinned,
        contested, uid, sequence)
    VALUES (:key, 'p1', 1, 'massage', :therapist, :room, :client, 'north', :starts, :ends, :until,
        60, :status, false, :contested, :key, 0)
""").bindparams(*(bindparam(name, type_=UtcDateTime()) for name in ("starts", "ends", "until")))


def book(  # an hour and a quarter of changeover, from so many minutes after NOW
    session: Session, key: str, who: str, minute: int = 0, **changes: object
) -> None:
    """``who`` names therapist, room and client: "ann n1 c1"."""
    therapist, room, client = who.split()
    starts = NOW + timedelta(minutes=minute)
    values = {
        "key": key,
        "therapist": therapist,
        "room": room,
        "client": client,
        "starts": starts,
        "ends": starts + timedelta(minutes=60),
        "until": starts + timedelta(minutes=75),
        "status": "booked",
        "contested": False,
    }
    session.execute(INSERT, {**values, **changes})


@pytest.fixture
def clinic(store: Store) -> Store:
    """The record with one booking: Ann, room n1, client c1."""
    save(store)
    with store.writing() as session:
        book(session, "first", "ann n1 c1")
    return store


def count(store: Store) -> int:
    with store.reading() as session:
        return int(session.scalar(text("SELECT count(*) FROM appointments")) or 0)


@pytest.mark.parametrize(
    ("who", "minute", "resource"),
    [
        ("ann n2 c2", 0, "therapist"),
        ("ann n2 c2", 74, "therapist"),  # 60 hands-on + 15 changeover = 75
        ("ann n2 c2", -74, "therapist"),  # and her own changeover counts as well
        ("bob n1 c2", 74, "room"),
        ("bob n1 c2", -74, "room"),
        ("bob n2 c1", 59, "client"),
        ("bob n2 c1", -59, "client"),
    ],
)
def test_nobody_is_booked_twice(clinic: Store, who: str, minute: int, resource: str) -> None:
    with (
        pytest.raises(DoubleBookingError, match=f"a {resource} would"),
        clinic.writing() as session,
    ):
        book(session, "second", who, minute)
    assert count(clinic) == 1


@pytest.mark.parametrize(
    ("who", "minute"),
    [
        ("ann n2 c2", 75),
        ("ann n2 c2", -75),
        ("bob n1 c2", 75),
        ("bob n2 c1", 60),  # a client needs no changeover
        ("bob n2 c1", -60),
        ("bob n2 c2", 0),  # somebody else's affair
    ],
)
def test_bookings_may_touch(clinic: Store, who: str, minute: int) -> None:
    with clinic.writing() as session:
        book(session, "second", who, minute)
    assert count(clinic) == 2


@pytest.mark.parametrize("status", ["cancelled", "completed", "no_show"])
def test_only_booked_appointments_take_time(clinic: Store, status: str) -> None:
    with clinic.writing() as session:
        book(session, "second", "ann n1 c1", status=status)
    with pytest.raises(DoubleBookingError), clinic.writing() as session:
        session.execute(text("UPDATE appointments SET status = 'booked'"))


def test_a_booking_cannot_be_moved_onto_another(clinic: Store) -> None:
    with clinic.writing() as session:
        book(session, "second", "bob n2 c2")
    with pytest.raises(DoubleBookingError, match="a room"), clinic.writing() as session:
        session.execute(text("UPDATE appointments SET room_id = 'n1'"))


def test_nothing_new_is_booked_onto_a_contested_promise(clinic: Store) -> None:
    with clinic.writing() as session:
        book(session, "second", "ann n2 c2", 60, contested=True)
    with pytest.raises(DoubleBookingError), clinic.writing() as session:
        book(session, "third", "ann s1 c3", 90)  # overlaps the second alone


def test_a_contested_mark_cannot_be_wiped_away(clinic: Store) -> None:
    with clinic.writing() as session:
        book(session, "second", "ann n2 c2", 60, contested=True)
    with pytest.raises(DoubleBookingError), clinic.writing() as session:
        session.execute(text("UPDATE appointments SET contested = false"))


def test_six_at_once_get_one_slot(clinic: Store) -> None:
    def try_it(number: int) -> bool:
        try:
            with Session(clinic.engine) as session, session.begin():  # without the writer's lock
                book(session, f"try-{number}", "bob n2 c2", 300)
        except DBAPIError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(try_it, range(6))) == 1
    assert count(clinic) == 2


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"])
def test_the_audit_trail_only_grows(clinic: Store, statement: str) -> None:
    row = "INSERT INTO audit (id, at, who, action, subject) VALUES (7, :now, 'a', 'b', 'c')"
    now = bindparam("now", NOW, type_=UtcDateTime())
    with clinic.writing() as session:
        session.execute(text(row).bindparams(now))
    with pytest.raises(DBAPIError, match="audit_append_only"), clinic.writing() as session:
        session.execute(text(statement))
    if clinic.engine.dialect.name == "sqlite":
        replace = text(row.replace("INSERT", "INSERT OR REPLACE")).bindparams(now)
        with pytest.raises(DBAPIError, match="audit_append_only"), clinic.writing() as session:
            session.execute(replace)


@pytest.mark.parametrize("wrong", ["2027-02-19T17:41", "2027-02-19 17:41:00", "tomorrow"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_refuses_instants_that_would_not_compare(clinic: Store, wrong: str) -> None:
    refused = pytest.raises(DBAPIError, match="an instant is not written as")
    with refused, clinic.writing() as session:
        session.execute(text("UPDATE appointments SET starts_at = :it"), {"it": wrong})


def test_a_fact_that_is_out_of_bounds_is_refused(clinic: Store) -> None:
    with pytest.raises(DBAPIError, match="ck_appointments_order"), clinic.writing() as session:
        book(session, "second", "bob n2 c2", ends=NOW - timedelta(days=1))
    unknown = pytest.raises(DBAPIError, match="ck_appointments_appointmentstatus")
    with unknown, clinic.writing() as session:
        book(session, "second", "bob n2 c2", status="lost")


def test_a_promise_that_came_in_broken_is_kept_and_marked(store: Store) -> None:
    """10:00 to 11:00 + 15 min changeover: the second overlaps the first, the third neither."""
    save(
        store,
        appointment("a1"),
        appointment("a2", "p2", at(0, "11:00"), room="n2"),
        appointment("a3", "p3", at(0, "12:15")),
    )
    with store.reading() as session:
        marks = session.execute(
            text("SELECT appointment_id FROM appointments WHERE contested ORDER BY 1")
        ).scalars()
        assert marks.all() == ["a1", "a2"]
    save(store, appointment("a2", "p2", at(1, "11:00"), room="n2"))
    with store.reading() as session:
        assert not session.scalar(text("SELECT count(*) FROM appointments WHERE contested"))


def test_a_naive_instant_is_refused(clinic: Store) -> None:
    refused = pytest.raises(StatementError, match=r"has no zone. Maybe it is a wall-clock time")
    with refused, clinic.writing() as session:
        book(session, "second", "bob n2 c2", starts=datetime(2027, 2, 22, 10))


def test_a_refusal_says_what_to_do(clinic: Store) -> None:
    with pytest.raises(StoreError, match="Maybe plan the weeks again"), clinic.writing() as session:
        book(session, "second", "ann n2 c2")
