"""Mails leave through a real server, encrypted, and whatever it answers none is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from models.clients import ClientRow
from office.bounces import record_bounce
from office.invites import list_mails, retry_all, retry_mail
from office.mail.server import MailServerError
from office.record import writing
from office.send_invites import Sent, mails_due, send_due
from tests.office.clinic import GOOD, LATER, visit
from tests.office.mails import DINA, GRACE, P07_MOVED, RUTH, published, waiting
from tests.office.post_office import calendar_part, free_port, phones, post_office

DUE = LATER + GRACE
MINUTE = timedelta(minutes=1)


def test_a_dry_run_sends_nothing(with_mail: str) -> None:
    published(with_mail)
    assert mails_due(with_mail, LATER) == ()
    assert [it.address for it in mails_due(with_mail, LATER, hurry=True)] == [DINA, RUTH]
    assert [it.attempts for it in mails_due(with_mail, DUE)] == [0, 0]


def test_what_is_sent_is_not_sent_again(each_with_mail: str) -> None:
    published(each_with_mail)
    with post_office() as office:
        first = send_due(each_with_mail, DUE, environment=office.environment)
        again = send_due(each_with_mail, DUE, environment=office.environment)
    assert (first, again) == (Sent(sent=2), Sent())
    assert len(office.taken) == 2


def test_no_server_is_asked_where_nothing_is_due(with_mail: str) -> None:
    published(with_mail)
    assert send_due(with_mail, LATER, environment={}) == Sent(waiting=2, leaves_at=LATER + GRACE)
    with pytest.raises(MailServerError, match="CAREWEAVE_SMTP says no mail server"):
        send_due(with_mail, DUE, environment={})


def test_pauses_grow_until_two_days_are_over(with_mail: str) -> None:
    early = datetime(2027, 2, 25, 9, tzinfo=UTC)
    published(with_mail, P07_MOVED, early)
    nobody = {"CAREWEAVE_SMTP": f"smtp://127.0.0.1:{free_port()}"}
    now, pauses = early + GRACE, []
    for _ in range(8):
        report = send_due(with_mail, now, environment=nobody)
        assert "can't be reached: Connection refused" in report.fault
        first = list_mails(with_mail, now)[0]
        pauses.append(round((first.not_before - now) / MINUTE))
        now = first.not_before + MINUTE
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert send_due(with_mail, early + timedelta(days=2), environment=nobody).failed == 2
    # Dina's two other mails waited behind her first one, and are next.
    assert len(list_mails(with_mail, early, failed=True)) == 2
    assert len(retry_all(with_mail, now=now, who="mia").mails) == 4
    assert list_mails(with_mail, now, failed=True) == ()


def test_two_senders_at_once_send_each_mail_once(each_with_mail: str) -> None:
    published(each_with_mail, P07_MOVED)
    with post_office() as office, ThreadPoolExecutor() as pool:
        send = partial(send_due, each_with_mail, DUE, environment=office.environment)
        reports = [it.result() for it in [pool.submit(send) for _ in range(3)]]
        assert sum(it.sent for it in reports) == len(office.taken) == 4
        assert [subject[:5] for subject in office.subjects(DINA)] == ["Moved", "Your ", "Your "]


@pytest.mark.parametrize("answer", ["450 4.2.2 mailbox full", "421 4.3.2 shutting down"])
def test_a_passing_refusal_is_tried_again_in_order(each_with_mail: str, answer: str) -> None:
    published(each_with_mail, P07_MOVED)
    with post_office() as office:
        office.to_recipients[DINA] = answer
        report = send_due(each_with_mail, DUE, environment=office.environment)
        assert (report.sent, report.later, report.failed) == (1, 1, 0)  # Ruth's alone
        office.to_recipients.clear()
        assert send_due(each_with_mail, DUE, environment=office.environment).sent == 0
        send_due(each_with_mail, DUE + 2 * MINUTE, environment=office.environment)
        assert [subject[:5] for subject in office.subjects(DINA)] == ["Moved", "Your ", "Your "]


@pytest.mark.parametrize("at", ["recipient", "content"])
def test_a_final_refusal_is_shown_with_its_reason(with_mail: str, at: str) -> None:
    published(with_mail)
    with post_office() as office:
        if at == "recipient":
            office.to_recipients[DINA] = "550 5.1.1 no such user"
        else:
            office.to_content = "554 5.7.1 looks like spam"
        report = send_due(with_mail, DUE, environment=office.environment)
    failed = list_mails(with_mail, DUE, failed=True)
    assert report.failed == len(failed) == (1 if at == "recipient" else 2)
    assert failed[0].reason.startswith("550 5.1.1 no" if at == "recipient" else "554 5.7.1 looks")


def test_a_failed_mail_is_tried_again_as_of_now(with_mail: str) -> None:
    published(with_mail)
    with post_office() as office:
        office.to_recipients[DINA] = "550 5.1.1 no such user"
        send_due(with_mail, DUE, environment=office.environment)
        office.to_recipients.clear()
        (failed,) = list_mails(with_mail, DUE, failed=True)
        retry_mail(with_mail, failed.id, now=DUE, who="mia")
        send_due(with_mail, DUE + GRACE, environment=office.environment)
        assert len(office.subjects(DINA)) == 1
    assert list_mails(with_mail, DUE, failed=True) == ()


def test_a_server_that_refuses_the_sender_is_no_fault_of_a_mail(with_mail: str) -> None:
    published(with_mail)
    with post_office() as office:
        office.to_senders = "550 5.7.1 not from here"
        report = send_due(with_mail, DUE, environment=office.environment)
    assert (report.sent, report.later, report.failed, report.waiting) == (0, 2, 0, 2)
    assert "refuses mails from appointments@willow.example (550)" in report.fault


def test_a_mail_that_may_have_arrived_is_repeated_to_the_byte(each_with_mail: str) -> None:
    published(each_with_mail)
    with post_office() as office:
        office.hangs_up_after_taking = True
        report = send_due(each_with_mail, DUE, environment=office.environment)
        assert (report.sent, report.later) == (0, 2)
        office.hangs_up_after_taking = False
        send_due(each_with_mail, DUE + 2 * MINUTE, environment=office.environment)
    once, twice = [content for to, content in office.taken if to == DINA]
    assert once == twice


def test_a_change_taken_back_after_a_mail_that_may_have_arrived_is_told(with_mail: str) -> None:
    published(with_mail)
    with post_office() as office:
        send_due(with_mail, DUE, environment=office.environment)
        later = LATER + timedelta(hours=1)
        moved = (GOOD[0], visit("p07", 2, "2027-03-09T10:00"), GOOD[2])
        published(with_mail, moved, later)
        office.hangs_up_after_taking = True
        send_due(with_mail, later + GRACE, environment=office.environment)
        office.hangs_up_after_taking = False
        published(with_mail, GOOD, later + GRACE)  # and back again
        for minutes in (2, 10):
            send_due(with_mail, later + minutes * GRACE, environment=office.environment)
        phone = phones(office)[DINA]
    assert list(phone.shows().values()) == [datetime(2027, 3, 8, 16, tzinfo=UTC)]
    assert list(phone.seen.values()) == [[0, 1, 1, 2]]


def test_a_bounce_is_shown_and_can_be_retried(with_mail: str) -> None:
    published(with_mail)
    with post_office() as office:
        send_due(with_mail, DUE, environment=office.environment)
        mail = list_mails(with_mail, DUE)[0]
        assert record_bounce(with_mail, mail.message_id, "5.1.1 user\nunknown", DUE)
        assert not record_bounce(with_mail, "<nobody@willow.example>", "what", DUE)
        (failed,) = list_mails(with_mail, DUE, failed=True)
        assert failed.reason == "it came back: 5.1.1 user unknown"
        published(with_mail, now=DUE + MINUTE)
        assert list_mails(with_mail, DUE, failed=True) == (failed,)
        assert waiting(with_mail) == []
        retry_mail(with_mail, failed.id, now=DUE + MINUTE, who="mia")
        assert waiting(with_mail) == [("dina", "invite", "REQUEST")]
        send_due(with_mail, DUE + MINUTE + GRACE, environment=office.environment)
        assert list(phones(office)[DINA].seen.values()) == [[0, 0]]


def test_an_address_put_right_gets_what_came_back_from_the_old_one(
    with_mail: str, tmp_path: Path
) -> None:
    published(with_mail)
    with post_office() as office:
        send_due(with_mail, DUE, environment=office.environment)
        assert record_bounce(with_mail, list_mails(with_mail, DUE)[0].message_id, "unknown", DUE)
        change_address(with_mail, "dina@new.example")
        published(with_mail, now=DUE + MINUTE)
        assert list_mails(with_mail, DUE, failed=True) == ()
        send_due(with_mail, DUE + MINUTE + GRACE, environment=office.environment)
        assert len(office.subjects("dina@new.example")) == 1


def test_a_client_who_wants_no_mail_any_more_is_no_fault_until_there_is_news(
    with_mail: str,
) -> None:
    published(with_mail)
    with post_office() as office:
        send_due(with_mail, DUE, environment=office.environment)
    change_address(with_mail, "")
    assert published(with_mail, now=DUE + MINUTE).mails.unreachable == ()
    assert list_mails(with_mail, DUE, failed=True) == ()
    moved = (GOOD[0], visit("p07", 2, "2027-03-09T10:00"), GOOD[2])
    (unreachable,) = published(with_mail, moved, DUE + 2 * MINUTE).mails.unreachable
    assert unreachable.id == "dina"


def change_address(db: str, address: str) -> None:
    with writing(db) as session:
        client = session.get(ClientRow, "dina")
        assert client is not None
        client.email = address


def test_an_invite_on_the_wire_is_a_calendar(with_mail: str) -> None:
    published(with_mail)
    with post_office() as office:
        send_due(with_mail, DUE, environment=office.environment)
    calendar = calendar_part(office.taken[0][1])
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.events
    assert [str(it) for it in event.attendees] == [f"mailto:{DINA}"]
