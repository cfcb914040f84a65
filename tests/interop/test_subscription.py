"""A subscription follows what is published: all of it, and nothing that is gone."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feeds import FeedAppointment, client_calendar
from models.bookings import load_appointments
from office.order import Order
from office.publish import Publication, publish
from office.record import reading
from office.schedule_weeks import PlannedWeeks, schedule_weeks
from office.write_feeds import write_feeds
from scheduler.facts import AppointmentStatus
from tests.feeds.example import PACIFIC, wall, week
from tests.interop.conftest import Differs
from tests.interop.readers import Reader, Subscriber
from tests.interop.readers.khal import Khal
from tests.interop.site import Site
from tests.office.clinic import LATER, MONDAY, SATURDAY, settle


def feed(appointments: list[FeedAppointment]) -> bytes:
    return client_calendar("Appointments", appointments)


@pytest.mark.behaviour("subscriptions: an item for each UID, moves, cancellations and removals")
def test_a_subscription_follows_moves_cancellations_and_removals(
    site: Site, subscriber: Subscriber
) -> None:
    first, second, *rest = week()
    site.pages["/feed.ics"] = feed(week())
    subscription = subscriber.subscribe(site.url("/feed.ics"))
    assert len(subscription.shown()) == len({it.uid for it in week()})

    start = wall("2027-03-03T12:00")
    moved = replace(first, sequence=1, starts_at=start, ends_at=start + timedelta(hours=1))
    cancelled = replace(second, sequence=1, status=AppointmentStatus.CANCELLED)
    site.pages["/feed.ics"] = feed([moved, cancelled, *rest[1:]])
    subscription.fetch()
    shown = [(it.starts_at, it.cancelled) for it in subscription.shown()]
    assert shown == sorted(
        (it.starts_at.astimezone(UTC), it.cancelled) for it in (moved, cancelled, *rest[1:])
    )


@pytest.mark.behaviour("subscriptions: asks whether anything changed, and is told 304")
def test_nothing_is_fetched_twice(site: Site, subscriber: Subscriber, differs: Differs) -> None:
    site.pages["/feed.ics"] = feed(week())
    subscription = subscriber.subscribe(site.url("/feed.ics"))
    before = subscription.shown()
    subscription.fetch()
    assert subscription.shown() == before
    if isinstance(subscriber, Khal):
        differs("fetches all of it each time")
    else:
        assert site.answers[-1] == HTTPStatus.NOT_MODIFIED


@pytest.mark.behaviour("subscriptions: keeps what it has while the server fails, then goes on")
def test_a_failing_server_takes_nothing_away(site: Site, subscriber: Subscriber) -> None:
    site.pages["/feed.ics"] = feed(week())
    subscription = subscriber.subscribe(site.url("/feed.ics"))
    before = subscription.shown()
    site.broken = True
    with suppress(AssertionError):  # it may complain
        subscription.fetch()
    assert subscription.shown() == before
    assert HTTPStatus.SERVICE_UNAVAILABLE in site.answers
    site.broken = False
    site.pages["/feed.ics"] = feed(week()[1:])
    subscription.fetch()
    assert len(subscription.shown()) == len(before) - 1


TAPER = {
    "care_plan_phases": ("p07,1,1,2\n", "p07,1,2,2\np07,2,1,2\n"),
}
"""Dina comes twice a week for two weeks, then once: clocks change on the Sunday in between."""


Planned = tuple[bytes, list[datetime]]


@pytest.fixture(scope="module")
def tapering(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Dina's calendar as it is written, and when the record has her appointments."""
    folder = tmp_path_factory.mktemp("tapering")
    db = settle(str(shutil.copy(sqlite_template, folder / "careweave.db")), folder, TAPER)
    order = Order(start=MONDAY, weeks=4, as_of=SATURDAY, seconds=None, rounds=3)
    assert isinstance(schedule_weeks(db, order, now=LATER, who="mia"), PlannedWeeks)
    assert isinstance(publish(db, now=LATER, who="mia"), Publication)
    write_feeds(db, folder / "feeds")
    return (folder / "feeds" / "clients" / "dina.ics").read_bytes(), appointments_of(db, "p07")


@pytest.mark.behaviour(
    "feeds: a plan that tapers over a clock change, planned, published and written"
)
def test_a_plan_that_tapers_over_a_clock_change(reader: Reader, tapering: Planned) -> None:
    calendar, planned = tapering
    zone = ZoneInfo(PACIFIC)
    starts = [it.starts_at.astimezone(zone) for it in reader.entries(calendar)]
    assert [visits_of(starts, MONDAY + timedelta(weeks=it)) for it in range(4)] == [2, 2, 1, 1]
    assert [it.replace(tzinfo=None) for it in starts] == planned


def visits_of(starts: list[datetime], monday: date) -> int:
    """How many of them lie in the week."""
    return sum(monday <= it.date() < monday + timedelta(weeks=1) for it in starts)


def appointments_of(db: str, plan_id: str) -> list[datetime]:
    """When the record has them, by the clock on the location's wall."""
    with reading(db) as session:
        return sorted(it.starts_at for it in load_appointments(session) if it.plan_id == plan_id)
