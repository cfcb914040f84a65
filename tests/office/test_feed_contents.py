"""What feeds tell of, for how long, and with how much of a client's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from feeds import location_calendar
from models.feed_links import FeedKind
from office import feed_contents
from office.feed_contents import Clinic, Window
from office.publish import publish
from office.record import reading
from office.settings import set_setting
from scheduler.facts import AppointmentStatus
from tests.feeds.example import appointment
from tests.office.clinic import GOOD, LATER, NOW, draft

TODAY = date(2027, 3, 1)


def clinic_on(db: str, day: date = TODAY) -> Clinic:
    with reading(db) as session:
        return Clinic.load(session, day)


def feed(db: str, kind: FeedKind, key: str, day: date = TODAY) -> str:
    return clinic_on(db, day).material(kind, key).calendar().decode().replace("\r\n ", "")


@pytest.mark.parametrize(
    ("ends", "starts", "told"),
    [
        ("2027-01-29T23:59", "2027-01-29T23:00", False),
        ("2027-01-30T00:00", "2027-01-29T23:00", True),
        ("2028-02-29T23:59", "2028-02-29T23:00", True),
        ("2028-03-01T01:00", "2028-03-01T00:00", False),  # 366 days on, for 2028 has a leap day
    ],
)
def test_the_window_reaches_30_days_back_and_365_ahead(ends: str, starts: str, told: bool) -> None:
    row = {
        "starts_at": datetime.fromisoformat(starts).replace(tzinfo=UTC),
        "ends_at": datetime.fromisoformat(ends).replace(tzinfo=UTC),
        "status": AppointmentStatus.BOOKED,
        "revised_at": None,
    }
    assert Window.around(TODAY).tells_of(row) is told


def test_a_cancelled_appointment_stays_14_days_and_goes(each_clinic: str) -> None:
    draft(each_clinic, GOOD[:2], unbooked=[("p08", 1), ("p08", 2)])
    publish(each_clinic, now=LATER, who="mia")  # on 28 February Ruth's only promise is lost
    last = feed(each_clinic, FeedKind.CLIENT, "ruth", LATER.date() + timedelta(days=14))
    assert "STATUS:CANCELLED" in last
    after = feed(each_clinic, FeedKind.CLIENT, "ruth", LATER.date() + timedelta(days=15))
    assert "STATUS:CANCELLED" not in after
    assert "SUMMARY:No appointments" in after


def test_a_feed_is_never_empty_and_stays_the_same_for_a_month(clinic: str) -> None:
    first = feed(clinic, FeedKind.CLIENT, "vera", date(2027, 3, 1))
    assert first.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20270301" in first
    assert "TRANSP:TRANSPARENT" in first
    assert feed(clinic, FeedKind.CLIENT, "vera", date(2027, 3, 31)) == first
    assert feed(clinic, FeedKind.CLIENT, "vera", date(2027, 4, 1)) != first


def test_a_room_has_a_calendar_of_its_own(clinic: str) -> None:
    told = feed(clinic, FeedKind.ROOM, "n1")
    assert "X-WR-CALNAME:North 1 (Northgate)\r\n" in told
    assert told.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:No appointments" in feed(clinic, FeedKind.ROOM, "n2")


@pytest.mark.parametrize("setting", ["full", "first", "initials", "anonymous"])
def test_locations_and_rooms_never_name_clients(clinic: str, setting: str) -> None:
    set_setting(clinic, "client_names", setting, now=NOW, who="mia")
    for kind, key in ((FeedKind.LOCATION, "north"), (FeedKind.ROOM, "n1")):
        told = feed(clinic, kind, key)
        assert "SUMMARY:Massage\\, with Maya Rossi" in told
        assert not any(word in told for word in ("Dina", "dina", "Young", "D.Y."))


def test_locations_and_rooms_may_give_initials(clinic: str) -> None:
    set_setting(clinic, "location_names", "initials", now=NOW, who="mia")
    for kind, key in ((FeedKind.LOCATION, "north"), (FeedKind.ROOM, "n1")):
        told = feed(clinic, kind, key)
        assert "SUMMARY:D.Y.: Massage\\, with Maya Rossi" in told
        assert "Dina" not in told


def test_a_client_reads_of_their_own_appointments_alone(clinic: str) -> None:
    told = feed(clinic, FeedKind.CLIENT, "dina")
    assert told.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Appointment at Northgate" in told
    assert not any(word in told for word in ("Massage", "Ruth", "p07", "Dina"))


def test_a_client_reads_of_the_service_if_it_may_be_named(clinic: str) -> None:
    set_setting(clinic, "name_services", "yes", now=NOW, who="mia")
    assert "SUMMARY:Massage at Northgate" in feed(clinic, FeedKind.CLIENT, "dina")


def test_a_feed_that_grows_too_large_ends_with_a_note(
    clinic: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start = datetime(2027, 3, 1, 17, tzinfo=UTC)
    lot = [
        appointment(uid=f"a{number}@x", starts_at=start + timedelta(days=number // 2, hours=number))
        for number in range(60)
    ]
    monkeypatch.setattr(feed_contents, "MOST_BYTES", len(location_calendar("North", lot)) // 2)
    loaded = replace(clinic_on(clinic), lots={FeedKind.LOCATION: {"north": lot}})
    told = loaded.material(FeedKind.LOCATION, "north").calendar()
    assert feed_contents.MOST_BYTES * 0.8 < len(told) <= feed_contents.MOST_BYTES
    assert b"UID:a0@x" in told
    assert b"UID:a59@x" not in told
    assert b"SUMMARY:More appointments follow" in told
    assert "feed of location north is too large: it ends on 2027-03-" in caplog.text


def test_a_feed_that_is_just_small_enough_is_whole(
    clinic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = clinic_on(clinic).material(FeedKind.LOCATION, "north").calendar()
    monkeypatch.setattr(feed_contents, "MOST_BYTES", len(whole))
    assert clinic_on(clinic).material(FeedKind.LOCATION, "north").calendar() == whole
