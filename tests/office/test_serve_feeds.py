"""Feeds by the hash of their secret: always the newest, and made again only when they must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import monotonic
from typing import Any

import pytest

from models.moment import Moment
from models.store import open_store
from office import serve_feeds
from office.feed_contents import Clinic
from office.feed_links import link, list_links, token_hash
from office.publish import publish
from office.serve_feeds import Feed, FeedDesk
from office.settings import set_setting
from tests.office.clinic import GOOD, LATER, NOW, draft

Fetch = Callable[..., Feed]


def secret_of(db: str, kind: str = "therapist", subject_id: str = "maya") -> str:
    made = link(db, kind, subject_id, now=NOW, who="mia")
    return token_hash(made.https.partition("/feeds/")[2].removesuffix(".ics"))


def fetch(desk: FeedDesk, secret: str, now: datetime = NOW) -> Feed:
    found = desk.fetch(secret, now)
    assert found
    return found


@pytest.fixture
def desk(each_clinic: str) -> Iterator[FeedDesk]:
    desk = FeedDesk(each_clinic)
    yield desk
    desk.close()


def rename(db: str, level: str, now: datetime = LATER) -> None:
    set_setting(db, "client_names", level, now=now, who="mia")


def test_a_wrong_secret_has_no_feed(desk: FeedDesk) -> None:
    assert desk.fetch(token_hash("guess"), NOW) is None


def test_a_published_change_is_in_the_very_next_fetch(desk: FeedDesk, each_clinic: str) -> None:
    secret = secret_of(each_clinic, "client", "ruth")
    before = fetch(desk, secret)
    draft(each_clinic, GOOD)
    assert fetch(desk, secret) == before
    publish(each_clinic, now=LATER, who="mia")
    after = fetch(desk, secret, LATER)
    assert b"SEQUENCE:1" in after.content
    assert (after.etag != before.etag, after.changed_at) == (True, LATER)


def test_the_date_changes_exactly_with_the_bytes_and_only_rises(
    desk: FeedDesk, each_clinic: str
) -> None:
    secret = secret_of(each_clinic, "client", "dina")
    first = fetch(desk, secret, NOW + timedelta(microseconds=5))
    assert first.changed_at == NOW  # whole seconds
    assert fetch(desk, secret, NOW + timedelta(hours=1)) == first
    set_setting(each_clinic, "clinic_name", "Willow", now=LATER, who="mia")
    second = fetch(desk, secret, NOW)  # within the same second
    assert second.changed_at == NOW + timedelta(seconds=1)
    set_setting(each_clinic, "clinic_name", "", now=LATER, who="mia")  # back to the first bytes
    third = fetch(desk, secret, NOW - timedelta(days=1))  # somebody set the clock back
    assert (third.etag, third.changed_at) == (first.etag, NOW + timedelta(seconds=2))


def test_another_process_says_the_same_of_the_same_content(
    desk: FeedDesk, each_clinic: str
) -> None:
    """And so does this one after a restart."""
    secret = secret_of(each_clinic)
    feed = fetch(desk, secret, NOW)
    other = FeedDesk(each_clinic)
    assert fetch(other, secret, LATER) == feed
    rename(each_clinic, "full")
    assert fetch(other, secret, LATER) == fetch(desk, secret, LATER + timedelta(hours=1))
    other.close()


def test_what_leaves_the_window_changes_the_feed(desk: FeedDesk, each_clinic: str) -> None:
    secret = secret_of(each_clinic)
    before = fetch(desk, secret)
    in_a_month = datetime(2027, 4, 1, 12, tzinfo=NOW.tzinfo)  # 1 March is more than 30 days ago
    after = fetch(desk, secret, in_a_month)
    assert b"No appointments" in after.content
    assert (after.etag != before.etag, after.changed_at) == (True, in_a_month)


def test_the_record_is_read_again_only_after_a_change(
    clinic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads, load = [], Clinic.load

    def counted(*given: Any) -> Clinic:
        loads.append(given)
        return load(*given)

    monkeypatch.setattr(Clinic, "load", counted)
    desk, secrets = FeedDesk(clinic), [secret_of(clinic), secret_of(clinic, "client", "dina")]
    for secret in secrets * 3:
        fetch(desk, secret)
    assert len(loads) == 1
    rename(clinic, "first")
    for secret in secrets * 3:
        fetch(desk, secret)
    assert len(loads) == 2
    desk.close()


def test_content_that_is_old_by_now_is_made_again_before_it_counts_as_a_change(
    clinic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody changes the record between reading it and noting what was read."""
    dated, levels = serve_feeds._dated, ["first", "full"]

    def dated_late(*given: Any) -> Feed | Moment:
        if levels:
            rename(clinic, levels.pop())
        return dated(*given)

    desk, secret = FeedDesk(clinic), secret_of(clinic)
    monkeypatch.setattr(serve_feeds, "_dated", dated_late)
    feed = fetch(desk, secret)
    assert b"SUMMARY:Dina: Massage" in feed.content
    assert feed.changed_at == NOW  # the two before it were never noted
    desk.close()


