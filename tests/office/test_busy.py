"""Other calendars are added, read again, listed and removed."""

from __future__ import annotations

import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from office.busy import add_calendar, list_calendars, refresh, refresh_due, remove_calendar
from office.errors import OfficeError, UnknownIdError
from office.fetch import Allowed
from tests.feeds.foreign import calendar
from tests.office.busy_calendars import DENTIST, HERE, add, on, write
from tests.office.clinic import LATER, NOW
from tests.office.servers import Answer, plainly, serving

TOKEN = "/private-9f8e7d/basic.ics"  # noqa: S105 - the tests' own
HOUR = timedelta(hours=1)


def test_a_calendar_is_read_as_it_is_added(each_clinic: str, tmp_path: Path) -> None:
    path = write(tmp_path / "maya.ics", DENTIST, on("20270303", "0900", "1000"))
    added = add(each_clinic, path)
    assert (added.therapist, added.source, added.busy_times) == ("Maya Rossi", "…/maya.ics", 2)
    (listed,) = list_calendars(each_clinic)
    assert (listed.id, listed.added_by, listed.refreshed_at) == (added.id, "mia", NOW)
    assert (listed.busy_times, listed.failures, listed.error) == (2, 0, "")


def test_promises_in_a_busy_time_are_listed_and_stay(each_clinic: str, tmp_path: Path) -> None:
    added = add(each_clinic, write(tmp_path / "maya.ics", DENTIST))
    assert [(it.appointment_id, it.client) for it in added.conflicts] == [("a1", "Dina Young")]
    (again,) = refresh(each_clinic, "maya", now=LATER)
    assert again.conflicts == added.conflicts


@pytest.mark.parametrize(
    ("starts", "ends", "touched"),
    [
        ("0700", "0800", False),
        ("0700", "0801", True),
        ("0914", "0930", True),  # in the changeover, which blocks the therapist
        ("0915", "0930", False),
    ],
)
def test_a_promise_is_touched_as_by_time_off(
    clinic: str, tmp_path: Path, starts: str, ends: str, touched: bool
) -> None:
    added = add(clinic, write(tmp_path / "maya.ics", on("20270301", starts, ends)))
    assert bool(added.conflicts) == touched


def test_somebody_elses_promise_is_not_touched(clinic: str, tmp_path: Path) -> None:
    assert add(clinic, write(tmp_path / "ivo.ics", DENTIST), "ivo").conflicts == ()


def test_what_was_kept_is_times_alone(clinic: str, tmp_path: Path) -> None:
    add(clinic, write(tmp_path / "maya.ics", on("20270303", "0900", "1000", "LOCATION:Jail")))
    record = Path(clinic).read_bytes()
    assert b"Dentist" not in record
    assert b"Jail" not in record


def test_our_own_appointment_in_their_calendar_is_no_conflict(clinic: str, tmp_path: Path) -> None:
    with sqlite3.connect(clinic) as connection:
        (uid,) = connection.execute(
            "SELECT uid FROM appointments WHERE appointment_id = 'a1'"
        ).fetchone()
    connection.close()
    added = add(clinic, write(tmp_path / "maya.ics", on("20270301", "0800", "0900", uid=uid)))
    assert (added.busy_times, added.conflicts) == (0, ())


def test_what_cannot_be_read_is_not_added(clinic: str, tmp_path: Path) -> None:
    page = tmp_path / "login.ics"
    page.write_bytes(b"\r\n <!DOCTYPE html><title>Log in</title>")
    with pytest.raises(OfficeError, match=r"login.ics is a page to look at and no calendar"):
        add(clinic, str(page))
    with pytest.raises(OfficeError, match=r"gone.ics' can't be read: No such file"):
        add(clinic, str(tmp_path / "gone.ics"))
    with pytest.raises(OfficeError, match=r"'/dev/zero' is no file"):
        add(clinic, "/dev/zero")
    (tmp_path / "notes.ics").write_text("hello")
    with pytest.raises(OfficeError, match="does not begin with BEGIN:VCALENDAR"):
        add(clinic, str(tmp_path / "notes.ics"))
    (tmp_path / "large.ics").write_bytes(calendar(DENTIST).ljust(5_000_001))
    with pytest.raises(OfficeError, match="has more than 5 MB"):
        add(clinic, str(tmp_path / "large.ics"))
    with pytest.raises(UnknownIdError, match=r"there is no therapist 'mya'. Maybe 'maya'"):
        add(clinic, "https://x.invalid/a.ics", "mya")
    assert list_calendars(clinic) == ()


def test_a_calendar_is_added_once(clinic: str, tmp_path: Path) -> None:
    path = write(tmp_path / "maya.ics")
    first = add(clinic, path)
    with pytest.raises(OfficeError, match=f"known already, as number {first.id}"):
        add(clinic, path)
    add(clinic, path, "omar")  # two may share one


def test_a_removed_calendar_counts_no_longer(each_clinic: str, tmp_path: Path) -> None:
    added = add(each_clinic, write(tmp_path / "maya.ics", DENTIST))
    with pytest.raises(
        UnknownIdError, match=r"no busy calendar '99'\. Maybe look at careweave busy list"
    ):
        remove_calendar(each_clinic, 99, now=LATER, who="mia")
    told = remove_calendar(each_clinic, added.id, now=LATER, who="mia")
    assert told == "maya …/maya.ics"
    assert list_calendars(each_clinic) == ()
    assert refresh(each_clinic, None, now=LATER) == ()


