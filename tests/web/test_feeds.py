"""What a subscriber gets: the calendar, nothing new, or nothing at all."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from office.feed_links import revoke, rotate
from office.publish import publish
from office.settings import set_setting
from tests.office.clinic import GOOD, LATER, NOW, draft, visit
from tests.web.conftest import Clock

PathOf = Callable[..., str]
SECRET = {
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def validators(client: httpx.Client, path: str) -> tuple[str, str]:
    headers = client.get(path).headers
    return headers["etag"], headers["last-modified"]


def test_a_feed_is_a_calendar_for_its_subscriber_alone(
    client: httpx.Client, path_of: PathOf
) -> None:
    answer = client.get(path_of())
    assert answer.status_code == 200
    assert answer.text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert {
        **SECRET,
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="calendar.ics"',
        "cache-control": "private, no-cache",
        "last-modified": "Sat, 27 Feb 2027 17:00:00 GMT",
        "date": "Sat, 27 Feb 2027 17:00:00 GMT",
    }.items() <= dict(answer.headers).items()
    assert answer.headers["etag"].startswith('W/"')


@pytest.mark.parametrize("kind", ["therapist maya", "location north", "room n1", "client dina"])
def test_every_kind_of_subject_has_a_feed(client: httpx.Client, path_of: PathOf, kind: str) -> None:
    assert "BEGIN:VEVENT" in client.get(path_of(*kind.split())).text


def test_head_says_the_same_without_the_calendar(client: httpx.Client, path_of: PathOf) -> None:
    path = path_of()
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers


def test_a_compressed_calendar_has_the_same_tag(client: httpx.Client, path_of: PathOf) -> None:
    path = path_of()
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        small = b"".join(answer.iter_raw())
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(small) == plain.content
    assert len(small) < len(plain.content)
    assert answer.headers["etag"] == plain.headers["etag"]
    assert {answer.headers["vary"], plain.headers["vary"]} == {"Accept-Encoding"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_new_is_304_with_the_same_validators(
    client: httpx.Client, path_of: PathOf, clock: Clock, method: str
) -> None:
    path = path_of()
    etag, date = validators(client, path)
    clock.now = LATER
    for condition in ({"If-None-Match": etag}, {"If-Modified-Since": date}):
        answer = client.request(method, path, headers=condition)
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer.headers["etag"], answer.headers["last-modified"]) == (etag, date)
        assert answer.headers["vary"] == "Accept-Encoding"
        assert "content-type" not in answer.headers


def moved(db: str) -> None:
    draft(db, [visit("p07", 1, "2027-03-02T08:00"), *GOOD[1:]])
    publish(db, now=LATER, who="mia")


def cancelled(db: str) -> None:
    draft(db, [GOOD[2]], unbooked=[("p07", 1), ("p07", 2), ("p08", 2)])
    publish(db, now=LATER, who="mia")


def moved_away(db: str) -> None:
    """Dina's only appointment with Maya is another therapist's now: removed from Maya's feed."""
    draft(db, [visit("p07", 1, "2027-03-03T09:00", "omar"), GOOD[2]], unbooked=[("p08", 2)])
    publish(db, now=LATER, who="mia")


def less_private(db: str) -> None:
    set_setting(db, "client_names", "first", now=LATER, who="mia")


@pytest.mark.parametrize("change", [moved, cancelled, moved_away, less_private])
def test_a_change_is_in_the_next_fetch_by_tag_and_by_date(
    client: httpx.Client, path_of: PathOf, clinic: str, clock: Clock, change: Callable[[str], None]
) -> None:
    path = path_of("therapist", "maya")
    etag, date = validators(client, path)
    change(clinic)
    clock.now = LATER
    by_tag = client.get(path, headers={"If-None-Match": etag})
    by_date = client.get(path, headers={"If-Modified-Since": date})
    assert (by_tag.status_code, by_date.status_code) == (200, 200)
    assert by_tag.headers["etag"] != etag
    assert by_tag.headers["last-modified"] == "Sun, 28 Feb 2027 09:00:00 GMT"


def test_a_change_elsewhere_is_nothing_new(
    client: httpx.Client, path_of: PathOf, clinic: str, clock: Clock
) -> None:
    path = path_of("therapist", "ivo")
    etag, date = validators(client, path)
    moved(clinic)
    clock.now = LATER
    assert validators(client, path) == (etag, date)


def test_a_date_to_come_is_not_told(
    client: httpx.Client, path_of: PathOf, clinic: str, clock: Clock
) -> None:
    """Two changes within a second: the second one's date is the next second."""
    path = path_of("therapist", "maya")
    etag, date = validators(client, path)
    less_private(clinic)
    answer = client.get(path, headers={"If-Modified-Since": date})
    assert (answer.status_code, answer.headers["etag"] == etag) == (200, False)
    assert "last-modified" not in answer.headers
    clock.now = NOW + timedelta(seconds=1)
    assert validators(client, path)[1] == "Sat, 27 Feb 2027 17:00:01 GMT"


def test_what_opens_nothing_is_answered_alike(
    client: httpx.Client, path_of: PathOf, clinic: str, clock: Clock
) -> None:
    replaced, revoked = path_of(), path_of()
    rotate(clinic, 1, keep=timedelta(0), now=NOW, who="mia")
    revoke(clinic, 2, now=NOW, who="mia")
    guesses = ["/feeds/guess.ics", f"/feeds/{'x' * 3000}.ics", "/feeds/%F0%9F%98%80.ics"]
    others = ["/feeds/guess", "/feeds/", "/feeds", "/", "/docs", "/openapi.json", "/healthz/"]
    answers = [client.get(path) for path in (replaced, revoked, *guesses, *others)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.text, str(answer.headers)) for answer in answers}) == 1
    assert SECRET.items() <= dict(answers[0].headers).items()
    assert answers[0].headers["cache-control"] == "no-store"


def test_a_replaced_link_goes_on_as_long_as_it_is_kept(
    client: httpx.Client, path_of: PathOf, clinic: str, clock: Clock
) -> None:
    path = path_of()
    new = rotate(clinic, 1, keep=timedelta(days=3), now=NOW, who="mia")
    assert client.get("/feeds" + new.https.partition("/feeds")[2]).status_code == 200
    clock.now = NOW + timedelta(days=3) - timedelta(seconds=1)
    assert client.get(path).status_code == 200
    clock.now = NOW + timedelta(days=3)
    assert client.get(path).status_code == 404


def test_only_reading_is_possible(client: httpx.Client, path_of: PathOf) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
        answer = client.request(method, path_of())
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_health_tells_nothing_but_that_all_is_well(client: httpx.Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "All is well.\n")
