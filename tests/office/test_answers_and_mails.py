"""From an invite to its answer, and from the answer to the mails that follow from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from icalendar import Calendar

from models.replies import ReplyState
from office.invites import Mail, list_mails
from office.list_replies import list_replies
from office.publish import Publication, publish
from office.send_invites import send_due
from office.settings import set_setting
from tests.feeds.replies.test_faults import REPORT
from tests.office.answers import DINA, answer, recorded, take
from tests.office.clinic import GOOD, LATER, NOW, draft, settle, visit
from tests.office.post_office import PostOffice, phones, post_office

GRACE = timedelta(minutes=3)
REBOOKED = (GOOD[0], visit("p07", 2, "2027-03-09T10:00"), GOOD[2])
"""As ``GOOD``, but with Dina's second session a day later."""


@pytest.fixture
def clinic_with_mail(database_url: str, tmp_path: Path) -> str:
    """The first version is published, and an invite to Dina's second session waits."""
    db = settle(database_url, tmp_path)
    set_setting(db, "mailbox", "appointments@willow.example", now=NOW, who="mia")
    draft(db)
    publish(db, now=LATER, who="mia")
    return db


def uids(office: PostOffice) -> dict[str, str]:
    """Of all invites to Dina: the method that was told last, by UID."""
    told = {}
    for to, content in office.taken:
        for part in message_from_bytes(content).walk():
            if to == DINA and part.get_content_type() == "text/calendar":
                octets = part.get_payload(decode=True)
                assert isinstance(octets, bytes)
                calendar = Calendar.from_ical(octets)
                told[str(calendar.events[0]["UID"])] = str(calendar["METHOD"])
    return told


def dinas(db: str, now: datetime) -> list[Mail]:
    """The mails to Dina; Ruth has no address."""
    return [it for it in list_mails(db, now) if it.recipient_id == "dina"]


def test_who_declines_is_told_that_it_is_off_and_invited_to_another_time(
    clinic_with_mail: str,
) -> None:
    with post_office() as office:
        send_due(clinic_with_mail, LATER + GRACE, environment=office.environment)
        ((uid, method),) = uids(office).items()
        assert method == "REQUEST"
        stamp = f"{LATER + timedelta(minutes=10):%Y%m%dT%H%M%SZ}"
        now = LATER + timedelta(minutes=11)
        assert take(clinic_with_mail, answer(uid, stamp=stamp), now=now).holds == 1
        (row,) = recorded(clinic_with_mail)
        assert row.appointment_id is not None
        draft(clinic_with_mail, REBOOKED, declined=[row.appointment_id])
        assert isinstance(publish(clinic_with_mail, now=now, who="mia"), Publication)
        send_due(clinic_with_mail, now + GRACE, environment=office.environment)
        told = uids(office)
        assert (told.pop(uid), list(told.values())) == ("CANCEL", ["REQUEST"])
        shown = phones(office)[DINA].shows()
    assert list(shown.values()) == [datetime(2027, 3, 9, 18, tzinfo=UTC)]


def test_a_mail_that_came_back_is_told_beside_it_and_nowhere_else(clinic_with_mail: str) -> None:
    with post_office() as office:
        send_due(clinic_with_mail, LATER + GRACE, environment=office.environment)
    (mail,) = dinas(clinic_with_mail, LATER)
    report = REPORT.replace(b"<invite-7@willow.example>", mail.message_id.encode())
    now = LATER + timedelta(minutes=11)
    assert take(clinic_with_mail, report, now=now).passed == 1
    (failed,) = dinas(clinic_with_mail, now)
    assert failed.state == "failed"
    assert "550 5.1.1 no such user" in failed.reason
    assert list_replies(clinic_with_mail, now=now).set_aside == ()
    assert take(clinic_with_mail, report, now=now).known == 1


def test_a_mail_that_came_back_and_was_none_of_ours_is_set_aside(clinic_with_mail: str) -> None:
    take(clinic_with_mail, REPORT)
    (row,) = recorded(clinic_with_mail)
    assert (row.state, row.reason) == (
        ReplyState.SET_ASIDE,
        "a mail came back that we do not know: smtp; 550 5.1.1 no such user",
    )