def test_a_changed_calendar_counts_as_it_is_now(each_clinic: str, tmp_path: Path) -> None:
    path = tmp_path / "maya.ics"
    add(each_clinic, write(path, DENTIST))
    add(each_clinic, write(tmp_path / "omar.ics"), "omar")
    write(path)
    (again,) = refresh(each_clinic, "maya", now=LATER)
    assert (again.busy_times, again.conflicts, again.error) == (0, (), "")
    with pytest.raises(UnknownIdError, match="no therapist 'nobody'"):
        refresh(each_clinic, "nobody", now=LATER)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((200, {}, b""), "no calendar"),
        ((200, {}, b"<html>Log in</html>"), "a page to look at"),
        ((200, {}, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n"), "can't be used"),
        ((404, {}, b""), "knows no such calendar"),
        ((304, {}, b""), "the fault 304"),
    ],
)
def test_a_failed_refresh_keeps_what_was_said_last(clinic: str, answer: Answer, why: str) -> None:
    answers = [(200, {}, calendar(DENTIST)), answer]
    with serving(lambda _: answers.pop(0)) as site:
        added = add(clinic, site.url(TOKEN))
        assert added.source == "http://127.0.0.1/…"
        (failed,) = refresh(clinic, None, now=LATER)
    assert why in failed.error
    assert (failed.busy_times, len(failed.conflicts)) == (1, 1)
    (listed,) = list_calendars(clinic)
    assert (listed.refreshed_at, listed.tried_at, listed.failures) == (NOW, LATER, 1)
    assert "9f8e7d" not in repr(listed) + repr(failed)


def test_what_has_not_changed_is_not_read_again_for_a_week(clinic: str) -> None:
    body = calendar(DENTIST)
    answers = [
        (200, {"ETag": '"1"'}, body),
        (304, {}, b""),
        (200, {"ETag": '"2"'}, body),
    ]
    with serving(lambda _: answers.pop(0)) as site:
        add(clinic, site.url())
        for days, asked_with in ((6, '"1"'), (7, None)):  # the window has moved on by then
            (again,) = refresh(clinic, None, now=NOW + timedelta(days=days))
            assert (again.error, again.busy_times) == ("", 1)
            assert site.seen[-1][1].get("If-None-Match") == asked_with


def test_webcal_is_https(clinic: str) -> None:
    with pytest.raises(OfficeError, match=r"x.invalid has no address"):
        add(clinic, "webcal://x.invalid/a.ics")
    with serving(plainly(calendar())) as site, pytest.raises(OfficeError, match="encryption"):
        add(clinic, site.url().replace("http:", "webcal:"))


def test_private_addresses_need_a_word(clinic: str) -> None:
    with serving(plainly(calendar())) as site:
        with pytest.raises(OfficeError, match="Maybe --allow-private"):
            add_calendar(clinic, "maya", site.url(), allowed=Allowed(), now=NOW, who="mia")
        assert site.seen == []


def test_the_server_asks_once_an_hour_and_less_often_what_fails(clinic: str) -> None:
    answers: list[Answer] = [(200, {}, calendar())]
    with serving(lambda _: answers.pop(0) if answers else (500, {}, b"")) as site:
        add(clinic, site.url())
        assert refresh_due(clinic, NOW + HOUR - timedelta(seconds=1)) == ()
        now = NOW
        for pause in (1, 2, 4, 8, 16, 16):
            now += pause * HOUR
            assert refresh_due(clinic, now - timedelta(seconds=1)) == ()
            (failed,) = refresh_due(clinic, now)
            assert "fault 500" in failed.error
        answers.append((200, {}, calendar(DENTIST)))
        (good,) = refresh_due(clinic, now + 16 * HOUR)
        assert (good.error, good.busy_times) == ("", 1)
        assert len(refresh_due(clinic, now + 17 * HOUR)) == 1


def test_neither_log_nor_audit_holds_a_secret(
    clinic: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(plainly(calendar())) as site:
        added = add(clinic, site.url(TOKEN))
    refresh(clinic, None, now=LATER)
    kept = dump(clinic)
    assert [line for line in kept if "9f8e7d" in line] == [  # it is needed to ask again
        line for line in kept if line.startswith('INSERT INTO "busy_calendars"')
    ]
    assert any("'add busy calendar','maya http://127.0.0.1/…'" in line for line in kept)
    remove_calendar(clinic, added.id, now=LATER, who="mia")
    assert "9f8e7d" not in "".join(dump(clinic)) + caplog.text


def dump(db: str) -> list[str]:
    """Everything that the record holds, as SQL."""
    with sqlite3.connect(db) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_somebody_with_a_login_in_the_address_shows_none(clinic: str) -> None:
    with serving(plainly(calendar())) as site:
        address = site.url().replace("://", "://ann:pa55@")
        added = add_calendar(clinic, "maya", address, allowed=HERE, now=NOW, who="mia")
    assert added.source == "http://127.0.0.1/…"