def test_while_somebody_writes_feeds_are_answered_soon_and_dated_later(
    desk: FeedDesk, each_clinic: str
) -> None:
    known, changed, new = (
        secret_of(each_clinic, "client", key) for key in ("vera", "dina", "ruth")
    )
    dated = [fetch(desk, it) for it in (known, changed)]
    set_setting(each_clinic, "name_services", "yes", now=LATER, who="mia")
    before = [fetch(desk, known, LATER)]
    store, started = open_store(each_clinic), monotonic()
    with store.writing():
        assert [fetch(desk, known, LATER)] == before
        during = [fetch(desk, it, LATER) for it in (changed, new)]
    assert monotonic() - started < 2
    assert [it.changed_at for it in during] == [None, None]
    after = [fetch(desk, it, LATER) for it in (changed, new)]
    assert [replace(it, changed_at=None) for it in after] == during
    assert [it.changed_at for it in after] == [LATER, LATER]
    assert dated[1].etag != after[0].etag
    store.dispose()


@pytest.mark.parametrize(
    ("kind", "subject_id", "setting"),
    [
        ("therapist", "maya", "client_names=full"),
        ("location", "north", "location_names=initials"),
        ("room", "n1", "location_names=initials"),
        ("client", "dina", "name_services=yes"),
    ],
)
def test_other_words_are_a_revision_of_each_entry_that_has_them(
    desk: FeedDesk, each_clinic: str, kind: str, subject_id: str, setting: str
) -> None:
    """Or else GNOME's calendar would keep showing the old ones."""
    secret = secret_of(each_clinic, kind, subject_id)
    before = fetch(desk, secret).content
    assert b"DTSTAMP" in before
    assert stamp(LATER) not in before
    for other in ("client_names=first", "location_names=initials", "name_services=yes"):
        if other.partition("=")[0] != setting.partition("=")[0]:
            set_setting(each_clinic, *other.split("="), now=LATER, who="mia")
    assert fetch(desk, secret, LATER).content == before
    set_setting(each_clinic, *setting.split("="), now=LATER, who="mia")
    after = fetch(desk, secret, LATER).content
    assert after.count(b"DTSTAMP:" + stamp(LATER)) == after.count(b"BEGIN:VEVENT")


def stamp(instant: datetime) -> bytes:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}".encode()


def test_last_use_is_noted_for_each_link(desk: FeedDesk, each_clinic: str) -> None:
    used, _ = secret_of(each_clinic), secret_of(each_clinic)
    fetch(desk, used, NOW)
    fetch(desk, used, LATER)
    desk.fetch(token_hash("guess"), LATER)
    assert [it.last_used_at for it in list_links(each_clinic, LATER)] == [None, None]
    desk.note_uses()
    assert [it.last_used_at for it in list_links(each_clinic, LATER)] == [LATER, None]
    desk.note_uses()  # nothing new


def test_last_use_is_noted_when_the_server_stops(each_clinic: str) -> None:
    desk, secret = FeedDesk(each_clinic), secret_of(each_clinic)
    fetch(desk, secret)
    desk.close()
    assert list_links(each_clinic, LATER)[0].last_used_at == NOW


def test_noting_last_use_is_no_change_of_the_feed(desk: FeedDesk, each_clinic: str) -> None:
    secret = secret_of(each_clinic)
    before = fetch(desk, secret)
    desk.note_uses()
    assert fetch(desk, secret, LATER) == before


def test_many_may_ask_at_once(desk: FeedDesk, each_clinic: str) -> None:
    secrets = [secret_of(each_clinic, "client", key) for key in ("dina", "ruth", "vera")] * 4
    found: list[Feed] = []
    threads = [Thread(target=lambda s=it: found.append(fetch(desk, s))) for it in secrets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(secrets)
    assert len({feed.etag for feed in found}) == 3
